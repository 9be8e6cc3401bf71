import type { OpenApiDocument } from '../spec/document.ts'
import { nameOf } from './component-names.ts'
import { type Fields, fieldOf, isFields, visitDocument, visitInner } from './visit.ts'

/** A property that tells alternatives apart, and the values it has for each component, by the component's name. */
interface Discriminator {
  property: string
  valuesOf: (name: string) => string[]
}

/**
 * Gives each schema that a discriminator tells apart the values of it that mean this schema: those of the mapping, else
 * the schema's name. Where the property lists values of its own and those are others, they stay. Changes the document:
 * no discriminator is left for openapi-typescript, which writes names over such values.
 */
export function applyDiscriminators(document: OpenApiDocument): void {
  const schemas = (document.components?.schemas ?? {}) as Fields
  const parents = new Map<string, Discriminator>()
  const children: [name: string, discriminator: Discriminator][] = []

  const collect = (value: unknown, name?: string): void => {
    if (!isFields(value)) return
    visitInner(value, (holder, key) => collect(holder[key]))
    const discriminator = readDiscriminator(value.discriminator)
    delete value.discriminator
    if (!discriminator) return
    if (name !== undefined) parents.set(name, discriminator)
    const told = [value.oneOf, value.anyOf].flat().flatMap((one) => nameOf(one) ?? [])
    for (const child of told) children.push([child, discriminator])
  }
  visitDocument(document, ({ holder, key, kind }) => {
    if (kind === 'schema') collect(holder[key], holder === schemas ? key : undefined)
  })
  for (const [name, schema] of Object.entries(schemas)) {
    for (const part of partsOf(schema)) {
      const parent = nameOf(part)
      const discriminator = parent === undefined ? undefined : parents.get(parent)
      if (discriminator) children.push([name, discriminator])
      if (parent !== undefined) cutCircle(schemas, { child: name, parent })
    }
  }
  for (const [name, values] of gather(children)) tellApart(schemas, name, values)
}

function readDiscriminator(value: unknown): Discriminator | undefined {
  const property = fieldOf(value, 'propertyName')
  if (typeof property !== 'string') return undefined
  const mapping = fieldOf(value, 'mapping')
  const mapped = Object.entries(isFields(mapping) ? mapping : {})
  return {
    property,
    valuesOf: (name) => {
      const values = mapped.filter(([, target]) => target === name || nameOf({ $ref: target }) === name)
      return values.length > 0 ? values.map(([value]) => value) : [name]
    },
  }
}

const partsOf = (schema: unknown): unknown[] => [fieldOf(schema, 'allOf') ?? []].flat()

/** All values of each schema's properties: several discriminators may tell it apart. */
function gather(children: [name: string, discriminator: Discriminator][]): Map<string, Map<string, Set<string>>> {
  const all = new Map<string, Map<string, Set<string>>>()
  for (const [name, { property, valuesOf }] of children) {
    const properties = all.get(name) ?? new Map<string, Set<string>>()
    all.set(name, properties)
    properties.set(property, new Set([...(properties.get(property) ?? []), ...valuesOf(name)]))
  }
  return all
}

function tellApart(schemas: Fields, name: string, properties: ReadonlyMap<string, ReadonlySet<string>>): void {
  const schema = fieldOf(schemas, name)
  if (!isFields(schema) || !('properties' in schema || 'allOf' in schema || schema.type === 'object')) return
  for (const [property, values] of properties) {
    const own = findProperty(schemas, schema, property)
    const listed = fieldOf(own, 'const') === undefined ? fieldOf(own, 'enum') : [fieldOf(own, 'const')]
    if (Array.isArray(listed) && ![...values].every((value) => listed.includes(value))) continue
    const description = fieldOf(own, 'description')
    const told = { type: 'string', enum: [...values], ...(typeof description === 'string' && { description }) }
    const described = { type: 'object', required: [property], properties: Object.fromEntries([[property, told]]) }
    if ('allOf' in schema) schema.allOf = [...partsOf(schema), described]
    else addTo(schema, described)
  }
}

function addTo(schema: Fields, { required, properties }: { required: string[]; properties: Fields }): void {
  const own = isFields(schema.properties) ? schema.properties : {}
  schema.properties = Object.fromEntries([...Object.entries(own), ...Object.entries(properties)])
  schema.required = [...new Set([...(Array.isArray(schema.required) ? schema.required : []), ...required])]
  if (fieldOf(schema, 'additionalProperties') === true && Object.keys(own).length === 0)
    delete schema.additionalProperties
}

/** A property of a schema, where it or one of its parts has it. */
function findProperty(schemas: Fields, schema: unknown, property: string, seen = new Set<unknown>()): unknown {
  const name = nameOf(schema)
  const target = name === undefined ? schema : fieldOf(schemas, name)
  if (seen.has(target)) return undefined
  seen.add(target)
  const own = fieldOf(fieldOf(target, 'properties'), property)
  if (own !== undefined) return nameOf(own) === undefined ? own : fieldOf(schemas, nameOf(own) ?? '')
  const parts = partsOf(target).map((part) => findProperty(schemas, part, property, seen))
  return parts.find((part) => Array.isArray(fieldOf(part, 'enum'))) ?? parts.find((part) => part !== undefined)
}

/** A part that lists the whole among its alternatives means what they have in common; else both would hold each other. */
function cutCircle(schemas: Fields, { child, parent }: { child: string; parent: string }): void {
  const whole = fieldOf(schemas, parent)
  const schema = fieldOf(schemas, child)
  const alternatives = [fieldOf(whole, 'oneOf') ?? [], fieldOf(whole, 'anyOf') ?? []].flat()
  if (!isFields(whole) || !isFields(schema) || !alternatives.some((one) => nameOf(one) === child)) return
  const { oneOf, anyOf, ...common } = structuredClone(whole)
  schema.allOf = partsOf(schema).map((part) => (nameOf(part) === parent ? common : part))
}
