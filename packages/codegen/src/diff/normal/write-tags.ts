import { isDeepStrictEqual } from 'node:util'
import type { OpenApiDocument } from '../../spec/document.ts'
import { schemaNameOf } from './reach.ts'
import { isRecord, type Kind, kindBelow } from './shape.ts'

type Fields = Record<string, unknown>

/**
 * Writes what discriminators say into the component schemas that they name, as the types have it: wherever such a schema
 * is used, its property that tells it from others has these values. What is written there goes from the `mapping` to
 * `written`, which nobody has to compare. Changes the document.
 */
export function writeTags(document: OpenApiDocument): OpenApiDocument {
  const schemas = document.components?.schemas ?? {}
  const tagged = new Set<string>()
  for (const { discriminator, alternatives } of listUnions(document)) {
    const mapping = Object.entries({ ...Object(discriminator.written), ...Object(discriminator.mapping) })
    const written = new Set<string>()
    for (const [name, values] of valuesBySchema(mapping, alternatives)) {
      const schema = schemas[name]
      // Of several discriminators that name one schema, the types follow the first.
      if (tagged.has(name) || !isRecord(schema)) continue
      if (writeTag(schema, String(discriminator.propertyName), values)) written.add(name)
    }
    for (const name of written) tagged.add(name)
    const entries = (isWritten: boolean) =>
      Object.fromEntries(mapping.filter(([, target]) => written.has(nameOf(target)) === isWritten))
    Object.assign(discriminator, { mapping: entries(false), written: entries(true) })
  }
  return document
}

/** Tells whether it found an object to write to. */
function writeTag(schema: Fields, property: string, values: readonly string[]): boolean {
  const tag = { type: 'string', enum: [...values].sort() }
  if ('$ref' in schema || Array.isArray(schema.allOf)) {
    const { $ref } = schema
    delete schema.$ref
    const part = { type: 'object', required: [property], properties: { [property]: tag } }
    const parts: unknown[] = [$ref === undefined ? [] : { $ref }, schema.allOf ?? []].flat()
    schema.allOf = parts.some((one) => isDeepStrictEqual(one, part)) ? parts : [...parts, part]
    return true
  }
  if (![schema.type].flat().includes('object')) return false
  const properties = isRecord(schema.properties) ? schema.properties : {}
  const { $ref, ...own } = Object(properties[property])
  schema.properties = { ...properties, [property]: { ...own, ...tag } }
  schema.required = [...new Set([schema.required ?? [], property].flat())].sort()
  return true
}

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

const nameOf = (target: unknown): string => schemaNameOf(String(target)) ?? String(target)

/** The values that tell each schema from others: those that the mapping has for it, or else its name. */
function valuesBySchema(
  mapping: readonly [string, unknown][],
  alternatives: readonly unknown[],
): Map<string, readonly string[]> {
  const values = new Map<string, readonly string[]>()
  for (const [value, target] of mapping) values.set(nameOf(target), [...(values.get(nameOf(target)) ?? []), value])
  for (const one of alternatives) {
    const name = isRecord(one) ? schemaNameOf(String(one.$ref)) : undefined
    if (name !== undefined && !values.has(name)) values.set(name, [name])
  }
  return values
}
