import { isDeepStrictEqual } from 'node:util'
import { targetOf } from '../../spec/discriminators.ts'
import type { OpenApiDocument } from '../../spec/document.ts'
import { isRecord, type Kind, kindBelow } from '../../spec/kinds.ts'
import { schemaNameOf } from '../../spec/pointer.ts'
import { joinSchemas } from './conjoin.ts'
import { isWords } from './shape.ts'

type Fields = Record<string, unknown>

/**
 * Writes what discriminators say into the component schemas that they name, as the types have it: wherever such a schema
 * is used, its property that tells it from others has these values. A mapping is made complete; what of it the schemas
 * themselves say goes to `written`, which nobody has to compare. Changes the document.
 */
export function writeTags(document: OpenApiDocument): OpenApiDocument {
  const schemas = document.components?.schemas ?? {}
  const tagged = new Set<string>()
  for (const { discriminator, alternatives } of listUnions(document)) {
    const mapping = completeMapping(discriminator, alternatives)
    const written = new Set<string>()
    for (const [name, entries] of Map.groupBy(mapping, ([, target]) => targetOf(target))) {
      const schema = schemas[name]
      // Of several discriminators that name one schema, the types follow the first.
      if (tagged.has(name) || !isRecord(schema)) continue
      tagged.add(name)
      const values = entries.map(([value]) => value).sort()
      if (writeTag(schema, String(discriminator.propertyName), values)) written.add(name)
    }
    const entries = (isWritten: boolean) =>
      Object.fromEntries(mapping.filter(([, target]) => written.has(targetOf(target)) === isWritten))
    Object.assign(discriminator, { mapping: entries(false), written: entries(true) })
  }
  return document
}

/** Tells whether the schema says no more and no less of the property now than the discriminator. */
function writeTag(schema: Fields, property: string, values: readonly string[]): boolean {
  const tag = { type: 'string', enum: values }
  if ('$ref' in schema || Array.isArray(schema.allOf)) {
    const { $ref } = schema
    delete schema.$ref
    const part = { type: 'object', required: [property], properties: { [property]: tag } }
    const parts: unknown[] = [$ref === undefined ? [] : { $ref }, schema.allOf ?? []].flat()
    schema.allOf = parts.some((one) => isDeepStrictEqual(one, part)) ? parts : [...parts, part]
    return false
  }
  if (schema.type !== 'object') return false
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const own = properties[property] ?? {}
  const isText = isRecord(own) && Object.entries(own).every((entry) => isTextOrTag(entry, tag))
  schema.properties = { ...properties, [property]: isText ? { ...own, ...tag } : joinSchemas(own, tag) }
  schema.required = [...new Set([schema.required ?? [], property].flat())].sort()
  return isText
}

/** Whether a keyword of a property says no more than that it is a text, or one that a discriminator names. */
const isTextOrTag = ([keyword, value]: [string, unknown], tag: Fields) =>
  isWords(keyword) || isDeepStrictEqual(value, tag[keyword])

interface Union {
  discriminator: Fields
  alternatives: readonly unknown[]
}

/** Types read no discriminator but beside `oneOf`. */
function listUnions(document: OpenApiDocument): Union[] {
  const unions: Union[] = []
  const seen = new Set<object>()
  const visit = (node: unknown, kind: Kind): void => {
    if (kind === 'data' || typeof node !== 'object' || node === null || seen.has(node)) return
    seen.add(node)
    if (kind === 'object' && isRecord(node)) {
      const { discriminator, oneOf: alternatives } = node
      if (isRecord(discriminator) && Array.isArray(alternatives)) unions.push({ discriminator, alternatives })
    }
    const isList = Array.isArray(node)
    for (const [key, value] of Object.entries(node)) visit(value, isList ? kind : kindBelow(kind, key, value))
  }
  visit(document, 'object')
  return unions
}

/** Values and the schemas that they tell from others; one that has none is told by its name. */
function completeMapping({ mapping, written }: Fields, alternatives: readonly unknown[]): [string, unknown][] {
  const own: [string, unknown][] = Object.entries({ ...Object(written), ...Object(mapping) })
  const names = new Set(own.map(([, target]) => targetOf(target)))
  const rest = alternatives.flatMap((one): [string, unknown][] => {
    const name = schemaNameOf(one)
    return name === undefined || names.has(name) || !isRecord(one) ? [] : [[name, one.$ref]]
  })
  return [...own, ...rest]
}
