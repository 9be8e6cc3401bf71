import { expect, test } from 'vitest'
import type { OpenApiDocument } from '../spec/document.ts'
import { textOfPattern } from './pattern-text.ts'
import { createValueMaker, file } from './schema-value.ts'

const schemas = {
  Pet: { type: 'object', required: ['name'], properties: { name: { type: 'string' }, id: { type: 'integer' } } },
  Dog: {
    allOf: [{ $ref: '#/components/schemas/Pet' }, { required: ['kind'], properties: { kind: { type: 'string' } } }],
  },
  Tree: { type: 'object', properties: { child: { $ref: '#/components/schemas/Tree' }, size: { type: 'integer' } } },
}
const document: OpenApiDocument = { openapi: '3.1.0', components: { schemas } }

const values: [schema: object, want: unknown][] = [
  [{ type: 'string', example: 'told' }, 'told'],
  [{ type: 'string', examples: ['first', 'second'], default: 'usual' }, 'first'],
  [{ type: 'string', default: 'usual', enum: ['other', 'usual'] }, 'usual'],
  [{ type: 'string', enum: ['one', 'two'] }, 'one'],
  [{ const: 3 }, 3],
  [{ type: 'integer', example: 'no integer', minimum: 5 }, 5],
  [{ type: 'integer', exclusiveMinimum: 5, multipleOf: 5 }, 10],
  [{ type: 'integer', maximum: -3 }, -3],
  [{ type: ['null', 'boolean'] }, true],
  [{ type: 'string' }, 'field'],
  [{ type: 'string', format: 'email' }, 'anna@example.com'],
  [{ type: 'string', format: 'date-time' }, '2025-01-15T09:30:00Z'],
  [{ type: 'string', format: 'binary' }, file],
  [{ type: 'string', maxLength: 2 }, 'fi'],
  [{ type: 'string', minLength: 7 }, 'fieldfield'],
  [{ type: 'string', pattern: '^tmpl_[0-9]{3}$' }, 'tmpl_111'],
  [{ type: 'array', items: { type: 'integer' } }, [1]],
  [{ type: 'array', minItems: 2, uniqueItems: true, items: { enum: ['a', 'b', 'c'] } }, ['a', 'b']],
  [{ $ref: '#/components/schemas/Pet' }, { name: 'name' }],
  [{ $ref: '#/components/schemas/Dog' }, { name: 'name', kind: 'kind' }],
  [{ $ref: '#/components/schemas/Tree' }, { size: 1 }],
  [{ oneOf: [{ type: 'null' }, { $ref: '#/components/schemas/Pet' }] }, { name: 'name' }],
  [{ anyOf: [{ required: ['b'] }, { required: ['a'] }], properties: { a: {}, b: { type: 'integer' } } }, { b: 1 }],
  [
    { oneOf: [{ $ref: '#/components/schemas/Dog' }], discriminator: { propertyName: 'kind', mapping: { dog: 'Dog' } } },
    { name: 'name', kind: 'dog' },
  ],
  [{ required: ['a'], properties: { a: { readOnly: true }, b: { type: 'boolean' } } }, { b: true }],
]
test.each(values)('of %o comes a value that it allows', (schema, want) => {
  expect(createValueMaker(document)(schema, 'field')).toEqual({ value: want })
})

const none = [
  { type: 'string', pattern: '^(?!a)[a]' },
  { type: 'string', minLength: 100_000 },
  { type: 'array', minItems: 1_000_000, items: {} },
  false as unknown as object,
]
test.each(none)('of %o comes none', (schema) => {
  expect(createValueMaker(document)(schema, 'field')).toBeUndefined()
})

const patterns = [
  '^AC[0-9a-f]{4}$',
  '^(a|b)+c?$',
  '[^a]',
  String.raw`^\+?[1-9]\d{1,14}$`,
  '^[x-z]$',
  '^(?:ab){2}.',
  String.raw`^\w+@\w+\.it$`,
]
test.each(patterns)('a text of the pattern %s matches it', (pattern) => {
  expect(textOfPattern(pattern)).toMatch(new RegExp(pattern))
})

test.each(['(?=a)', '[', '(?<=a)b', String.raw`(a)\1`])('the pattern %s is left alone', (pattern) => {
  expect(textOfPattern(pattern)).toBeUndefined()
})
