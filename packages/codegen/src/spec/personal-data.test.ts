import { expect, test } from 'vitest'
import { listOperations, type OpenApiDocument, type Operation, type Parameter, type Schema } from './document.ts'
import { findPersonalData } from './personal-data.ts'

const marked: Schema = { type: 'string', 'x-pii': true }
const plain: Schema = { type: 'string' }
const schemas: Record<string, Schema> = {
  Email: marked,
  Contact: { properties: { email: marked, name: plain } },
  Person: { properties: { email: marked, friends: { items: { $ref: '#/components/schemas/Person' } } } },
}
const components: OpenApiDocument['components'] = {
  schemas,
  parameters: { Email: { name: 'email', in: 'path', 'x-pii': true } },
  requestBodies: { Contact: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Contact' } } } } },
}
const refTo = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

const find = (operation: Operation, shared: Parameter[] = []) => {
  const document = { openapi: '3.1.0', paths: { '/a': { parameters: shared, post: operation } }, components }
  return listOperations(document).flatMap((entry) => findPersonalData(document, entry))
}

test.each<[string, Schema, string[]]>([
  ['nothing is marked', { properties: { a: plain } }, []],
  ['a mark of false', { properties: { a: { ...plain, 'x-pii': false } } }, []],
  ['the whole body', marked, ['body']],
  ['a property', { properties: { email: marked, name: plain } }, ['body.email']],
  ['a property of a property', { properties: { to: { properties: { email: marked } } } }, ['body.to.email']],
  [
    'a marked object, once, not by its parts',
    { properties: { to: { 'x-pii': true, properties: { email: marked } } } },
    ['body.to'],
  ],
  ['every element of an array', { properties: { to: { items: marked } } }, ['body.to.*']],
  ['a property of every element', { items: { properties: { text: marked } } }, ['body.*.text']],
  ['every value of a free-form object', { additionalProperties: { properties: { email: marked } } }, ['body.*.email']],
  ['a free-form object of anything', { additionalProperties: true }, []],
  ['a part of allOf', { allOf: [{ properties: { a: plain } }, { properties: { email: marked } }] }, ['body.email']],
  [
    'either of two alternatives',
    { oneOf: [refTo('Contact'), { properties: { phone: marked } }] },
    ['body.email', 'body.phone'],
  ],
  ['what both alternatives share, once', { anyOf: [refTo('Contact'), refTo('Contact')] }, ['body.email']],
  ['a mark where the reference leads', { properties: { to: refTo('Email') } }, ['body.to']],
  ['a mark beside the reference', { properties: { to: { ...refTo('Contact'), 'x-pii': true } } }, ['body.to']],
  [
    'the same schema in two places',
    { properties: { from: refTo('Contact'), to: refTo('Contact') } },
    ['body.from.email', 'body.to.email'],
  ],
  ['a schema that contains itself, at its first appearance', refTo('Person'), ['body.email']],
])('in a body: %s', (_, schema, want) => {
  expect(find({ requestBody: { content: { 'application/json': { schema } } } })).toEqual(want)
})

test.each<[string, Operation, string[]]>([
  ['in the query', { parameters: [{ name: 'q', in: 'query', 'x-pii': true }] }, ['query.q']],
  ['in a header', { parameters: [{ name: 'X-Email', in: 'header', 'x-pii': true }] }, ['header.X-Email']],
  ['in a cookie', { parameters: [{ name: 'user', in: 'cookie', 'x-pii': true }] }, ['cookie.user']],
  ['by reference', { parameters: [{ $ref: '#/components/parameters/Email', name: '', in: 'path' }] }, ['path.email']],
  ['not marked', { parameters: [{ name: 'q', in: 'query' }] }, []],
])('in a parameter: %s', (_, operation, want) => {
  expect(find(operation)).toEqual(want)
})

test('a parameter of the path is found too', () => {
  expect(find({}, [{ name: 'email', in: 'path', 'x-pii': true }])).toEqual(['path.email'])
})

test('a body by reference is found', () => {
  expect(find({ requestBody: { $ref: '#/components/requestBodies/Contact' } })).toEqual(['body.email'])
})

test('every media type counts, and each place is named once', () => {
  const form = { schema: { properties: { email: marked, file: marked } } }
  const content = { 'application/json': { schema: refTo('Contact') }, 'multipart/form-data': form }
  expect(find({ requestBody: { content } })).toEqual(['body.email', 'body.file'])
})

test('what a response holds does not count', () => {
  expect(find({ responses: { '200': { content: { 'application/json': { schema: marked } } } } })).toEqual([])
})
