import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { type ClientMethods, findClientMethods } from '../client-methods.ts'
import type { Change } from '../diff/change.ts'
import { listOperations, type OpenApiDocument } from '../document.ts'

/** A change, and what it touches of what partners use. */
export interface ReportedChange extends Change {
  /** The spec's name in the config, where several are compared. */
  spec?: string
  /** The operation's method and path template, such as `PUT /contacts/{id}`, as they are now, or were where it is gone. */
  endpoint?: string
  /** Where the operation is documented, as the spec's `externalDocs` says. */
  docs?: string
  /** The methods of the client that call the operation, such as `contacts.update`; empty where there is none. */
  methods: readonly string[]
}

/** Where the changes of one spec come from. */
export interface ChangeOrigin {
  before: OpenApiDocument
  after: OpenApiDocument
  methods: ClientMethods
  /** The spec's name, where it is worth telling. */
  spec: string | undefined
}

/** Adds to each change what partners know its operation by. */
export function reportChanges(
  changes: readonly Change[],
  { before, after, methods, spec }: ChangeOrigin,
): ReportedChange[] {
  const entries = new Map([...listOperations(before), ...listOperations(after)].map((entry) => [entry.id, entry]))
  return changes.map((change) => {
    const entry = change.operationId === undefined ? undefined : entries.get(change.operationId)
    const docs = entry?.operation.externalDocs?.url
    return {
      ...change,
      ...(spec !== undefined && { spec }),
      ...(entry && { endpoint: `${entry.method.toUpperCase()} ${entry.path}` }),
      ...(docs !== undefined && { docs }),
      methods: (entry && methods[entry.id]) ?? [],
    }
  })
}

/** Reads the methods of the client in this file; its resources stand in the folder `resources` beside it. */
export function readClientMethods(file: string): ClientMethods {
  const resources = join(dirname(file), 'resources')
  const names = readdirSync(resources).filter((name) => name.endsWith('.ts') && name !== basename(file))
  return findClientMethods({
    client: readFileSync(file, 'utf8'),
    resources: names.map((name) => readFileSync(join(resources, name), 'utf8')),
  })
}
