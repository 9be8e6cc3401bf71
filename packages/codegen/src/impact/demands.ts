import { type Bump, highestBump } from '../diff/compare/change.ts'
import { callOf, foldChanges, isShared, listSome, placeOf } from './entries.ts'
import { few, shorten } from './extent.ts'
import type { SpecDiff } from './spec-diff.ts'

/** Whether a bump is lower than another. */
export const isLower = (a: Bump, b: Bump): boolean => a !== b && higher(a, b) === b

/** The higher of two bumps. */
export const higher = (a: Bump, b: Bump): Bump => highestBump([{ bump: a }, { bump: b }])

/** How many demands are told; the rest is counted. */
const shown = 20

/**
 * What of a diff demands more than a bump, as a text of one line each: `major removed: updateContactById body.phone`.
 * Such a text stands for a change wherever one is remembered.
 */
export function listDemands({ changes, sources }: SpecDiff, bump: Bump): string[] {
  return changes
    .filter((change) => isLower(bump, change.bump))
    .map((change) => {
      const { api, bump, id, operationIds } = change
      const [operationId, ...others] = operationIds
      const operation = others.length === 0 && !isShared(change) ? [operationId] : []
      const place = [...operation, placeOf(change)].filter(Boolean).join(' ') || 'the document as a whole'
      return `${bump} ${id}: ${sources.length > 1 ? `${api} ` : ''}${place}`
    })
}

/** The same for people who have to act on it: one line an entry, indented, with how its operation is called. */
export function describeDemands(diff: SpecDiff, bump: Bump): string[] {
  const entries = foldChanges(diff).filter((entry) => isLower(bump, entry.bump))
  const lines = entries.slice(0, shown).map(({ bump, api, operation, reached, changes }) => {
    const [change] = changes
    const ids = reached.map(({ id }) => id)
    const place = [placeOf(change), ids.length > 0 && `(${listSome(ids, few.operations)})`].filter(Boolean).join(' ')
    const title = operation ? `${operation.id} · ${callOf(operation)}` : place || 'the document as a whole'
    return `  ${bump} ${api === undefined ? '' : `${api}: `}${title}: ${shorten(change.message, 240)}`
  })
  const rest = entries.length - lines.length
  return rest > 0 ? [...lines, `  and ${rest} more`] : lines
}
