import { retryClass } from '../spec/retry.ts'
import { type Block, list, paragraph, type Words } from './markdown.ts'
import type { Page } from './site.ts'

/** Whether a call may be repeated, why, and what the client does about it. */
export function describeRepeating({ entry, client }: Page): Block[] {
  const isSafe = retryClass(entry) === 'safe'
  const method = entry.method.toUpperCase()
  const why: Words = entry.operation['x-retry']
    ? ''
    : ` That is what HTTP says of ${method}; the description of the API says nothing else.`
  const may = isSafe
    ? 'It may be repeated: a call whose outcome you do not know can be sent again as it was.'
    : 'Do not repeat a call whose outcome you do not know: it may have had its effect, and a second one has it twice.'
  return [paragraph([may, why]), ...(client ? [list(clientFacts(isSafe))] : [])]
}

/** What clients made by this project do; their package's README says it at length. */
const clientFacts = (isSafe: boolean): string[] =>
  isSafe
    ? [
        'The client repeats it by itself after a failed connection, a time limit of one attempt, and the statuses 408, 429, 500, 502, 503 and 504.',
        'It waits as long as `Retry-After` says, else a growing time, and stops at its limits of attempts and of time.',
      ]
    : [
        'The client repeats it by itself only where the first attempt surely had no effect: after 429, after 503 with `Retry-After`, and where no connection was made.',
        'After anything else it does not: it ends with the error, and you decide.',
      ]
