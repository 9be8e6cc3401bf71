import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation, Schema } from './document.ts'
import { findResponseEnums } from './open-enums.ts'

const color: Schema = { type: 'string', enum: ['red', 'blue'] }
const tree: Schema = { properties: { color, child: { $ref: '#/components/schemas/Tree' } } }
const schemas: Record<string, Schema> = { Color: color, Tree: tree }
const body = (schema: Schema) => ({ content: { 'application/json': { schema } } })
const answer = (schema: Schema): Operation => ({ responses: { '200': body(schema) } })
const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const find = (operation: Operation): Schema[] => {
  const components = { schemas, responses: { Answer: body(color) }, requestBodies: { Question: body(color) } }
  const document: OpenApiDocument = { openapi: '3.1.0', paths: { '/a': { post: operation } }, components }
  return [...findResponseEnums(document)]
}

test.each<[string, Schema]>([
  ['the body itself', color],
  ['a property', { properties: { color } }],
  ['an element', { items: color }],
  ['a value of a free-form object', { additionalProperties: color }],
  ['a part of allOf', { allOf: [{ properties: { color } }] }],
  ['an alternative of anyOf', { anyOf: [color, { type: 'null' }] }],
  ['an alternative of oneOf', { oneOf: [color, { type: 'null' }] }],
  ['a component', { properties: { color: refTo('Color') } }],
  ['a schema that contains itself', refTo('Tree')],
])('an enum of a response is open: %s', (_, schema) => {
  expect(find(answer(schema))).toEqual([color])
})

test.each<[string, Operation]>([
  [
    'in the same operation’s body',
    { ...answer({ properties: { color } }), requestBody: body({ properties: { color } }) },
  ],
  ['deep in a body', { ...answer(color), requestBody: body({ items: { properties: { like: { allOf: [color] } } } }) }],
  ['through a component', { ...answer(refTo('Color')), requestBody: body({ items: refTo('Color') }) }],
  ['in a body by reference', { ...answer(color), requestBody: { $ref: '#/components/requestBodies/Question' } }],
  ['in a parameter', { ...answer(color), parameters: [{ name: 'color', in: 'query', schema: color }] }],
])('an enum that is also sent is strict: %s', (_, operation) => {
  expect(find(operation)).toEqual([])
})

test.each<[string, Schema]>([
  ['numbers', { enum: [1, 2] }],
  ['strings and numbers', { enum: ['a', 1] }],
  ['booleans', { enum: [true] }],
  ['nothing', { enum: [] }],
])('an enum of %s stays as it is', (_, schema) => {
  expect(find(answer(schema))).toEqual([])
})

test('an enum of strings and null is open', () => {
  expect(find(answer({ enum: ['a', null] }))).toEqual([{ enum: ['a', null] }])
})

test('a response by reference counts', () => {
  expect(find({ responses: { '200': { $ref: '#/components/responses/Answer' } } })).toEqual([color])
})

test('an enum that one operation sends is strict in the answers of all others', () => {
  const paths = { '/a': { get: answer({ items: color }) }, '/b': { post: { requestBody: body(color) } } }
  expect([...findResponseEnums({ openapi: '3.1.0', paths })]).toEqual([])
})

test('an enum that no operation uses stays as it is', () => {
  expect(find({})).toEqual([])
})

test('an enum of a webhook is open, unless a request holds it too', () => {
  const webhooks = { told: { post: { requestBody: body(color), responses: { '204': {} } } } }
  expect([...findResponseEnums({ openapi: '3.1.0', webhooks })]).toEqual([color])
  const paths = { '/a': { post: { requestBody: body(color) } } }
  expect([...findResponseEnums({ openapi: '3.1.0', webhooks, paths })]).toEqual([])
})
