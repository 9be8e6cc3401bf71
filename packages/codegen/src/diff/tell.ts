import { type Bump, bumps, type Change } from './compare/change.ts'
import type { Comparison } from './compare/comparison.ts'
import type { Finding } from './compare/rule.ts'
import type { Place } from './normal/places.ts'
import { hiddenId } from './rules/property.ts'
import { wordsId } from './rules/words.ts'
import type { RootVisit } from './walk/documents.ts'
import type { Visit } from './walk/visit.ts'

/** A change and what tells it apart. */
interface Told {
  change: Change
  /** What it is told apart by from all that has not the same direction and bump. */
  identity: string
  /** Where the schema that it is part of was replaced by another; absent where the schema itself was changed. */
  replacedAt?: { identity: string; location: string }
}

/**
 * The changes that visits found: each once, where it was made, with all operations that it reaches, and without what
 * another explains. What demands most comes first, then the order of the document.
 */
export function tellChanges(comparison: Comparison, roots: readonly RootVisit[]): Change[] {
  const order = orderOf(comparison)
  const told = [...gather(comparison, reachOf(roots)).values()]
  return sortChanges(withoutExplained(joinDirections(foldReplaced(told))), order)
}

/** The visits that found something, and the operations that lead to each. */
function reachOf(roots: readonly RootVisit[]): Map<Visit, Set<string>> {
  const reach = new Map<Visit, Set<string>>()
  for (const { visit, operationIds } of roots) {
    const seen = new Set<Visit>()
    const next = [visit]
    for (let one = next.pop(); one; one = next.pop()) {
      if (seen.has(one)) continue
      seen.add(one)
      next.push(...one.below)
      if (one.findings.length === 0) continue
      const ids = reach.get(one) ?? new Set()
      for (const id of operationIds) ids.add(id)
      reach.set(one, ids)
    }
  }
  return reach
}

function gather(comparison: Comparison, reach: ReadonlyMap<Visit, ReadonlySet<string>>): Map<string, Told> {
  const told = new Map<string, Told>()
  for (const [{ findings }, ids] of reach) {
    for (const finding of findings) {
      const { location, ...place } = identify(comparison, finding)
      const { bump, id, direction, message } = finding
      const key = JSON.stringify([place.identity, direction, bump])
      const earlier = told.get(key)?.change
      const change = earlier ?? { bump, id, direction, message, ...(location !== undefined && { location }) }
      const operationIds = [...new Set([...(earlier?.operationIds ?? []), ...ids])]
      told.set(key, { ...place, change: { ...change, operationIds } })
    }
  }
  return told
}

/** What is written at the same place is the same change; what concerns operations as a whole, where the same is said of them. */
function identify(comparison: Comparison, { id, spot, message }: Finding & Required<Pick<Finding, 'spot'>>) {
  const place: Place = comparison[spot.side].placeOf(spot.part) ?? {}
  const location = [place.location, spot.below].filter((one) => one !== undefined && one !== '').join('.')
  // Words of several kinds can change at one place.
  const said = location === '' || id === wordsId ? message : ''
  const owner =
    place.operationId !== undefined && location !== '' ? comparison.nameOf(spot.side, place.operationId) : ''
  return {
    identity: JSON.stringify([id, location, owner, said]),
    location: location === '' ? undefined : location,
    ...(spot.replacedAt !== undefined && { replacedAt: readReplaced(spot.replacedAt, place, owner) }),
  }
}

function readReplaced(replacedAt: string, place: Place, owner: string): NonNullable<Told['replacedAt']> {
  const location = [place.location, replacedAt].filter((one) => one !== undefined && one !== '').join('.')
  return { identity: JSON.stringify(['schema-exchanged', location, owner]), location }
}

/** How many differences between a schema and one that it was replaced by are told one by one. */
const mostReplaced = 3

/** Where a schema was replaced by one that is quite another, that is one change; the worst differences are named. */
function foldReplaced(told: readonly Told[]): Told[] {
  const groups = Map.groupBy(told, ({ replacedAt, change }) => replacedAt && replacedAt.identity + change.direction)
  return [...groups.values()].flatMap((group) => {
    const [first] = group
    if (!first?.replacedAt || group.length <= mostReplaced) return group
    const { identity, location } = first.replacedAt
    const sorted = group.map(({ change }) => change).toSorted((a, b) => bumps.indexOf(a.bump) - bumps.indexOf(b.bump))
    const worst = sorted.slice(0, mostReplaced).map((one) => `\`${one.location}\` (${one.id})`)
    const message = `Another schema stands here now, with ${group.length} differences, such as ${worst.join(', ')}.`
    const operationIds = [...new Set(sorted.flatMap((one) => one.operationIds))]
    const bump = sorted[0]?.bump ?? 'major'
    const { direction } = first.change
    return [{ identity, change: { bump, id: 'schema-exchanged', direction, message, location, operationIds } }]
  })
}

/** What is found of values both sent and answered is told once, if it demands the same; or if nobody calls it. */
function joinDirections(told: readonly Told[]): Change[] {
  return [...Map.groupBy(told, ({ identity }) => identity).values()].flatMap((alike) => {
    const changes = alike.map(({ change }) => change)
    const [one, other] = changes
    if (!one || !other || changes.length > 2 || one.direction === other.direction) return changes
    const areUnused = one.operationIds.length + other.operationIds.length === 0
    if (one.bump !== other.bump && !areUnused) return changes
    const [request, response] = one.direction === 'request' ? [one, other] : [other, one]
    const highest = bumps.indexOf(request.bump) <= bumps.indexOf(response.bump) ? request : response
    const message = one.bump === other.bump ? joinMessages(request.message, response.message) : highest.message
    const operationIds = [...new Set([...request.operationIds, ...response.operationIds])]
    return [{ ...highest, direction: 'both' as const, message, operationIds }]
  })
}

/** Two sentences that begin alike, as one: `It was a and is b: this for callers, and that for readers.` */
function joinMessages(one: string, other: string): string {
  if (one === other) return one
  const start = one.slice(0, one.indexOf(': ') + 2)
  return start.length > 2 && other.startsWith(start)
    ? `${one.replace(/\.$/, '')}, and ${other.slice(start.length)}`
    : `${one} ${other}`
}

/** Without what concerns nobody where it is told, if what it reaches is told to have changed for others. */
function withoutExplained(changes: readonly Change[]): Change[] {
  const touched = new Set(changes.filter(({ id }) => id !== hiddenId).flatMap(({ operationIds }) => operationIds))
  return changes.filter(({ id, operationIds }) => id !== hiddenId || operationIds.some((one) => !touched.has(one)))
}

/** The operations by their place in the documents: those of the document before, then those that are new. */
function orderOf({ nameOf, before, after }: Comparison): Map<string, number> {
  const ids = [...before.operationIds, ...after.operationIds.map((id) => nameOf('after', id))]
  return new Map([...new Set(ids)].map((id, index) => [id, index]))
}

function sortChanges(changes: readonly Change[], order: ReadonlyMap<string, number>): Change[] {
  const rankOf = (id: string) => order.get(id) ?? order.size
  const rank = ({ operationIds: [first] }: Change) => (first === undefined ? -1 : rankOf(first))
  const text = ({ location = '', id, message }: Change) => [location, id, message].join('\n')
  const demand = ({ bump }: { bump: Bump }) => bumps.indexOf(bump)
  const inOrder = changes.map((change) => ({
    ...change,
    operationIds: change.operationIds.toSorted((a, b) => rankOf(a) - rankOf(b)),
  }))
  return inOrder.sort(
    (a, b) => demand(a) - demand(b) || rank(a) - rank(b) || (text(a) < text(b) ? -1 : Number(text(a) > text(b))),
  )
}
