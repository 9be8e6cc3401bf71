import { exclusiveBound, orNull } from '../spec/keywords-of-30.ts'

/** Keywords whose value is one schema. */
const single = [
  ...['items', 'additionalProperties', 'unevaluatedItems', 'unevaluatedProperties', 'contains', 'propertyNames'],
  ...['not', 'if', 'then', 'else'],
]
/** Keywords whose value is a list of schemas. */
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
/** Keywords whose value is a map of schemas. */
const maps = ['properties', 'patternProperties', 'dependentSchemas']
/** Those of them whose schemas hold for the very value that the schema is of. */
const ofSameValue: ReadonlySet<string> = new Set(['allOf', 'anyOf', 'oneOf', 'if', 'then', 'else', 'dependentSchemas'])
/** Words for people and for generators: they do not validate. */
const words = ['example', 'examples', 'description', 'title', 'externalDocs', 'xml', 'discriminator']
/** Names of schemas: references are written as pointers, whatever they have been, so that each has one meaning. */
const identities = ['$id', '$schema', '$anchor', '$dynamicAnchor', '$dynamicRef', '$defs', '$comment', '$vocabulary']

type Fields = Record<string, unknown>

/** What a schema of OpenAPI means where it stands. */
export interface SchemaContext {
  /** Where a reference leads in what is emitted. Default: where it leads in the document. */
  pointTo?: (ref: string) => string
  /** The names of properties that a value of the schema need not have, though it may be said. Default: none. */
  notDemanded?: (schema: Fields) => ReadonlySet<string>
  /** What else its values are, by itself or as an alternative of another: what a discriminator says. Default: nothing. */
  furtherParts?: (schema: unknown, whole?: Fields) => Fields[]
}

const nothing: ReadonlySet<string> = new Set()

/**
 * A schema of OpenAPI as JSON Schema 2020-12: `nullable` becomes a type, and what does not validate is left out.
 * `x-error-code` stays, for validators that report it, and so does `x-pii: true`, for who logs values.
 */
export function toJsonSchema(schema: unknown, context: SchemaContext = {}): Fields | boolean {
  return convert(schema, context, nothing)
}

function convert(schema: unknown, context: SchemaContext, above: ReadonlySet<string>): Fields | boolean {
  if (typeof schema === 'boolean') return schema
  const { pointTo = (ref) => ref, notDemanded = () => nothing, furtherParts = () => [] } = context
  const { nullable, exclusiveMinimum, exclusiveMaximum, ...rest } = { ...(schema as Fields) }
  for (const keyword of [...words, ...identities]) delete rest[keyword]
  if (rest['x-pii'] !== true) delete rest['x-pii']
  if (typeof rest.$ref === 'string') rest.$ref = pointTo(rest.$ref)
  const own = notDemanded(schema as Fields)
  const free = own.size === 0 ? above : above.size === 0 ? own : new Set([...own, ...above])
  const below = (keyword: string) => (value: unknown) =>
    convert(value, context, ofSameValue.has(keyword) ? free : nothing)
  for (const keyword of single) if (rest[keyword] !== undefined) rest[keyword] = below(keyword)(rest[keyword])
  for (const keyword of lists) {
    if (!Array.isArray(rest[keyword])) continue
    const isOf = keyword === 'oneOf' || keyword === 'anyOf'
    const partsOf = (one: unknown) => (isOf ? furtherParts(one, schema as Fields) : [])
    rest[keyword] = rest[keyword].map((one) => withParts(below(keyword)(one), partsOf(one)))
  }
  for (const keyword of maps) {
    if (rest[keyword] === undefined) continue
    const entries = Object.entries(rest[keyword] as object)
    rest[keyword] = Object.fromEntries(entries.map(([name, value]) => [name, below(keyword)(value)]))
  }
  if (free.size > 0 && Array.isArray(rest.required)) rest.required = rest.required.filter((name) => !free.has(name))
  Object.assign(rest, exclusiveBound(rest, 'minimum', exclusiveMinimum))
  Object.assign(rest, exclusiveBound(rest, 'maximum', exclusiveMaximum))
  const whole = withParts(rest, furtherParts(schema))
  return nullable === true ? orNull(whole) : whole
}

function withParts<T extends Fields | boolean>(schema: T, parts: readonly Fields[]): T | Fields {
  if (parts.length === 0 || typeof schema === 'boolean') return schema
  const own: Fields = schema
  return { ...own, allOf: [own.allOf ?? [], ...parts].flat() }
}
