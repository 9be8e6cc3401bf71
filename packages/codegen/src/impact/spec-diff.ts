import type { Bump, Change } from '../diff/compare/change.ts'
import { listOperations, type OpenApiDocument } from '../document.ts'
import type { ClientMethods } from './client-methods.ts'

/** A change, and the API that it is a change of. */
export interface ApiChange extends Change {
  /** The API's name in the config. */
  api: string
}

/** An operation that changes reach, with what partners know it by. */
export interface ReachedOperation {
  /** Its id, as changes name it. */
  id: string
  /** The name of its API in the config. */
  api: string
  /** Its method and path template, such as `PUT /contacts/{id}`, as they are now, or were where it is gone. */
  endpoint: string
  /** Where it is documented, as the spec's `externalDocs` says. */
  docs?: string
  /** The methods of the client that call it, such as `contacts.update`; empty where there is none. */
  methods: readonly string[]
}

/** What the working specs of a config change against a base. */
export interface SpecDiff {
  bump: Bump
  /** What was compared with, as people know it. */
  base: string
  /** Paths of the specs that were compared, from the root of the repository. */
  sources: readonly string[]
  /** The operations that the changes reach, each once. Webhooks are none: nobody can call them. */
  operations: readonly ReachedOperation[]
  changes: readonly ApiChange[]
  /** What could not be compared, one sentence each; absent where everything was. */
  notes?: readonly string[]
}

/** The two states of one API, and how its client calls it. */
export interface ApiStates {
  api: string
  before: OpenApiDocument
  after: OpenApiDocument
  methods: ClientMethods
}

/** The operations that changes of one API reach, in the order of the document. */
export function listReached(
  changes: readonly Change[],
  { api, before, after, methods }: ApiStates,
): ReachedOperation[] {
  const entries = new Map([...listOperations(before), ...listOperations(after)].map((entry) => [entry.id, entry]))
  const reached = new Set(changes.flatMap(({ operationIds }) => operationIds))
  return [...entries.values()]
    .filter(({ id }) => reached.has(id))
    .map(({ id, method, path, operation }) => ({
      id,
      api,
      endpoint: `${method.toUpperCase()} ${path}`,
      ...(operation.externalDocs && { docs: operation.externalDocs.url }),
      methods: Object.hasOwn(methods, id) ? (methods[id] ?? []) : [],
    }))
}
