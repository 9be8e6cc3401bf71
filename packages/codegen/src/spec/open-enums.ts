import {
  type Content,
  childSchemas,
  listCallbacks,
  listOperations,
  listParameters,
  listWebhooks,
  type OpenApiDocument,
  resolve,
  type Schema,
} from './document.ts'

/**
 * The enums that only responses, webhooks and callbacks hold. An API may tell a value it did not know when the
 * types were made, so these stay open; what a caller sends stays strict.
 */
export function findResponseEnums(document: OpenApiDocument): ReadonlySet<Schema> {
  const sent = new Set<Schema>()
  const received = new Set<Schema>()
  const operations = listOperations(document)
  const callbacks = operations.flatMap(({ operation }) => listCallbacks(document, operation))
  const exchanges = [
    { entries: operations, asked: sent, answered: received },
    // Here the API asks.
    { entries: [...listWebhooks(document), ...callbacks], asked: received, answered: sent },
  ]
  for (const { entries, asked, answered } of exchanges) {
    for (const entry of entries) {
      for (const parameter of listParameters(document, entry)) collect(document, parameter.schema, asked)
      for (const schema of schemasOf(document, entry.operation.requestBody)) collect(document, schema, asked)
      for (const response of Object.values(entry.operation.responses ?? {})) {
        for (const schema of schemasOf(document, response)) collect(document, schema, answered)
      }
    }
  }
  return new Set([...received].filter((schema) => !sent.has(schema) && isStringEnum(schema)))
}

function schemasOf(document: OpenApiDocument, content: Content | undefined): Schema[] {
  if (!content) return []
  return Object.values(resolve(document, content).content ?? {}).flatMap(({ schema }) => (schema ? [schema] : []))
}

function collect(document: OpenApiDocument, start: Schema | undefined, into: Set<Schema>): void {
  // Not by recursion, so that no document is too deep for it.
  const next = start ? [start] : []
  for (let schema = next.pop(); schema !== undefined; schema = next.pop()) {
    if (into.has(schema)) continue
    into.add(schema)
    if (schema.$ref !== undefined) next.push(resolve(document, schema))
    // What stands beside a reference counts too.
    next.push(...childSchemas(schema))
  }
}

/** A single value stays closed: it tells alternatives apart, as a `const` does. */
const isStringEnum = ({ enum: values }: Schema) =>
  Array.isArray(values) && values.length > 1 && values.every((value) => typeof value === 'string' || value === null)
