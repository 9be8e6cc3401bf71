import type { OpenApiDocument } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { readAt, schemaNameOf } from '../spec/pointer.ts'
import { type Fields, setField, visitDocument, visitInner } from './visit.ts'

/**
 * Says what every schema means in keywords that have a type of their own: openapi-typescript reads an object without
 * properties as one that has none, loses what stands beside a reference, and fails on truth values. Changes the document.
 */
export function simplifySchemas(document: OpenApiDocument): void {
  // Before 3.1, what stands beside a reference has no meaning.
  const isBesideRead = !/^3\.0\b/.test(document.openapi)
  const simplify = (value: unknown): unknown => {
    if (!isRecord(value)) return value
    const schema = isBesideRead ? joinReference(value) : value
    if (typeof schema.$ref === 'string') return schema
    // The simplified parts are parts of no other schema: what they are made of is seen here once.
    delete schema.$defs
    if (isRecord(schema.properties) && Object.keys(schema.properties).length === 0) delete schema.properties
    simplifyValues(schema)
    simplifyAlternatives(schema)
    visitInner(schema, (holder, key) => setField(holder, key, simplify(holder[key])))
    describeProperties(document, schema)
    simplifyParts(schema)
    openObject(schema)
    return schema
  }
  visitDocument(document, ({ holder, key, kind }) => {
    if (kind === 'schema') setField(holder, key, simplify(holder[key]))
  })
}

/** A property that only refers to a schema is described by that: who points at it sees its words. */
function describeProperties(document: OpenApiDocument, schema: Fields): void {
  for (const property of Object.values(isRecord(schema.properties) ? schema.properties : {})) {
    if (!isRecord(property) || 'description' in property) continue
    const name = schemaNameOf(property)
    const description = name === undefined ? undefined : readAt(document.components?.schemas, [name, 'description'])
    if (typeof description === 'string') property.description = description
  }
}

/** Keywords that say what a value may be. */
const meaning = ['type', 'enum', 'const', 'properties', 'required', 'additionalProperties', 'patternProperties']
const meaningToo = ['items', 'prefixItems', 'allOf', 'anyOf', 'oneOf', 'nullable']

/** A reference with further keywords beside it is one part of what they say together. */
function joinReference(schema: Fields): Fields {
  const { $ref, ...rest } = schema
  if (typeof $ref !== 'string' || ![...meaning, ...meaningToo].some((key) => key in rest)) return schema
  return { ...rest, allOf: [{ $ref }, ...(Array.isArray(rest.allOf) ? rest.allOf : [])] }
}

function simplifyValues(schema: Fields): void {
  simplifyType(schema)
  if (schema.const === null) {
    delete schema.const
    schema.type = 'null'
  }
  // Objects and lists told by a value are rare, and those told by a text are a slip.
  if (Array.isArray(schema.enum) && (schema.type === 'object' || 'properties' in schema)) delete schema.enum
  if (schema.type === undefined && ('items' in schema || 'prefixItems' in schema)) schema.type = 'array'
  simplifyItems(schema)
}

/** Stands in the last of a list's first items, beside the type of those that follow. */
export const rest = '\u0000rest'

/** A list whose first items have types of their own goes on with others, unless the spec says that it ends. */
function simplifyItems(schema: Fields): void {
  const first = schema.prefixItems
  if (!Array.isArray(first)) return
  const { items = true, maxItems } = schema
  delete schema.items
  if (items === false || (typeof maxItems === 'number' && maxItems <= first.length)) return
  schema.prefixItems = [...first, { anyOf: [{ const: rest }, { type: 'array', items }] }]
}

/** `null` among types is the mark that OpenAPI 3.0 has for it; several types beside alternatives are told by those. */
function simplifyType(schema: Fields): void {
  if (!Array.isArray(schema.type) || 'enum' in schema) return
  const types = schema.type.filter((type) => type !== 'null')
  if (types.length < schema.type.length && types.length > 0) schema.nullable = true
  schema.type = types.length === 0 ? 'null' : types.length === 1 ? types[0] : types
  if (types.length > 1 && ('oneOf' in schema || 'anyOf' in schema)) delete schema.type
}

/** Alternatives beside other keywords narrow them, and an alternative that only requires something tells its type. */
function simplifyAlternatives(schema: Fields): void {
  const { anyOf } = schema
  const isAlone = !['type', 'properties', 'additionalProperties', 'allOf', 'oneOf'].some((key) => key in schema)
  if (Array.isArray(anyOf) && !isAlone) {
    delete schema.anyOf
    if ('oneOf' in schema) schema.allOf = [...(Array.isArray(schema.allOf) ? schema.allOf : []), { oneOf: anyOf }]
    else schema.oneOf = anyOf
  }
  for (const keyword of ['oneOf', 'anyOf']) {
    const alternatives = schema[keyword]
    if (!Array.isArray(alternatives)) continue
    const properties = readAt(schema, ['properties'])
    schema[keyword] = alternatives.filter((one) => one !== false).map((one) => describeRequired(one, properties))
  }
}

function describeRequired(alternative: unknown, properties: unknown): unknown {
  if (!isRecord(alternative)) return {}
  const { required } = alternative
  if (!isRecord(properties) || !isOnly(alternative, ['type', 'required']) || !Array.isArray(required))
    return alternative
  const known = required.filter((name) => Object.hasOwn(properties, name))
  const described = known.map((name) => [name, structuredClone(properties[name])] as const)
  return { type: 'object', required: known, properties: Object.fromEntries(described) }
}

/** Parts that only name a type or what is required say it of the whole. */
function simplifyParts(schema: Fields): void {
  if (!Array.isArray(schema.allOf)) return
  const parts = schema.allOf.filter((part) => part !== true)
  if (parts.includes(false)) Object.assign(schema, { enum: [] })
  const kept = parts.filter((part) => isRecord(part) && !isOnly(part, ['type', 'required', 'additionalProperties']))
  for (const part of parts) {
    if (!isRecord(part) || kept.includes(part)) continue
    if (Array.isArray(part.required)) schema.required = [...new Set([...list(schema.required), ...part.required])]
    if (part.type === 'object' && schema.type === undefined) schema.type = 'object'
    const { additionalProperties: extra } = part
    if (isRecord(extra) && Object.keys(extra).length > 0) kept.push(part)
    else if (part.type !== undefined && part.type !== 'object') kept.push(part)
  }
  schema.allOf = kept
  if (kept.length === 0) delete schema.allOf
}

const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Whether a schema says nothing of its values but with these keywords. */
const isOnly = (schema: Fields, keywords: readonly string[]) =>
  !('$ref' in schema) && [...meaning, ...meaningToo, 'not'].every((key) => keywords.includes(key) || !(key in schema))

/** An object of which nothing is said may hold anything. */
function openObject(schema: Fields): void {
  const types = Array.isArray(schema.type) ? schema.type : [schema.type]
  const described = ['properties', 'additionalProperties', 'patternProperties', 'allOf', 'anyOf', 'oneOf', 'enum']
  if (types.includes('object') && !described.some((key) => key in schema)) {
    schema.additionalProperties = true
  }
}
