import type { Direction } from '../../spec/read-write.ts'
import type { Report } from '../compare/rule.ts'

/** Reports that something has to be there now, or can be missing. */
export function changeNeed(
  { was = false, is = false, direction }: { was: boolean | undefined; is: boolean | undefined; direction: Direction },
  report: Report,
): void {
  if (was === is) return
  const isRequest = direction === 'request'
  if (is) {
    const message = isRequest ? 'It has to be sent now: calls without it are refused.' : 'It is always there now.'
    report({ bump: isRequest ? 'major' : 'minor', id: 'became-required', message })
  } else {
    const missing = 'It may be missing now: code that reads it without a check no longer works.'
    report({
      bump: isRequest ? 'minor' : 'major',
      id: 'became-optional',
      message: isRequest ? 'It can be left out now.' : missing,
    })
  }
}
