import { type Bump, bumps } from '../diff/change.ts'
import type { Comparison } from './compare-specs.ts'
import type { ReportedChange } from './report-changes.ts'

/** All changes of one operation, or those of the document as a whole. */
export interface ChangeGroup {
  /** The operation's id; absent for the document as a whole. */
  operationId?: string
  endpoint?: string
  /** Where the operation is documented. */
  docs?: string
  methods: readonly string[]
  bump: Bump
  /** The highest bump first. */
  changes: ReportedChange[]
}

/** Groups changes by operation, those that demand most first, otherwise in the order they were found. */
export function groupChanges(changes: readonly ReportedChange[]): ChangeGroup[] {
  const byOperation = Map.groupBy(changes, ({ spec = '', operationId = '' }) => `${spec}\n${operationId}`)
  const groups = [...byOperation.values()].map((group): ChangeGroup => {
    const sorted = group.toSorted((a, b) => bumps.indexOf(a.bump) - bumps.indexOf(b.bump))
    const [first] = sorted
    return {
      ...(first?.operationId !== undefined && { operationId: first.operationId }),
      ...(first?.endpoint !== undefined && { endpoint: first.endpoint }),
      ...(first?.docs !== undefined && { docs: first.docs }),
      methods: first?.methods ?? [],
      bump: first?.bump ?? 'none',
      changes: sorted,
    }
  })
  return groups.toSorted((a, b) => bumps.indexOf(a.bump) - bumps.indexOf(b.bump))
}

/** How a client's users call an operation: its methods, else `call('id')`. */
export function callOf({ operationId, methods }: Pick<ChangeGroup, 'operationId' | 'methods'>): string {
  if (methods.length > 0) return methods.map((method) => `${method}()`).join(', ')
  return operationId === undefined ? '' : `call('${operationId}')`
}

/** What the changes come to, such as `2 operations break, 1 gains something`. */
export function summarize(groups: readonly ChangeGroup[]): string {
  const count = (bump: Bump) => groups.filter((group) => group.bump === bump && group.operationId !== undefined).length
  const counted: [number, string, string][] = [
    [count('major'), 'operation breaks', 'operations break'],
    [count('minor'), 'operation gains or loosens something', 'operations gain or loosen something'],
    [count('patch'), 'operation is described in other words', 'operations are described in other words'],
  ]
  const parts = counted
    .filter(([number]) => number > 0)
    .map(([number, one, many]) => `${number} ${number === 1 ? one : many}`)
  if (groups.some(({ operationId }) => operationId === undefined)) parts.push('the document as a whole changes')
  return parts.join('; ')
}

/** The comparison for a terminal: the summary first, then every finding under its operation. */
export function formatText({ bump, base, sources, changes }: Comparison): string {
  const head = `${sources.join(', ')} against ${base}`
  if (changes.length === 0) return `${head}\n\nnone: nothing has changed its meaning.`
  const groups = groupChanges(changes)
  const width = Math.max(...groups.map((group) => titleOf(group).length))
  const overview = groups.map((group) =>
    `  ${group.bump.padEnd(5)}  ${titleOf(group).padEnd(width)}  ${callOf(group)}`.trimEnd(),
  )
  const details = groups.map((group) => {
    const lines = group.changes.map((change) => `  ${change.bump.padEnd(5)}  ${sentenceOf(change)} (${change.opinion})`)
    return [[titleOf(group), group.endpoint, callOf(group)].filter(Boolean).join(' · '), ...lines].join('\n')
  })
  return [head, `${bump}: ${summarize(groups)}.\n${overview.join('\n')}`, ...details].join('\n\n')
}

/** The comparison for a pull request. */
export function formatMarkdown({ bump, base, sources, changes }: Comparison): string {
  const head = `## Spec diff: ${bump}\n\n${sources.map((source) => `\`${source}\``).join(', ')} against \`${base}\``
  if (changes.length === 0) return `${head}: nothing has changed its meaning.`
  const groups = groupChanges(changes)
  const rows = groups.map((group) => {
    const id = group.operationId === undefined ? 'the document' : `\`${group.operationId}\``
    const call = callOf(group)
    return `| ${group.bump} | ${id} | ${group.endpoint ? `\`${group.endpoint}\`` : ''} | ${call ? `\`${call}\`` : ''} |`
  })
  const table = ['| bump | operation | endpoint | in the client |', '| --- | --- | --- | --- |', ...rows].join('\n')
  const details = groups.map((group) => {
    const lines = group.changes.map((change) => `- **${change.bump}** ${sentenceOf(change)} *(${change.opinion})*`)
    return `### ${titleOf(group)}\n\n${lines.join('\n')}`
  })
  return [`${head}: ${summarize(groups)}.`, table, ...details].join('\n\n')
}

const titleOf = ({ operationId }: ChangeGroup) => operationId ?? 'The document as a whole'

const sentenceOf = ({ direction, location, message }: ReportedChange) => {
  const side = direction === 'both' ? '' : direction
  const place = [side, location].filter(Boolean).join(' ')
  return place ? `${place}: ${message}` : message
}
