import { listOperations, type OpenApiDocument } from '../document.ts'
import { type Bump, bumps, type Change, type FindChanges, highestBump, type Pair } from './change.ts'
import { createIsExplained } from './explained.ts'
import { findFacts } from './facts.ts'
import { findRest } from './find-rest.ts'
import { normalizeSpec } from './normalize.ts'
import { findOasdiffChanges } from './oasdiff.ts'

/** How two documents are compared. */
export interface DiffOptions {
  /** Leaves out the TypeScript compiler's opinion, which takes most of the time. Default false. */
  fast?: boolean
}

/**
 * What differs between two bundled documents, and the version bump that this demands: the highest of what any opinion
 * says. What demands most comes first, then the order of the document. Throws `UserError` where oasdiff fails.
 */
export async function diffSpecs(
  before: OpenApiDocument,
  after: OpenApiDocument,
  { fast = false }: DiffOptions = {},
): Promise<{ bump: Bump; changes: Change[] }> {
  const pair: Pair = { before: normalizeSpec(before), after: normalizeSpec(after) }
  const opinions: FindChanges[] = [findOasdiffChanges, findFacts]
  // Loading the compiler costs more than both others.
  if (!fast) opinions.push((await import('./typescript.ts')).findTypeChanges)
  const found = (await Promise.all(opinions.map((find) => find(pair)))).flat()
  const changes = sortChanges(pair, withoutEchoes([...found, ...findRest(pair, found)]))
  return { bump: highestBump(changes), changes }
}

/**
 * Without what is told twice in the same words, what others found at the same place and our own checks repeat, and
 * what a rename or a move explains.
 */
function withoutEchoes(found: readonly Change[]): Change[] {
  const isExplained = createIsExplained(found)
  // What is left out itself must not make an echo of another.
  const changes = found.filter((change) => !isExplained(change))
  const key = ({ bump, operationId, direction, location }: Change) =>
    JSON.stringify([bump, operationId, direction, location])
  const others = new Set(changes.filter(({ opinion }) => opinion !== 'facts').map(key))
  // What has another name now, only our own checks can say.
  const isEcho = (change: Change) =>
    change.opinion === 'facts' &&
    change.location !== undefined &&
    !/renamed|casing/.test(change.id) &&
    others.has(key(change))
  const told = new Map(changes.filter((change) => !isEcho(change)).map((change) => [JSON.stringify(change), change]))
  return [...told.values()]
}

function sortChanges({ before, after }: Pair, changes: readonly Change[]): Change[] {
  const ids = [...listOperations(before), ...listOperations(after)].map(({ id }) => id)
  const order = new Map([...new Set(ids)].map((id, index) => [id, index]))
  const rank = ({ operationId }: Change) => (operationId === undefined ? -1 : (order.get(operationId) ?? ids.length))
  const text = ({ id, location = '', opinion, message }: Change) => [id, location, opinion, message].join('\n')
  return changes.toSorted(
    (a, b) =>
      bumps.indexOf(a.bump) - bumps.indexOf(b.bump) ||
      rank(a) - rank(b) ||
      (text(a) < text(b) ? -1 : Number(text(a) > text(b))),
  )
}
