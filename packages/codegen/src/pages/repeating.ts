import { retryClass } from '../spec/retry.ts'
import { type Block, code, list, paragraph, type Words } from './markdown.ts'
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
function clientFacts(isSafe: boolean): Words[] {
  const header = code('Retry-After')
  const waits = [
    'It waits as long as ',
    header,
    ' says, else a growing time, and ends at its limits of attempts and time.',
  ]
  const safe =
    'The client repeats it by itself after a failed connection, an attempt that took too long, and the statuses 408, 429, 500, 502, 503 and 504.'
  const never =
    'The client repeats it by itself only where the first attempt surely had no effect: after 429, after 503 with '
  return isSafe
    ? [safe, waits]
    : [
        [never, header, ', and where no connection was made.'],
        waits,
        'After anything else the error is yours to judge.',
      ]
}
