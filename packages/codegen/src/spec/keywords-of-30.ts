/**
 * The exclusive bound of a schema as JSON Schema has it. OpenAPI 3.0 writes a flag beside the bound, which is then
 * taken out of the schema, JSON Schema a number of its own.
 */
export function exclusiveBound(schema: Record<string, unknown>, bound: 'minimum' | 'maximum', exclusive: unknown) {
  const keyword = bound === 'minimum' ? 'exclusiveMinimum' : 'exclusiveMaximum'
  if (typeof exclusive === 'number') return { [keyword]: exclusive }
  if (exclusive !== true) return {}
  const limit = schema[bound]
  delete schema[bound]
  return { [keyword]: limit }
}

/** The schema that also allows `null`. */
export function orNull(schema: Record<string, unknown>): Record<string, unknown> {
  const { type, enum: values } = schema
  const types = [type].flat()
  if (type === undefined || types.length === 0) return { anyOf: [schema, { type: 'null' }] }
  return {
    ...schema,
    type: [...new Set([...types, 'null'])],
    ...(Array.isArray(values) && { enum: [...new Set([...values, null])] }),
  }
}

/** What is said about a value, and does not say which values there are. */
const annotations = ['title', 'description', 'default', 'deprecated', 'example', 'examples', 'readOnly', 'writeOnly']

/** Writes a schema with `nullable` as OpenAPI has it from 3.1 on. Changes the schema. */
export function rewriteNullable(schema: Record<string, unknown>): void {
  const { nullable, ...rest } = schema
  const said = Object.entries(rest).filter(([keyword]) => annotations.includes(keyword) || keyword.startsWith('x-'))
  const asserted = Object.entries(rest).filter(([keyword]) => !said.some(([one]) => one === keyword))
  for (const keyword of Object.keys(schema)) delete schema[keyword]
  Object.assign(schema, Object.fromEntries(said))
  Object.assign(schema, nullable === true ? orNull(Object.fromEntries(asserted)) : Object.fromEntries(asserted))
}
