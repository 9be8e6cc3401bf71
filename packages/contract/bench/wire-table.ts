import type { JudgedOperation } from './judge-description.ts'
import type { JudgedDescription } from './run-workers.ts'

/** The table of what is measured, and its goals. */
export function wireTable(all: readonly JudgedDescription[]): string {
  const operations = all.flatMap(({ judged }) => judged)
  const count = (kind: JudgedOperation['kind']) => {
    const inDocuments = all.filter(({ judged }) => judged.some((one) => one.kind === kind)).length
    const found = operations.filter((one) => one.kind === kind).length
    return found === 0 ? '0' : `${number(found)}, in ${number(inDocuments)} documents`
  }
  const ends = (end: JudgedDescription['end']) => number(all.filter((one) => one.end === end).length)
  const rest = all.reduce((sum, one) => sum + one.operations - one.judged.length, 0)
  const rows = [
    ['operations whose request differs silently from the description', count('differs'), '0'],
    ['operations refused with a clear message that no option of the call can get past', count('refused'), 'under 50'],
    ['`call` that can never succeed', count('unread'), '0'],
    ['never ends, or a stack trace: of a description', number(all.filter(isStuck).length), '0'],
    ['never ends, or a stack trace: of an operation', count('broken'), '0'],
    ['descriptions that generate', `${ends('judged')} of ${number(all.length)}`, 'all that are valid'],
    ['operations whose requests are as described', count('described'), ''],
    ['of these: the judge can make no answer to read', number(operations.filter((one) => one.isUnanswered).length), ''],
    ['operations of which nothing can be sent: no value was found that their schemas allow', count('unmade'), ''],
    ['operations that the judge cannot read', count('unjudged'), ''],
    ['operations that were not tried', number(rest), ''],
  ]
  const head = `${number(all.length)} descriptions, ${number(operations.length + rest)} operations`
  return [`${head}\n`, '| what | found | goal |', '|---|---|---|', ...rows.map((row) => `| ${row.join(' | ')} |`)].join(
    '\n',
  )
}

const number = (value: number) => value.toLocaleString('en')

/** Whether a description was given up, or ended in an error that is no message. */
export const isStuck = ({ end }: JudgedDescription): boolean => end === 'limit' || end === 'broken'

/** Reasons without what differs from case to case, the commonest of each kind first, with one operation as an example. */
export function listReasons(all: readonly JudgedDescription[], shown: number): string {
  const told = all.flatMap(({ description, judged }) =>
    judged.flatMap(({ kind, reason, refused, id }) => [
      ...(kind === 'described' ? [] : [{ kind, reason: reason ?? '', place: `${description.file} ${id}` }]),
      ...(refused ? [{ kind: 'refused in part', reason: refused, place: `${description.file} ${id}` }] : []),
    ]),
  )
  const ended = all.flatMap(({ description, end, told = '' }) =>
    end === 'judged' ? [] : [{ kind: end, reason: told.split('\n')[0] ?? '', place: description.file }],
  )
  const lines = [...Map.groupBy([...told, ...ended], ({ kind }) => kind)].map(([kind, ones]) => {
    const groups = [...Map.groupBy(ones, ({ reason }) => withoutDetail(reason))]
    const sorted = groups.sort(([, a], [, b]) => b.length - a.length).slice(0, shown)
    return [`\n${kind}:`, ...sorted.map(([reason, found]) => `  ${found.length} × ${reason} (${found[0]?.place})`)]
  })
  return lines.flat().join('\n')
}

const withoutDetail = (reason: string) =>
  reason
    .replace(/"[^"]*"|'[^']*'|\d+/g, '…')
    .replace(/(request|property|parameter)((\.\w+)?)\S*/g, '$1$2')
    .slice(0, 160)
