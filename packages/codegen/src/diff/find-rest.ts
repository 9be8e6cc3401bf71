import type { Change, Pair } from './change.ts'
import { matchOperations } from './facts/match-operations.ts'
import { findDocumentWords, findOperationWords, findSchemaWords } from './find-words.ts'
import { createFingerprints } from './fingerprint.ts'
import { listUnreachedSchemas } from './part-of-document.ts'

/**
 * What the fingerprints of two documents show and no opinion told: words, and differences that no check knows. Of
 * those, one in a request counts as breaking, for nothing shows that it does not.
 */
export function findRest(pair: Pair, told: readonly Change[]): Change[] {
  const { before, after } = createFingerprints(pair)
  const rest: Omit<Change, 'opinion'>[] = []
  for (const { before: was, after: is } of matchOperations(pair)) {
    const [old, now] = [before.operations.get(was.id), after.operations.get(is.id)]
    if (!old || !now || old.words === now.words) continue
    const own = told.filter(({ operationId }) => operationId === was.id)
    const common = { operationId: was.id }
    for (const direction of ['request', 'response'] as const) {
      if (old[direction] === now[direction] || own.some((change) => change.direction === direction)) continue
      rest.push({ ...common, ...unknown[direction], direction })
    }
    if (own.length > 0 || rest.at(-1)?.operationId === was.id) continue
    if (old.meaning !== now.meaning) rest.push({ ...common, ...unknown.operation, direction: 'both' })
    else rest.push(...findOperationWords(pair, { before: was, after: is }))
  }
  if (before.words !== after.words) rest.push(...findDocumentWords(pair))
  rest.push(...findUnreached(pair, before.schemas, after.schemas))
  return rest.map((change) => ({ ...change, opinion: 'facts' }))
}

const unknown = {
  request: {
    bump: 'major',
    id: 'request-changed',
    message: 'What is sent differs in a way that no check knows, so it counts as breaking.',
  },
  response: {
    bump: 'minor',
    id: 'response-changed',
    message: 'What is answered differs in a way that no check knows and no type shows.',
  },
  operation: {
    bump: 'minor',
    id: 'operation-changed',
    message: 'The operation differs in a way that no check knows, besides what is sent and answered.',
  },
} as const

type Schemas = ReadonlyMap<string, { meaning: string; words: string }>

/** Component schemas that no operation reaches in either document; their types are exported all the same. */
function findUnreached(pair: Pair, before: Schemas, after: Schemas): Omit<Change, 'opinion'>[] {
  const names = new Set(
    [...before.keys()].filter((name) => after.has(name) && before.get(name)?.words !== after.get(name)?.words),
  )
  if (names.size === 0) return []
  const unreached = new Set(listUnreachedSchemas(pair.after))
  return listUnreachedSchemas(pair.before).flatMap((name): Omit<Change, 'opinion'>[] => {
    if (!names.has(name) || !unreached.has(name)) return []
    const place = { direction: 'both', location: `components.schemas.${name}` } as const
    if (before.get(name)?.meaning === after.get(name)?.meaning) return findSchemaWords(pair, name)
    const message = `The component schema \`${name}\` changed; no operation uses it, but its type is exported.`
    return [{ bump: 'minor', id: 'unused-schema-changed', message, ...place }]
  })
}
