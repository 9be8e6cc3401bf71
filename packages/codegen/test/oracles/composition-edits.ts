import { type Edits, onSchema, recase } from './edit.ts'
import type { Random } from './random.ts'
import { randomSchema, taggedObject } from './random-schema.ts'
import { type Fields, isFields, targetOf } from './sites.ts'

const any = () => true
const listOf = (schema: Fields, keyword: string): Fields[] =>
  Array.isArray(schema[keyword]) ? schema[keyword].filter(isFields) : []
const keywordOf = (schema: Fields) => ['oneOf', 'anyOf'].find((keyword) => listOf(schema, keyword).length > 0) ?? ''
const hasAlternatives = (schema: Fields) => keywordOf(schema) !== ''
const hasParts = (schema: Fields) => listOf(schema, 'allOf').length > 0
const hasProperties = (schema: Fields) => isFields(schema.properties) && Object.keys(schema.properties).length > 0

const newPart = (random: Random): Fields => ({
  type: 'object',
  properties: { part: randomSchema(random, 1) },
  ...(random.chance(0.3) && { required: ['part'] }),
})

/** Wraps a schema in a keyword with others beside it. */
const wrap = (make: (schema: Fields, random: Random) => Fields, fits: (schema: Fields) => unknown = any) =>
  onSchema(fits, (schema, random, { replace }) => replace(make(schema, random)))

/** Edits of `allOf`, `anyOf`, `oneOf`, `not` and `discriminator`. */
export const compositionEdits: Edits = {
  'allOf: wrapped': wrap((schema) => ({ allOf: [schema] })),
  'allOf: wrapped, described': wrap((schema) => ({ description: 'Described.', allOf: [schema] })),
  'allOf: wrapped with a part': wrap(
    (schema, random) => ({ allOf: [schema, newPart(random)] }),
    (schema) => '$ref' in schema || schema.type === 'object',
  ),
  'allOf: wrapped with a constraint': wrap((schema, random) => ({
    allOf: [schema, random.pick<Fields>([{ description: 'x' }, { not: { const: 'a' } }, { required: ['wanted'] }, {}])],
  })),
  'allOf: beside': onSchema(hasProperties, (schema, random) => {
    schema.allOf = [...listOf(schema, 'allOf'), newPart(random)]
  }),
  'allOf: part removed': onSchema(
    (schema) => listOf(schema, 'allOf').length > 1,
    (schema, random) => {
      const gone = random.pick(listOf(schema, 'allOf'))
      schema.allOf = listOf(schema, 'allOf').filter((part) => part !== gone)
    },
  ),
  'allOf: reordered': onSchema(hasParts, (schema) => {
    schema.allOf = listOf(schema, 'allOf').toReversed()
  }),
  'allOf: split': onSchema(hasProperties, (schema, random, { replace }) => {
    const entries = Object.entries(isFields(schema.properties) ? schema.properties : {})
    const at = random.below(entries.length + 1)
    const required = Array.isArray(schema.required) ? schema.required : []
    const part = (some: typeof entries): Fields => {
      const own = required.filter((name) => some.some(([key]) => key === name))
      return { type: 'object', properties: Object.fromEntries(some), ...(own.length > 0 && { required: own }) }
    }
    const { properties, required: _, type, ...rest } = schema
    replace({ ...rest, allOf: [part(entries.slice(0, at)), part(entries.slice(at))] })
  }),
  'allOf: property moved': onSchema(hasParts, (schema, random, _, document) => {
    const parts = listOf(schema, 'allOf').filter((part) => hasProperties(targetOf(document, part)))
    const [from, to] = parts.filter((part) => !('$ref' in part))
    if (!from || !to || !isFields(from.properties) || !isFields(to.properties)) return false
    const name = random.pick(Object.keys(from.properties))
    to.properties[name] = from.properties[name]
    delete from.properties[name]
    if (Array.isArray(from.required) && from.required.includes(name)) {
      from.required = from.required.filter((one) => one !== name)
      to.required = [...(Array.isArray(to.required) ? to.required : []), name]
    }
    return true
  }),
  'oneOf: wrapped alone': wrap((schema, random) => ({ [random.pick(['oneOf', 'anyOf'])]: [schema] })),
  'oneOf: wrapped with another': wrap((schema, random) => ({
    [random.pick(['oneOf', 'anyOf'])]: [schema, randomSchema(random)],
  })),
  'oneOf: wrapped with a likeness': wrap((schema, random) => {
    const like = structuredClone(schema)
    if (isFields(like.properties)) delete like.properties[random.pick(Object.keys(like.properties))]
    return { [random.pick(['oneOf', 'anyOf'])]: [schema, like] }
  }, hasProperties),
  'oneOf: alternative added': onSchema(hasAlternatives, (schema, random) => {
    const keyword = keywordOf(schema)
    schema[keyword] = [...listOf(schema, keyword), random.chance(0.5) ? randomSchema(random) : taggedObject('z', {})]
  }),
  'oneOf: alternative removed': onSchema(hasAlternatives, (schema, random) => {
    const all = listOf(schema, keywordOf(schema))
    if (all.length < 2) return false
    const gone = random.pick(all)
    schema[keywordOf(schema)] = all.filter((one) => one !== gone)
    return true
  }),
  'oneOf: unwrapped': onSchema(hasAlternatives, (schema, random, { replace }) =>
    replace(random.pick(listOf(schema, keywordOf(schema)))),
  ),
  'oneOf: reordered': onSchema(hasAlternatives, (schema) => {
    schema[keywordOf(schema)] = listOf(schema, keywordOf(schema)).toReversed()
  }),
  'oneOf: anyOf instead': onSchema(hasAlternatives, (schema) => {
    const keyword = keywordOf(schema)
    const all = schema[keyword]
    delete schema[keyword]
    schema[keyword === 'oneOf' ? 'anyOf' : 'oneOf'] = all
  }),
  'oneOf: nested': onSchema(hasAlternatives, (schema, random) => {
    const keyword = keywordOf(schema)
    const [first, ...others] = listOf(schema, keyword)
    if (!first || others.length === 0) return false
    schema[keyword] = [first, { [random.pick(['oneOf', 'anyOf'])]: others }]
    return true
  }),
  'oneOf: common property out': onSchema(hasAlternatives, (schema, random) => {
    schema.properties = { common: randomSchema(random, 1) }
  }),
  not: onSchema(
    (schema) => !('$ref' in schema),
    (schema, random) => {
      schema.not = random.pick<Fields>([{ const: 'a' }, { required: ['x'] }, { type: 'null' }])
    },
  ),
  'discriminator: added': onSchema(
    (schema) =>
      hasAlternatives(schema) &&
      !('discriminator' in schema) &&
      listOf(schema, keywordOf(schema)).every((one) => '$ref' in one),
    (schema) => {
      schema.discriminator = { propertyName: 'type' }
    },
  ),
  'discriminator: added with types': onSchema(any, (schema, random, { replace }, document) => {
    const schemas = document.components?.schemas
    const names = Object.keys(schemas ?? {})
    if (!schemas || 'UnionA' in schemas || names.length === 0 || schema === schemas[names[0] ?? '']) return false
    schemas.UnionA = taggedObject('a', { type: 'string' })
    schemas.UnionB = taggedObject('b', { type: 'integer' })
    replace({
      oneOf: [{ $ref: '#/components/schemas/UnionA' }, { $ref: '#/components/schemas/UnionB' }],
      discriminator: {
        propertyName: 'tag',
        ...(random.chance(0.7) && { mapping: { a: '#/components/schemas/UnionA', b: '#/components/schemas/UnionB' } }),
      },
    })
    return true
  }),
  'discriminator: mapping changed': onSchema(
    (schema) => isFields(schema.discriminator),
    (schema, random) => {
      const discriminator = isFields(schema.discriminator) ? schema.discriminator : {}
      const mapping = isFields(discriminator.mapping) ? discriminator.mapping : {}
      const entries = Object.entries(mapping)
      if (entries.length === 0) return false
      const [name, target] = random.pick(entries)
      discriminator.mapping = random.chance(0.5)
        ? { ...mapping, [`${name}2`]: target }
        : Object.fromEntries(entries.map(([key, to]) => [key === name ? recase(key) : key, to]))
      return true
    },
  ),
  'discriminator: removed': onSchema(
    (schema) => isFields(schema.discriminator),
    (schema) => {
      delete schema.discriminator
    },
  ),
}
