import { type Edits, onSchema, recase, renameKey } from './edit.ts'
import type { Random } from './random.ts'
import { randomSchema } from './random-schema.ts'
import { type Fields, isFields, type SchemaSite } from './sites.ts'

const propertiesOf = (schema: Fields): Fields => (isFields(schema.properties) ? schema.properties : {})
const requiredOf = (schema: Fields): string[] => (Array.isArray(schema.required) ? schema.required : [])
const hasProperties = (schema: Fields) => !('$ref' in schema) && Object.keys(propertiesOf(schema)).length > 0
const isObject = (schema: Fields) => !('$ref' in schema) && (schema.type === 'object' || hasProperties(schema))
/** No part of `allOf`, and without parts: there each would have to know the properties of the others. */
const isWhole = (schema: Fields, { keyword }: SchemaSite) =>
  isObject(schema) && keyword !== 'allOf' && !('allOf' in schema)
const isList = (schema: Fields) => !('$ref' in schema) && [schema.type].flat().includes('array')

function addProperty(schema: Fields, random: Random, isRequired: boolean): boolean {
  const name = `added${random.below(100)}`
  if (name in propertiesOf(schema)) return false
  schema.properties = { ...propertiesOf(schema), [name]: randomSchema(random) }
  if (isRequired) schema.required = [...requiredOf(schema), name]
  return true
}

function removeProperty(schema: Fields, name: string): void {
  delete propertiesOf(schema)[name]
  schema.required = requiredOf(schema).filter((one) => one !== name)
}

function renameProperty(schema: Fields, from: string, to: string): boolean {
  if (!renameKey(propertiesOf(schema), from, to)) return false
  if (schema.required) schema.required = requiredOf(schema).map((name) => (name === from ? to : name))
  return true
}

const namesOf = (schema: Fields) => Object.keys(propertiesOf(schema))

/** Edits of objects and lists. */
export const objectEdits: Edits = {
  'property: added': onSchema(isObject, (schema, random) => addProperty(schema, random, false)),
  'property: added, required': onSchema(isObject, (schema, random) => addProperty(schema, random, true)),
  'property: removed': onSchema(hasProperties, (schema, random) =>
    removeProperty(schema, random.pick(namesOf(schema))),
  ),
  'property: removed, all': onSchema(hasProperties, (schema) => {
    delete schema.properties
    delete schema.required
  }),
  'property: renamed': onSchema(hasProperties, (schema, random) => {
    const name = random.pick(namesOf(schema))
    return renameProperty(schema, name, `${name}Renamed`)
  }),
  'property: recased': onSchema(hasProperties, (schema, random) => {
    const name = random.pick(namesOf(schema))
    return renameProperty(schema, name, recase(name))
  }),
  'property: of another schema': onSchema(hasProperties, (schema, random) => {
    propertiesOf(schema)[random.pick(namesOf(schema))] = randomSchema(random)
  }),
  'property: of itself': onSchema(hasProperties, (schema, random) => {
    const properties = propertiesOf(schema)
    const [one, other] = [random.pick(namesOf(schema)), random.pick(namesOf(schema))]
    if (one === other) return false
    properties[one] = structuredClone(properties[other])
    return true
  }),
  'property: reordered': onSchema(hasProperties, (schema) => {
    schema.properties = Object.fromEntries(Object.entries(propertiesOf(schema)).toReversed())
  }),
  'required: toggled': onSchema(hasProperties, (schema, random) => {
    const name = random.pick(namesOf(schema))
    const others = requiredOf(schema).filter((one) => one !== name)
    schema.required = others.length < requiredOf(schema).length ? others : [...others, name]
  }),
  'required: undescribed': onSchema(isObject, (schema) => {
    schema.required = [...requiredOf(schema), 'undescribed']
  }),
  'required: all': onSchema(hasProperties, (schema) => {
    schema.required = namesOf(schema)
  }),
  'additionalProperties: true': onSchema(isWhole, (schema) => {
    schema.additionalProperties = true
  }),
  'additionalProperties: false': onSchema(isWhole, (schema) => {
    schema.additionalProperties = false
  }),
  'additionalProperties: schema': onSchema(isWhole, (schema, random) => {
    schema.additionalProperties = randomSchema(random)
  }),
  'additionalProperties: gone': onSchema(
    (schema, site) => isWhole(schema, site) && 'additionalProperties' in schema,
    (schema) => {
      delete schema.additionalProperties
    },
  ),
  'items: another': onSchema(isList, (schema, random) => {
    schema.items = randomSchema(random)
  }),
  'items: gone': onSchema(
    (schema) => isList(schema) && 'items' in schema,
    (schema) => {
      delete schema.items
    },
  ),
  'list: wrapped': onSchema(
    () => true,
    (schema, _, { replace }) => replace({ type: 'array', items: schema }),
  ),
  'list: unwrapped': onSchema(
    (schema) => isList(schema) && isFields(schema.items),
    (schema, _, { replace }) => {
      if (isFields(schema.items)) replace(schema.items)
    },
  ),
  'prefixItems: one more': onSchema(isList, (schema, random) => {
    schema.prefixItems = [...(Array.isArray(schema.prefixItems) ? schema.prefixItems : []), randomSchema(random, 1)]
  }),
  'prefixItems: another': onSchema(
    (schema) => Array.isArray(schema.prefixItems),
    (schema, random) => {
      schema.prefixItems = [randomSchema(random, 1)]
    },
  ),
  'prefixItems: closed': onSchema(isList, (schema, random) => {
    schema.prefixItems = [randomSchema(random, 1), randomSchema(random, 1)]
    schema.items = false
  }),
  'schema: another': onSchema(
    () => true,
    (_, random, { replace }) => replace(randomSchema(random)),
  ),
  'schema: anything': onSchema(
    () => true,
    (_, __, { replace }) => replace({}),
  ),
  'object: map instead': onSchema(hasProperties, (_, random, { replace }) =>
    replace({ type: 'object', additionalProperties: random.pick([true, structuredClone(randomSchema(random))]) }),
  ),
}
