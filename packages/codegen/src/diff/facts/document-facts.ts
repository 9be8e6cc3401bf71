import { listOperations, type OpenApiDocument } from '../../document.ts'
import type { Pair } from '../change.ts'
import type { Fingerprint } from '../fingerprint.ts'
import { createReach, schemaPlace } from '../part-of-document.ts'
import { type Finding, isSameButCasing, pairLeft, renaming } from './finding.ts'

/** What differs in the codes of errors whose body names none. */
export function findErrorCodes({ before, after }: Pair): Finding[] {
  const [was, is] = [before['x-error-codes'] ?? {}, after['x-error-codes'] ?? {}]
  const statuses = [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()
  return statuses.flatMap((status): Finding[] => {
    const [old, now] = [was[status], is[status]]
    if (old === now) return []
    const common = { direction: 'response', location: status } as const
    if (old === undefined) {
      const message = `An error ${status} whose body names no code has the code \`${now}\` now.`
      return [{ ...common, bump: 'minor', id: 'error-code-added', message }]
    }
    const rest = now === undefined ? 'and has none now' : `and has \`${now}\` now`
    return [
      {
        ...common,
        bump: 'major',
        id: now === undefined ? 'error-code-removed' : 'error-code-changed',
        message: `An error ${status} whose body names no code had \`${old}\` ${rest}: code that branches on it takes another way.`,
      },
    ]
  })
}

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
  const tell = (name: string, fact: Pick<Finding, 'id' | 'message'>) =>
    (users.get(name) ?? [undefined]).map(
      (operationId): Finding => ({
        ...fact,
        bump: 'major',
        direction: 'both',
        ...(operationId !== undefined && { operationId }),
        location: `components.schemas.${name}`,
      }),
    )
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

/** The operations that reach each of the schemas, in document order; those that none reaches are left out. */
function usersOf(document: OpenApiDocument, names: string[]): ReadonlyMap<string, string[]> {
  const reach = createReach(document)
  const users = new Map<string, string[]>()
  for (const { id, operation } of listOperations(document)) {
    const reached = reach(operation)
    for (const name of names) if (reached.has(schemaPlace(name))) users.set(name, [...(users.get(name) ?? []), id])
  }
  return users
}
