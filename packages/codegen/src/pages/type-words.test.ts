import { expect, test } from 'vitest'
import type { OpenApiDocument, Schema } from '../spec/document.ts'
import { listFields } from './list-fields.ts'
import { phrasing, render } from './markdown.ts'
import { createViews } from './schema-view.ts'
import { typeWords } from './type-words.ts'

const document: OpenApiDocument = {
  openapi: '3.1.0',
  components: {
    schemas: {
      Owner: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string' },
          id: { type: 'integer', readOnly: true },
          secret: { type: 'string', writeOnly: true },
          friends: { type: 'array', items: { $ref: '#/components/schemas/Owner' } },
        },
      },
      Cat: { type: 'object', properties: { lives: { type: 'integer' } } },
      Tree: { type: 'array', items: { $ref: '#/components/schemas/Tree' } },
    },
  },
}
const views = createViews(document)
const written = (schema: Schema) =>
  render([{ type: 'paragraph', children: phrasing(typeWords(views.of(schema), views)) }]).trim()

test.each<[Schema, string]>([
  [{ type: 'string', format: 'email' }, 'string, e-mail'],
  [{ type: 'string', format: 'iban' }, 'string, format `iban`'],
  [{ type: ['string', 'null'] }, 'string or null'],
  [{ type: 'string', nullable: true }, 'string or null'],
  [{ anyOf: [{ type: 'integer', minimum: 1 }, { type: 'null' }] }, 'integer or null, at least `1`'],
  [{ enum: ['a', 'b', null] }, 'one of `a`, `b` or null'],
  [{ type: 'string', enum: ['a'] }, 'only `a`'],
  [{ const: 'a' }, 'always `a`'],
  [{ const: null }, 'always `null`'],
  [{ type: 'string', pattern: '^a|b$', default: '' }, 'string, matching `^a|b$`, default *empty*'],
  [{ type: 'string', minLength: 1, maxLength: 1 }, 'string, 1 character'],
  [
    { type: 'integer', exclusiveMinimum: 0, maximum: 9, multipleOf: 3 },
    'integer, more than `0`, at most `9`, a multiple of `3`',
  ],
  [{ type: 'number', minimum: 0, exclusiveMinimum: true }, 'number, more than `0`'],
  [
    { type: 'array', items: { type: 'string' }, maxItems: 3, uniqueItems: true },
    'list of strings, at most 3 elements, no element twice',
  ],
  [{ type: 'array', items: { type: 'string', format: 'uuid' } }, 'list of: string, UUID'],
  [{ type: 'array' }, 'list of any values'],
  [{ type: ['string', 'integer'] }, 'string or integer'],
  [{ oneOf: [{ type: 'string' }, { type: 'array', items: { type: 'string' } }] }, 'string or list of strings'],
  [{ oneOf: [{ $ref: '#/components/schemas/Owner' }, { $ref: '#/components/schemas/Cat' }] }, 'one of `Owner`, `Cat`'],
  [{ allOf: [{ type: 'string' }, { maxLength: 3 }] }, 'string, at most 3 characters'],
  [{ $ref: '#/components/schemas/Tree' }, 'list of: list of: `Tree`'],
  [{ type: 'object' }, 'object, any fields'],
  [{ type: 'object', properties: { a: {} }, additionalProperties: false }, 'object, no other fields'],
  [{}, 'any value'],
])('%j is told in words', (schema, want) => {
  expect(written(schema)).toBe(want)
})

const paths = (schema: Schema, direction: 'request' | 'answer' = 'request') =>
  listFields(views, schema, direction).map(({ path, isRequired, sameAs }) =>
    [path, isRequired && 'required', sameAs !== undefined && `as ${sameAs || 'the whole'}`].filter(Boolean).join(' '),
  )

test('an object that holds itself is listed once, and a request has no field that is only in answers', () => {
  expect(paths({ $ref: '#/components/schemas/Owner' })).toEqual(['name required', 'secret', 'friends as the whole'])
  const answer = paths({ type: 'object', properties: { owner: { $ref: '#/components/schemas/Owner' } } }, 'answer')
  expect(answer).toEqual(['owner', 'owner.name required', 'owner.id', 'owner.friends as owner'])
})

test('alternatives that differ only in what they require have one list of fields', () => {
  const base: Schema = { type: 'object', properties: { a: { type: 'string' }, b: { type: 'string' } } }
  const alternatives = ['a', 'b'].map((name): Schema => ({ allOf: [base], required: [name] }))
  const fields = listFields(views, { anyOf: alternatives }, 'request')
  expect(fields.map(({ path, unless }) => [path, ...unless])).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ])
  expect(views.of({ anyOf: alternatives }).needs).toEqual({ isExactlyOne: false, sets: [['a'], ['b']] })
})

test('lists in lists, maps, and other alternatives have their fields below them', () => {
  const cat: Schema = { $ref: '#/components/schemas/Cat' }
  expect(paths({ type: 'array', items: { type: 'array', items: cat } })).toEqual(['[][].lives'])
  expect(paths({ type: 'object', additionalProperties: cat })).toEqual(['*', '*.lives'])
  const either: Schema = { oneOf: [cat, { type: 'object', title: 'Dog', properties: { bark: { type: 'string' } } }] }
  expect(paths({ properties: { pet: either } })).toEqual(['pet', 'pet', 'pet.lives', 'pet', 'pet.bark'])
})
