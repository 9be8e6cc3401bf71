import type { Pair } from '../change.ts'
import type { Finding } from './finding.ts'

/** What differs in the codes of errors whose body names none. */
export function findErrorCodes({ before, after }: Pair): Finding[] {
  const [was, is] = [before['x-error-codes'] ?? {}, after['x-error-codes'] ?? {}]
  const statuses = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  return statuses.flatMap((status): Finding[] => {
    const [old, now] = [was[status], is[status]]
    if (old === now) return []
    const common = { direction: 'response', location: status } as const
    if (old === undefined) {
      const message = `An error ${status} whose body names no code has the code \`${now}\` now.`
      return [{ ...common, bump: 'minor', id: 'error-code-added', message }]
    }
    const rest = now === undefined ? 'and has none now' : `and has \`${now}\` now`
    return [
      {
        ...common,
        bump: 'major',
        id: now === undefined ? 'error-code-removed' : 'error-code-changed',
        message: `An error ${status} whose body names no code had \`${old}\` ${rest}: code that branches on it takes another way.`,
      },
    ]
  })
}
