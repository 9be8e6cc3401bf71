import {
  type Content,
  childSchemas,
  listOperations,
  listParameters,
  type OpenApiDocument,
  resolve,
  type Schema,
} from './document.ts'

/**
 * The enums that only responses hold. An API may answer with a value it did not know when the
 * types were made, so these stay open; what a caller sends stays strict.
 */
export function findResponseEnums(document: OpenApiDocument): ReadonlySet<Schema> {
  const sent = new Set<Schema>()
  const received = new Set<Schema>()
  for (const entry of listOperations(document)) {
    for (const parameter of listParameters(document, entry)) collect(document, parameter.schema, sent)
    for (const schema of schemasOf(document, entry.operation.requestBody)) collect(document, schema, sent)
    for (const response of Object.values(entry.operation.responses ?? {})) {
      for (const schema of schemasOf(document, response)) collect(document, schema, received)
    }
  }
  return new Set([...received].filter((schema) => !sent.has(schema) && isStringEnum(schema)))
}

function schemasOf(document: OpenApiDocument, content: Content | undefined): Schema[] {
  if (!content) return []
  return Object.values(resolve(document, content).content ?? {}).flatMap(({ schema }) => (schema ? [schema] : []))
}

function collect(document: OpenApiDocument, schema: Schema | undefined, into: Set<Schema>): void {
  if (!schema) return
  const target = resolve(document, schema)
  if (into.has(target)) return
  into.add(target)
  for (const child of childSchemas(target)) collect(document, child, into)
}

/** A single value stays closed: it tells alternatives apart, as a `const` does. */
const isStringEnum = ({ enum: values }: Schema) =>
  Array.isArray(values) && values.length > 1 && values.every((value) => typeof value === 'string' || value === null)
