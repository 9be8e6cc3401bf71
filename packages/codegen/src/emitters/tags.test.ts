import { Ajv2020 } from 'ajv/dist/2020.js'
import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../spec/document.ts'
import { createSchemas } from './referred-schemas.ts'

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const text = { type: 'string' }
const tagged = (property: object = text) => ({ type: 'object', required: ['kind'], properties: { kind: property } })
const union = (discriminator: object = {}, ...names: string[]) => ({
  oneOf: (names.length > 0 ? names : ['Cat', 'Dog']).map(ref),
  discriminator: { propertyName: 'kind', ...discriminator },
})

/** What tells whether a value is one of a schema, in requests or in responses, by what is emitted of a document. */
function validatorOf(schema: object, schemas: Record<string, unknown>, direction: 'request' | 'response' = 'request') {
  const document: OpenApiDocument = { openapi: '3.1.0', components: { schemas: { ...schemas, Root: schema } } }
  const { convert, listFurther } = createSchemas(document)
  const converted = convert(direction, schema)
  const components = Object.entries(schemas).map(([name, one]) => [name, convert('response', one)])
  const further = Object.fromEntries(listFurther())
  const ajv = new Ajv2020({ strict: false })
  return ajv.compile({ ...converted, components: { schemas: Object.fromEntries(components) }, further })
}

/** The values of `kind`, of those given, with which an object is one of a schema. */
const kindsOf = (schema: object, schemas: Record<string, unknown>, kinds: string[]) => {
  const validate = validatorOf(schema, schemas)
  return kinds.filter((kind) => validate({ kind }))
}

const everything = ['Cat', 'Dog', 'Lion', 'c', 'cat', 'd', 'own', 'x']

const pair = { Cat: tagged(), Dog: { type: 'object' } }
const mapping = { c: ref('Cat').$ref, cat: 'Cat', d: ref('Dog').$ref }
const family = {
  Pet: { ...tagged(), discriminator: { propertyName: 'kind' } },
  Cat: { allOf: [ref('Pet'), { properties: { lives: { type: 'integer' } } }] },
  Lion: { allOf: [ref('Cat')] },
}

test.each<[string, object, Record<string, unknown>, string[]]>([
  ['the names of the alternatives', union(), pair, ['Cat', 'Dog']],
  ['what the mapping has for each', union({ mapping }), pair, ['c', 'cat', 'd']],
  ['the name, where the mapping leaves one out', union({ mapping: { c: 'Cat' } }), pair, ['Dog', 'c']],
  ['what the property lists itself', union(), { ...pair, Cat: tagged({ enum: ['own'] }) }, ['Dog', 'own']],
  [
    'the mapped among what it lists',
    union({ mapping }),
    { ...pair, Cat: tagged({ enum: ['c', 'cat', 'x'] }) },
    ['c', 'cat', 'd'],
  ],
  [
    'anything, for what is the default',
    union({ defaultMapping: 'Dog' }),
    { ...pair, Dog: { type: 'object', properties: { kind: { not: { enum: ['Cat'] } } } } },
    everything,
  ],
  ['the name of what builds on another', ref('Lion'), family, ['Lion']],
  ['also the names of what builds on that', ref('Cat'), family, ['Cat', 'Lion']],
  ['anything, for what the others build on', ref('Pet'), family, everything],
  [
    'the tags of a union that is an alternative itself',
    union({}, 'Cat', 'Both'),
    { ...pair, Both: union({}, 'Dog') },
    ['Cat', 'Dog'],
  ],
])('a body may be tagged with %s', (_, schema, schemas, want) => {
  expect(kindsOf(schema, schemas, everything)).toEqual(want)
})

test('a tag is demanded, but of no request where it is only read', () => {
  const schemas = { Cat: { type: 'object', properties: { kind: { type: 'string', readOnly: true } } } }
  const isBare = (direction: 'request' | 'response') => validatorOf(union({}, 'Cat'), schemas, direction)({})
  expect([isBare('request'), isBare('response')]).toEqual([true, false])
})

test('alternatives that would take each other’s values are told apart by their tag alone', () => {
  const validate = validatorOf({ type: 'array', items: union() }, { Cat: { type: 'object' }, Dog: { type: 'object' } })
  expect([validate([{ kind: 'Cat' }, { kind: 'Dog' }]), validate([{ kind: 'Bird' }])]).toEqual([true, false])
})
