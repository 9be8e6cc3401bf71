import { type OpenApiDocument, resolve, type Schema } from './document.ts'
import { isRecord } from './kinds.ts'
import { readAt, schemaNameOf } from './pointer.ts'

/** A property that tells schemas apart. */
export interface Discriminator {
  property: string
  /**
   * The values of it that mean the component schema of a name: those of the mapping, else the name. `undefined` where
   * any other value means this schema.
   */
  valuesOf(name: string): readonly string[] | undefined
}

/** What a schema says of the property that tells its alternatives, or those that are made of it, apart. */
export function readDiscriminator(schema: unknown): Discriminator | undefined {
  const { propertyName: property, mapping, defaultMapping } = Object(readAt(schema, ['discriminator']))
  if (typeof property !== 'string') return undefined
  const mapped = Object.entries(isRecord(mapping) ? mapping : {})
  return {
    property,
    valuesOf(name) {
      if (defaultMapping !== undefined && targetOf(defaultMapping) === name) return undefined
      const values = mapped.flatMap(([value, target]) => (targetOf(target) === name ? [value] : []))
      return values.length > 0 ? values : [name]
    },
  }
}

/** The name of the schema that a discriminator's mapping leads to, by a reference or by that name. */
export const targetOf = (target: unknown): string => schemaNameOf({ $ref: target }) ?? String(target)

/** The names of the component schemas that are a schema's alternatives. */
export const listAlternatives = (schema: unknown): string[] =>
  [readAt(schema, ['oneOf']), readAt(schema, ['anyOf'])].flat().flatMap((one) => schemaNameOf(one) ?? [])

/** The names of the component schemas that a schema is made of. */
export const listParents = (schema: unknown): string[] =>
  [readAt(schema, ['allOf'])].flat().flatMap((part) => schemaNameOf(part) ?? [])

/** What a property is where a value is one of a component schema. */
export interface Tag {
  /** The schema's name. */
  name: string
  property: string
  values: readonly string[]
}

/** What a discriminator says of one of the schemas that it tells apart, with what is made of that in turn. */
export function tagOf(
  { property, valuesOf }: Discriminator,
  name: string,
  heirs: Iterable<string> = [],
): Tag | undefined {
  const values = [name, ...heirs].map(valuesOf)
  return values.every((one) => one !== undefined) ? { name, property, values: [...new Set(values.flat())] } : undefined
}

/** What the discriminators of component schemas say of those that are made of them, however far down. */
export function listInherited(schemas: object, discriminators: ReadonlyMap<string, Discriminator>): Tag[] {
  if (discriminators.size === 0) return []
  const children = new Map<string, string[]>()
  for (const [name, schema] of Object.entries(schemas)) {
    for (const parent of listParents(schema)) children.set(parent, [...(children.get(parent) ?? []), name])
  }
  const heirsOf = (name: string): ReadonlySet<string> => {
    const heirs = new Set(children.get(name))
    // A set visits what is added to it meanwhile.
    for (const heir of heirs) for (const next of children.get(heir) ?? []) heirs.add(next)
    return heirs
  }
  return [...discriminators].flatMap(([parent, discriminator]) =>
    [...heirsOf(parent)].flatMap((name) => tagOf(discriminator, name, heirsOf(name)) ?? []),
  )
}

/**
 * Whether the values of a discriminator hold for a property of a schema: of an object, unless it lists values of its own
 * that are others.
 */
export function isToldBy(document: OpenApiDocument, schema: unknown, tag: Omit<Tag, 'name'>) {
  if (!isRecord(schema) || !('properties' in schema || 'allOf' in schema || schema.type === 'object')) return false
  const own = findProperty(document, schema, tag.property)
  const listed = readAt(own, ['const']) === undefined ? readAt(own, ['enum']) : [readAt(own, ['const'])]
  return !Array.isArray(listed) || tag.values.every((value) => listed.includes(value))
}

/** A property of a schema, where it or one of its parts has it; of several, one that lists its values. */
export function findProperty(document: OpenApiDocument, schema: Schema, property: string): Schema | undefined {
  const found: Schema[] = []
  const parts = new Set([resolve(document, schema)])
  for (const part of parts) {
    const own = readAt(part, ['properties', property])
    if (isRecord(own)) found.push(resolve(document, own))
    for (const one of part.allOf ?? []) parts.add(resolve(document, one))
  }
  return found.find((one) => Array.isArray(one.enum) || 'const' in one) ?? found[0]
}
