import { expect, test } from 'vitest'
import { toJsonSchema } from './json-schema.ts'

const cases: [name: string, given: unknown, want: unknown][] = [
  ['a nullable type of 3.0 is a list of types', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
  ['nullable: false says nothing', { type: 'string', nullable: false }, { type: 'string' }],
  [
    'a nullable enum takes null too',
    { type: 'string', enum: ['a'], nullable: true },
    { type: ['string', 'null'], enum: ['a', null] },
  ],
  [
    'a nullable composition is an alternative to null',
    { allOf: [{ $ref: '#/components/schemas/Pet' }], nullable: true },
    { anyOf: [{ allOf: [{ $ref: '#/components/schemas/Pet' }] }, { type: 'null' }] },
  ],
  [
    'an exclusive bound of 3.0 is a number',
    { type: 'integer', minimum: 1, exclusiveMinimum: true, maximum: 9, exclusiveMaximum: false },
    { type: 'integer', exclusiveMinimum: 1, maximum: 9 },
  ],
  ['an exclusive bound of 3.1 stays', { exclusiveMaximum: 9 }, { exclusiveMaximum: 9 }],
  [
    'words that do not validate are left out, at any depth',
    { properties: { name: { type: 'string', description: 'A name', example: 'Anna' } }, title: 'Pet' },
    { properties: { name: { type: 'string' } } },
  ],
  [
    'the mark of personal data stays where it says yes',
    { properties: { name: { type: 'string', 'x-pii': true }, plan: { type: 'string', 'x-pii': false } } },
    { properties: { name: { type: 'string', 'x-pii': true }, plan: { type: 'string' } } },
  ],
  [
    'a property may have the name of a keyword',
    { properties: { description: { type: 'string' }, items: { nullable: true, type: 'string' } } },
    { properties: { description: { type: 'string' }, items: { type: ['string', 'null'] } } },
  ],
  ['the code of an error stays', { pattern: 'a', 'x-error-code': 'no_a' }, { pattern: 'a', 'x-error-code': 'no_a' }],
  ['a schema that is a truth value stays', { additionalProperties: false }, { additionalProperties: false }],
]

test.each(cases)('%s', (_, given, want) => {
  const before = structuredClone(given)
  expect(toJsonSchema(given)).toEqual(want)
  expect(given).toEqual(before)
})
