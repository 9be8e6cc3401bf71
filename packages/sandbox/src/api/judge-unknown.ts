import type { Problem } from '../validation/problem.ts'

/** Decides on names that the spec does not know: those that it returns are refused. */
export type JudgeUnknown = (unknown: readonly Problem[]) => Problem[]

/** The header in which an answer tells of names that the spec does not know and that were dropped. */
export const warningHeader = 'sandbox-warning'

/** How many names a header tells. */
const told = 5

/** Judges the names of one request: refuses them all where it is strict, otherwise keeps them for the header. */
export function createJudge(isStrict: boolean): { judge: JudgeUnknown; headers(): Record<string, string> } {
  const dropped: Problem[] = []
  return {
    judge(unknown) {
      if (isStrict) return [...unknown]
      dropped.push(...unknown)
      return []
    },
    headers() {
      if (dropped.length === 0) return {}
      const more = dropped.length > told ? `; and ${dropped.length - told} more` : ''
      const lines = dropped.slice(0, told).map(({ field, message }) => `${field} was dropped: ${message}`)
      return { [warningHeader]: lines.join('; ') + more }
    },
  }
}
