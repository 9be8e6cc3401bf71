import type { Problem } from '../validation/problem.ts'

/** Decides on names that the spec does not know: those that it returns are refused. */
export type JudgeUnknown = (unknown: readonly Problem[]) => Problem[]

/** The header in which an answer tells of names that the spec does not know and that were dropped. */
export const warningHeader = 'sandbox-warning'

/** How many names a header tells. */
const told = 5

/** Judges the names of one request. */
export interface Judge {
  /** Refuses them all where it is strict, otherwise keeps them for the header. */
  judge: JudgeUnknown
  /** Whether it has refused any. */
  hasRefused(): boolean
  /** The header that tells of those that were dropped; none where there are none. */
  headers(): Record<string, string>
}

/** Creates the judge of one request. */
export function createJudge(isStrict: boolean): Judge {
  const dropped: Problem[] = []
  let hasRefused = false
  return {
    hasRefused: () => hasRefused,
    judge(unknown) {
      hasRefused ||= isStrict && unknown.length > 0
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
