import { listOperations, type OpenApiDocument, type Operation } from '../../document.ts'
import type { Pair } from '../change.ts'
import type { Fingerprint } from '../fingerprint.ts'
import { createReach, schemaPlace } from '../part-of-document.ts'
import { type Finding, isSameButCasing, pairLeft, renaming } from './finding.ts'
import { matchOperations } from './match-operations.ts'

/** Component schemas that are gone, or have another name: their types are exported. */
export function findSchemaNames({ before }: Pair, was: Fingerprint, is: Fingerprint): Finding[] {
  const sort = (names: Iterable<string>, others: ReadonlyMap<string, unknown>) =>
    [...names].filter((name) => !others.has(name)).sort()
  const [gone, added] = [sort(was.schemas.keys(), is.schemas), sort(is.schemas.keys(), was.schemas)]
  if (gone.length === 0) return []
  const byCasing = pairLeft(gone, added, isSameButCasing)
  const byMeaning = pairLeft(
    byCasing.removed,
    byCasing.added,
    (old, name) => was.schemas.get(old)?.meaning === is.schemas.get(name)?.meaning,
  )
  const users = usersOf(before, gone)
  const tell = (name: string, fact: Pick<Finding, 'id' | 'message'>) => tellUsers(users.get(name), name, fact)
  return [
    ...[...byCasing.pairs, ...byMeaning.pairs].flatMap((names) =>
      tell(names.before, {
        id: 'schema-renamed',
        message: `A component schema: ${renaming(names.before, names.after)}. Code that names its type no longer compiles.`,
      }),
    ),
    ...byMeaning.removed.flatMap((name) =>
      tell(name, {
        id: 'schema-removed',
        message: `The component schema \`${name}\` is gone: code that names its type no longer compiles.`,
      }),
    ),
  ]
}

function tellUsers(
  operationIds: readonly (string | undefined)[] = [undefined],
  name: string,
  fact: Pick<Finding, 'id' | 'message'>,
): Finding[] {
  return operationIds.map((operationId) => ({
    ...fact,
    bump: 'major',
    direction: 'both',
    ...(operationId !== undefined && { operationId }),
    location: `components.schemas.${name}`,
  }))
}

/**
 * Names that mean another schema while the messages of the operations that reached it say the same: the references
 * moved with the schema, and the name is another's now.
 */
export function findReplacedSchemas(pair: Pair, was: Fingerprint, is: Fingerprint): Finding[] {
  const isOther = (name: string) =>
    is.schemas.has(name) && was.schemas.get(name)?.meaning !== is.schemas.get(name)?.meaning
  const names = [...was.schemas.keys()].filter(isOther).sort()
  if (names.length === 0) return []
  const [users, usersNow] = [usersOf(pair.before, names, messagesOf), usersOf(pair.after, names, messagesOf)]
  const matches = matchOperations(pair).map(({ before, after }) => ({ id: before.id, idNow: after.id }))
  const isSame = ({ id, idNow }: { id: string; idNow: string }) => {
    const [old, now] = [was.operations.get(id), is.operations.get(idNow)]
    return old?.request === now?.request && old?.response === now?.response
  }
  const heirsOf = createHeirsOf(was, is)
  const known = new Set([...was.schemas.values()].map(({ meaning }) => meaning))
  // It has what another had, and another has what it had: that tells where calls changed as well.
  const isTraded = (name: string) =>
    users.has(name) &&
    known.has(is.schemas.get(name)?.meaning ?? '') &&
    heirsOf(name).some((one) => was.schemas.has(one))
  return names.flatMap((name) => {
    const reaching = matches.filter(({ id }) => users.get(name)?.includes(id))
    const isKept = ({ idNow }: { idNow: string }) => usersNow.get(name)?.includes(idNow)
    // Where an operation that has it before and after says something else, the schema itself changed.
    const isMoved = reaching.some(isSame) && !reaching.some((match) => isKept(match) && !isSame(match))
    if (!isMoved && !isTraded(name)) return []
    const [heir] = heirsOf(name)
    const rest = heir === undefined ? 'what it was has no name any more' : `what it was is called \`${heir}\` now`
    const message = `The type \`${name}\` is another one now, and ${rest}: code that names it no longer compiles, or means something else.`
    return tellUsers(users.get(name), name, { id: 'schema-replaced', message })
  })
}

/** The names that have, and did not have before, what a name had before. */
const createHeirsOf =
  ({ schemas: was }: Fingerprint, { schemas: is }: Fingerprint) =>
  (name: string): string[] => {
    const meaning = was.get(name)?.meaning
    return [...is.keys()].filter((one) => is.get(one)?.meaning === meaning && was.get(one)?.meaning !== meaning).sort()
  }

/** The operations that reach each of the schemas, in document order; those that none reaches are left out. */
function usersOf(
  document: OpenApiDocument,
  names: string[],
  partOf: (operation: Operation) => unknown = (operation) => operation,
): ReadonlyMap<string, string[]> {
  const reach = createReach(document)
  const users = new Map<string, string[]>()
  for (const { id, operation } of listOperations(document)) {
    const reached = reach(partOf(operation))
    for (const name of names) if (reached.has(schemaPlace(name))) users.set(name, [...(users.get(name) ?? []), id])
  }
  return users
}

/** What the hashes of requests and responses cover; callbacks are not among it. */
const messagesOf = ({ parameters, requestBody, responses }: Operation) => [parameters, requestBody, responses]
