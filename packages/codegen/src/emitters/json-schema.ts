import { exclusiveBound, orNull } from '../spec/keywords-of-30.ts'

/** Keywords whose value is one schema. */
const single = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else'] as const
/** Keywords whose value is a list of schemas. */
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems'] as const
/** Keywords whose value is a map of schemas. */
const maps = ['properties', 'patternProperties', '$defs', 'dependentSchemas'] as const
/** Words for people and for generators: they do not validate. */
const left = ['example', 'examples', 'description', 'title', 'externalDocs', 'xml', 'discriminator', 'x-pii']

/**
 * A schema of OpenAPI 3.0 or 3.1 as JSON Schema 2020-12: `nullable` becomes a type, and what does not validate is
 * left out. `x-error-code` stays, for validators that report it.
 */
export function toJsonSchema(schema: unknown): Record<string, unknown> | boolean {
  if (typeof schema === 'boolean') return schema
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = { ...(schema as Record<string, unknown>) }
  for (const keyword of left) delete rest[keyword]
  for (const keyword of single) if (rest[keyword] !== undefined) rest[keyword] = toJsonSchema(rest[keyword])
  for (const keyword of lists) {
    if (Array.isArray(rest[keyword])) rest[keyword] = rest[keyword].map(toJsonSchema)
  }
  for (const keyword of maps) {
    if (rest[keyword] === undefined) continue
    const entries = Object.entries(rest[keyword] as object)
    rest[keyword] = Object.fromEntries(entries.map(([name, value]) => [name, toJsonSchema(value)]))
  }
  Object.assign(rest, exclusiveBound(rest, 'minimum', exclusiveMinimum))
  Object.assign(rest, exclusiveBound(rest, 'maximum', exclusiveMaximum))
  return nullable === true ? orNull(rest) : rest
}
