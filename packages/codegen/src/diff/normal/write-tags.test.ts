import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../../spec/document.ts'
import { normalizeSpec } from './normalize.ts'

type Fields = Record<string, unknown>

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` })
const union = (mapping?: Fields) => ({
  oneOf: [ref('Cat'), ref('Dog')],
  discriminator: { propertyName: 'kind', ...(mapping && { mapping }) },
})
const dog = { type: 'object' }
const read = (schemas: Fields): OpenApiDocument => ({
  openapi: '3.1.0',
  components: { schemas: schemas as NonNullable<OpenApiDocument['components']>['schemas'] & object },
})
const normalSchemas = (schemas: Fields) => normalizeSpec(read({ Dog: dog, ...schemas })).components?.schemas
const kind = (...values: string[]) => ({ kind: { type: 'string', enum: values } })

test.each<[string, Fields, Fields, Fields]>([
  [
    'an alternative has the values that the mapping has for it',
    union({ tom: ref('Cat').$ref, cat: ref('Cat').$ref }),
    { type: 'object', properties: { lives: { type: 'integer' } } },
    { type: 'object', required: ['kind'], properties: { lives: { type: 'integer' }, ...kind('cat', 'tom') } },
  ],
  [
    'a mapping may name a schema without its place',
    union({ cat: 'Cat' }),
    { type: 'object' },
    { type: 'object', required: ['kind'], properties: kind('cat') },
  ],
  [
    'without a mapping it is told by its name',
    union(),
    { type: 'object', required: ['id'] },
    { type: 'object', required: ['id', 'kind'], properties: kind('Cat') },
  ],
  [
    'what stands there keeps its words',
    union({ cat: ref('Cat').$ref }),
    { type: 'object', properties: { kind: { type: 'string', description: 'Which.' } } },
    { type: 'object', required: ['kind'], properties: { kind: { ...kind('cat').kind, description: 'Which.' } } },
  ],
  [
    'what says another value is not overruled',
    union({ cat: ref('Cat').$ref }),
    { type: 'object', properties: { kind: { type: 'string', enum: ['tom'] } } },
    {
      type: 'object',
      required: ['kind'],
      properties: { kind: { allOf: [{ type: 'string', enum: ['tom'] }, kind('cat').kind] } },
    },
  ],
  [
    'a schema with parts has it as a part',
    union(),
    { allOf: [ref('Pet'), { type: 'object', title: 'Cat' }] },
    {
      allOf: [
        ref('Pet'),
        { type: 'object', title: 'Cat' },
        { type: 'object', required: ['kind'], properties: kind('Cat') },
      ],
    },
  ],
  [
    'a schema with another name leaves what it refers to alone',
    union(),
    { allOf: [ref('Pet')], description: 'A cat.' },
    { description: 'A cat.', allOf: [ref('Pet'), { type: 'object', required: ['kind'], properties: kind('Cat') }] },
  ],
  ['what is no object stays as it is', union(), { type: 'string' }, { type: 'string' }],
  [
    'beside `anyOf` it says nothing of its alternatives',
    { anyOf: [ref('Cat'), ref('Dog')], discriminator: { propertyName: 'kind' } },
    { type: 'object' },
    { type: 'object' },
  ],
])('%s', (_, animal, cat, want) => {
  expect(normalSchemas({ Animal: animal, Pet: { type: 'object' }, Cat: cat })?.Cat).toEqual(want)
})

test('of two discriminators that name a schema, it follows the first, and the other keeps its mapping', () => {
  const schemas = normalSchemas({
    Animal: union({ cat: ref('Cat').$ref }),
    Other: union({ tom: ref('Cat').$ref }),
    Cat: { type: 'object' },
  })
  expect(schemas?.Cat).toMatchObject({ properties: kind('cat') })
  expect(schemas?.Other).toMatchObject({ discriminator: { mapping: { tom: ref('Cat').$ref } } })
})

test('what is written stays as it is when it is written again', () => {
  const once = normalizeSpec(
    read({ Animal: union({ cat: ref('Cat').$ref }), Cat: { allOf: [{ type: 'object' }, ref('Dog')] }, Dog: dog }),
  )
  expect(normalizeSpec(once)).toEqual(once)
})
