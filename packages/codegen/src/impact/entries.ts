import { type Bump, bumps, highestBump } from '../diff/compare/change.ts'
import type { ApiChange, ReachedOperation, SpecDiff } from './spec-diff.ts'

/** What a reader is told in one place: one change of a part that operations share, or all changes of one operation. */
export interface Entry {
  bump: Bump
  /** The name of the API that it is about, where several were compared. */
  api?: string
  /** The operation, where it is its own parts that changed. */
  operation?: ReachedOperation
  /** The operations that the changes reach, as far as they can be called. */
  reached: readonly ReachedOperation[]
  /** The changes; where there is no `operation`, exactly one. */
  changes: readonly [ApiChange, ...ApiChange[]]
}

/** The heading over entries of one bump, for people. */
export const headings = { major: 'Breaking', minor: 'Compatible', patch: 'In other words' } as const

/**
 * Folds the changes of a diff into entries: what is told of several operations alike is one entry, and so are the
 * changes of one operation that demand the same bump. What demands most comes first, then what reaches most operations.
 */
export function foldChanges({ changes, operations, sources }: SpecDiff): Entry[] {
  const find = createFind(operations)
  const alike = groupsOf(changes, sameWords).map(([change, ...others]): Entry => {
    const ids = others.length === 0 ? change.operationIds : [change, ...others].flatMap((one) => one.operationIds)
    const reached = [...new Set(ids)].flatMap((id) => find(change.api, id) ?? [])
    const [operation] = reached
    const isOwn = operation !== undefined && reached.length === 1 && !isShared(change)
    const name = sources.length > 1 ? { api: change.api } : {}
    return { bump: change.bump, ...name, ...(isOwn && { operation }), reached, changes: [change] }
  })
  const shared = alike.filter(({ operation }) => operation === undefined)
  const own = alike.filter(({ operation }) => operation !== undefined)
  const joined = groupsOf(own, ({ bump, operation }) => keyOf(bump, operation?.api, operation?.id)).map(
    ([first, ...others]): Entry => ({ ...first, changes: [...first.changes, ...others.flatMap((one) => one.changes)] }),
  )
  return [...shared, ...joined].toSorted(
    (a, b) => bumps.indexOf(a.bump) - bumps.indexOf(b.bump) || b.reached.length - a.reached.length,
  )
}

/** Sound: a group begins with the item that opened it. */
const groupsOf = <T>(items: readonly T[], key: (item: T) => string) =>
  [...Map.groupBy(items, key).values()] as [T, ...T[]][]

/** Finds the operation of an API that an id names: as there may be hundreds for each of hundreds of changes, at once. */
function createFind(operations: readonly ReachedOperation[]) {
  const apis = Map.groupBy(operations, ({ api }) => api)
  const byId = new Map([...apis].map(([api, own]) => [api, new Map(own.map((one) => [one.id, one]))]))
  return (api: string, id: string) => byId.get(api)?.get(id)
}

const keyOf = (...parts: readonly unknown[]) => JSON.stringify(parts)

const sameWords = ({ api, bump, id, direction, location, message }: ApiChange) =>
  keyOf(api, bump, id, direction, location, message)

/** Whether a change was made at what is no operation's own, even if it reaches only one. */
export const isShared = ({ id, location = '' }: ApiChange): boolean =>
  location === '' ? id.startsWith('api-') : /^(components|webhooks)\./.test(location)

/** How a client's users call an operation: its methods, else `call('id')`. */
export function callOf({ id, methods }: ReachedOperation): string {
  return methods.length > 0 ? methods.map((method) => `${method}()`).join(', ') : `call('${id}')`
}

/** Where a change was made, such as `response 200.phone`; empty for the operation or document as a whole. */
export function placeOf({ direction, location }: ApiChange): string {
  return [direction === 'both' ? '' : direction, location].filter(Boolean).join(' ')
}

/** Names of which only so many are told; the rest is counted. */
export function listSome(names: readonly string[], limit: number): string {
  const rest = names.length - limit
  // Counting one name takes as much room as telling it.
  if (rest <= 1) return names.join(', ')
  return `${names.slice(0, limit).join(', ')} and ${rest} more`
}

const counted = (number: number, one: string, many: string) =>
  number === 0 ? [] : [`${number} ${number === 1 ? one : many}`]

/** What a diff comes to, such as `2 operations break; 1 operation gains or loosens something`. */
export function summarizeDiff({ changes, operations }: Pick<SpecDiff, 'changes' | 'operations'>): string {
  const find = createFind(operations)
  const demands = new Map<ReachedOperation, Bump>()
  const reachNone: ApiChange[] = []
  for (const change of changes) {
    const reached = change.operationIds.flatMap((id) => find(change.api, id) ?? [])
    if (reached.length === 0) reachNone.push(change)
    for (const one of reached) demands.set(one, highestBump([change, { bump: demands.get(one) ?? 'none' }]))
  }
  const count = (bump: Bump) => [...demands.values()].filter((one) => one === bump).length
  const ofDocument = reachNone.filter(({ location }) => location === undefined)
  return [
    ...counted(count('major'), 'operation breaks', 'operations break'),
    ...counted(count('minor'), 'operation gains or loosens something', 'operations gain or loosen something'),
    ...counted(count('patch'), 'operation is described in other words', 'operations are described in other words'),
    ...(ofDocument.length > 0 ? ['the document as a whole changes'] : []),
    ...counted(reachNone.length - ofDocument.length, 'change reaches no operation', 'changes reach no operation'),
  ].join('; ')
}
