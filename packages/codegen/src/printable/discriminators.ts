import {
  type Discriminator,
  findProperty,
  isToldBy,
  listAlternatives,
  listInherited,
  listParents,
  readDiscriminator,
  type Tag,
  tagOf,
} from '../spec/discriminators.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { readAt, schemaNameOf } from '../spec/pointer.ts'
import { type Fields, visitDocument, visitInner } from './visit.ts'

/**
 * Gives each schema that a discriminator tells apart the values of it that mean this schema: those of the mapping, else
 * the schema's name. Where the property lists values of its own and those are others, they stay. Changes the document:
 * no discriminator is left for openapi-typescript, which writes names over such values.
 */
export function applyDiscriminators(document: OpenApiDocument): void {
  const schemas = (document.components?.schemas ?? {}) as Fields
  const parents = new Map<string, Discriminator>()
  const tags: Tag[] = []

  const collect = (value: unknown, name?: string): void => {
    if (!isRecord(value)) return
    visitInner(value, (holder, key) => collect(holder[key]))
    const discriminator = readDiscriminator(value)
    delete value.discriminator
    if (!discriminator) return
    if (name !== undefined) parents.set(name, discriminator)
    for (const child of listAlternatives(value)) {
      const tag = tagOf(discriminator, child)
      if (tag) tags.push(tag)
    }
  }
  visitDocument(document, ({ holder, key, kind }) => {
    if (kind === 'schema') collect(holder[key], holder === schemas ? key : undefined)
  })
  tags.push(...listInherited(schemas, parents))
  for (const [name, schema] of Object.entries(schemas)) {
    for (const parent of listParents(schema)) cutCircle(schemas, { child: name, parent })
  }
  for (const [name, values] of gather(tags)) tellApart(document, readAt(schemas, [name]), values)
}

/** All values of each schema's properties: several discriminators may tell it apart. */
function gather(tags: readonly Tag[]): Map<string, Map<string, Set<string>>> {
  const all = new Map<string, Map<string, Set<string>>>()
  for (const { name, property, values } of tags) {
    const properties = all.get(name) ?? new Map<string, Set<string>>()
    all.set(name, properties)
    properties.set(property, new Set([...(properties.get(property) ?? []), ...values]))
  }
  return all
}

function tellApart(document: OpenApiDocument, schema: unknown, tags: ReadonlyMap<string, ReadonlySet<string>>): void {
  for (const [property, set] of tags) {
    const values = [...set]
    if (!isRecord(schema) || !isToldBy(document, schema, { property, values })) continue
    const { description } = findProperty(document, schema, property) ?? {}
    const told = { type: 'string', enum: values, ...(typeof description === 'string' && { description }) }
    const described = { type: 'object', required: [property], properties: Object.fromEntries([[property, told]]) }
    if ('allOf' in schema) schema.allOf = [schema.allOf, described].flat()
    else addTo(schema, described)
  }
}

function addTo(schema: Fields, { required, properties }: { required: string[]; properties: Fields }): void {
  const own = isRecord(schema.properties) ? schema.properties : {}
  schema.properties = Object.fromEntries([...Object.entries(own), ...Object.entries(properties)])
  schema.required = [...new Set([...(Array.isArray(schema.required) ? schema.required : []), ...required])]
  if (readAt(schema, ['additionalProperties']) === true && Object.keys(own).length === 0)
    delete schema.additionalProperties
}

/** A part that lists the whole among its alternatives means what they have in common; else both would hold each other. */
function cutCircle(schemas: Fields, { child, parent }: { child: string; parent: string }): void {
  const [whole, schema] = [readAt(schemas, [parent]), readAt(schemas, [child])]
  if (!isRecord(whole) || !isRecord(schema) || !listAlternatives(whole).includes(child)) return
  const { oneOf, anyOf, ...common } = structuredClone(whole)
  schema.allOf = [schema.allOf].flat().map((part) => (schemaNameOf(part) === parent ? common : part))
}
