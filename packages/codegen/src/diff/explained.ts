import type { Change } from './change.ts'
import { isSameButCasing } from './facts/finding.ts'

/** What oasdiff says of an operation that our own checks tell to have moved or to have another name. */
const byFact: ReadonlyMap<string, RegExp> = new Map([
  ['operation-moved', /^(api-(path-)?removed-|endpoint-added$)/],
  ['operation-renamed', /^api-operation-id-/],
  ['namespace-changed', /^api-tag-(added|removed)$/],
])

/**
 * Tells which findings of oasdiff another finding explains: it takes what moved, or has another name, for one thing
 * gone and one thing new.
 */
export function createIsExplained(changes: readonly Change[]): (change: Change) => boolean {
  const facts = changes.filter(({ opinion }) => opinion === 'facts')
  const byOperation = Map.groupBy(facts, ({ operationId }) => operationId)
  return (change) =>
    change.opinion === 'oasdiff' && (byOperation.get(change.operationId) ?? []).some((fact) => explains(fact, change))
}

function explains(fact: Change, { id, location, direction, message }: Change): boolean {
  if (/^(parameter|property)-casing-changed$/.test(fact.id) && fact.location && location) {
    const isGone = location === fact.location && /-removed\b/.test(id)
    const isNew = isSameButCasing(fact.location, location) && /^new-|-added\b/.test(id)
    return direction === fact.direction && (isGone || isNew)
  }
  if (!byFact.get(fact.id)?.test(id)) return false
  // Tags besides the first may come and go with it.
  const [name = ''] = /`[^`]+`/.exec(message) ?? []
  return fact.id !== 'namespace-changed' || fact.message.includes(name)
}
