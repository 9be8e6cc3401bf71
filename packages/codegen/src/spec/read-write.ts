import { childSchemas, compositionOf, conditionsOf, type OpenApiDocument, resolve, type Schema } from './document.ts'
import { findObjects } from './kinds.ts'
import { createReach } from './schema-reach.ts'

/** Whether those who call the API send a value, or get it. */
export type Direction = 'request' | 'response'

/** What a document says of properties that are only in requests, or only in answers. */
export interface ReadWrite {
  /** The properties of a schema's values that a body of this direction need not have, though they are required. */
  notDemanded(direction: Direction, schema: Schema): ReadonlySet<string>
  /** Whether a schema, or one that it leads to, demands something else of requests than of answers. */
  differs(schema: Schema): boolean
}

const nothing: ReadonlySet<string> = new Set()

/**
 * Reads which properties are not demanded: of a request one that is readOnly, of an answer one that is writeOnly. Where
 * they are said to be so does not matter, as long as it is said of the same value.
 */
export function createReadWrite(document: OpenApiDocument): ReadWrite {
  const marks = findObjects(document, ({ readOnly, writeOnly }) => readOnly === true || writeOnly === true)
  if (marks.length === 0) return { notDemanded: () => nothing, differs: () => false }

  const notDemanded: ReadWrite['notDemanded'] = (direction, schema) => {
    const names = new Set<string>()
    const parts = new Set([schema])
    for (const part of parts) {
      for (const [name, property] of Object.entries(part.properties ?? {})) {
        if (isOnlyInOther(document, direction, property)) names.add(name)
      }
      for (const one of partsOf(document, part)) parts.add(one)
    }
    return names
  }

  const differs = createReach<Schema>({
    below: (schema) => [...childSchemas(schema), ...(schema.$ref === undefined ? [] : [resolve(document, schema)])],
    isMarked: (schema) => {
      const required = requiredOf(schema)
      if (required.size === 0) return false
      const free = [...notDemanded('request', schema), ...notDemanded('response', schema)]
      return free.some((name) => required.has(name))
    },
  })
  return { notDemanded, differs }
}

/** Whether no value of a direction has a property: of a request one that is readOnly, of a response one that is writeOnly. */
export function isOnlyInOther(document: OpenApiDocument, direction: Direction, property: Schema): boolean {
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly'
  const parts = new Set([property])
  for (const part of parts) {
    if (part[keyword] === true) return true
    for (const one of part.allOf ?? []) parts.add(one)
    if (part.$ref !== undefined) parts.add(resolve(document, part))
  }
  return false
}

/** The schemas that hold for the same value as a schema, or may. */
const partsOf = (document: OpenApiDocument, schema: Schema): Schema[] => [
  ...compositionOf(schema),
  ...conditionsOf(schema),
  ...(schema.$ref === undefined ? [] : [resolve(document, schema)]),
]

/** What a schema and the parts that are written into it demand. */
function requiredOf(schema: Schema): Set<string> {
  const parts = new Set([schema])
  for (const part of parts) {
    for (const one of [...compositionOf(part), ...conditionsOf(part)]) parts.add(one)
  }
  return new Set([...parts].flatMap(({ required }) => required ?? []))
}
