import { expect, test } from 'vitest'
import type { Content, Method, OpenApiDocument, Operation, Schema } from '../spec/document.ts'
import { listOperations } from '../spec/document.ts'
import { type RowBodies, readBodies } from './row-bodies.ts'

const text: Schema = { type: 'string' }
const object: Schema = { type: 'object', properties: { a: text } }

/** What the row of an operation tells of its bodies. */
function read(operation: Operation, method: Method = 'post', components: OpenApiDocument['components'] = {}) {
  const document: OpenApiDocument = { openapi: '3.1.0', paths: { '/a': { [method]: operation } }, components }
  return listOperations(document).map((entry) => readBodies(document, entry))[0]
}

const ofTypes = (types: readonly string[], schema: Schema = object): Content => ({
  content: Object.fromEntries(types.map((type) => [type, { schema }])),
})

test.each<[string, string[], RowBodies]>([
  ['JSON alone', ['application/json'], {}],
  ['JSON with a charset that says nothing', ['application/json; charset=UTF-8'], {}],
  ['JSON under two names of one type', ['application/json', 'Application/JSON;charset=utf-8'], {}],
  ['JSON of its own kind', ['application/merge-patch+json'], { body: ['application/merge-patch+json'] }],
  ['text', ['text/plain; charset=utf-8'], { body: ['text/plain; charset=utf-8'] }],
  [
    'several, in the order of the document',
    ['text/csv', 'application/json'],
    { body: ['text/csv', 'application/json'] },
  ],
  ['anything', ['*/*'], { body: ['*/*'] }],
])('a request body that is %s', (_, types, want) => {
  expect(read({ requestBody: ofTypes(types) })).toEqual(want)
})

test('how the properties of forms are written is told, by media type, as the document says', () => {
  const encoding = {
    expand: { style: 'deepObject', explode: true },
    photo: { contentType: 'image/png', headers: {} },
    nothing: {},
  }
  const form = { schema: object, encoding }
  const types = { 'application/x-www-form-urlencoded': form, 'Multipart/Form-Data': form, 'application/json': form }
  const want = { expand: encoding.expand, photo: { contentType: 'image/png' } }
  expect(read({ requestBody: { content: types } })?.encoding).toEqual({
    'application/x-www-form-urlencoded': want,
    'multipart/form-data': want,
  })
})

test('a body or answer that is defined elsewhere is followed', () => {
  const requestBodies = { Csv: ofTypes(['text/csv']) }
  const responses = { Pdf: ofTypes(['application/pdf']) }
  const operation = {
    requestBody: { $ref: '#/components/requestBodies/Csv' },
    responses: { '200': { $ref: '#/components/responses/Pdf' } },
  }
  const want = { body: ['text/csv'], answer: ['application/pdf'], hasResult: true }
  expect(read(operation, 'post', { requestBodies, responses })).toEqual(want)
})

test.each<[string, Record<string, Content>, RowBodies]>([
  ['JSON alone', { '200': ofTypes(['application/json']) }, { hasResult: true }],
  ['JSON of its own kind', { '200': ofTypes(['application/hal+json']) }, { hasResult: true }],
  [
    'JSON of several kinds, of which a call can ask for one',
    { '200': ofTypes(['application/json', 'application/hal+json']) },
    { hasResult: true, answer: ['application/json', 'application/hal+json'] },
  ],
  ['nothing', { '204': {} }, {}],
  ['text', { '200': ofTypes(['text/csv']) }, { hasResult: true, answer: ['text/csv'] }],
  [
    'JSON beside others, which a call can ask for',
    { '200': ofTypes(['text/csv', 'application/json', 'application/xml']) },
    { hasResult: true, answer: ['application/json'], alternatives: ['text/csv', 'application/xml'] },
  ],
  [
    'of another type by its status',
    { '200': ofTypes(['application/json']), '202': ofTypes(['text/plain', 'text/html']) },
    { hasResult: true, answer: ['application/json', 'text/plain', 'text/html'] },
  ],
  [
    'a file, while errors are JSON',
    {
      '200': ofTypes(['application/pdf']),
      '404': ofTypes(['application/problem+json']),
      default: ofTypes(['text/html']),
    },
    { hasResult: true, answer: ['application/pdf'] },
  ],
  ['described for all of 2XX', { '2XX': ofTypes(['text/csv']) }, { hasResult: true, answer: ['text/csv'] }],
  ['described by default alone', { default: ofTypes(['text/csv']) }, { hasResult: true, answer: ['text/csv'] }],
  ['described by default beside errors', { '404': {}, default: ofTypes(['application/json']) }, { hasResult: true }],
  ['left out at times', { '200': ofTypes(['text/csv']), '204': {} }, { answer: ['text/csv'] }],
  ['an object of any type, which is JSON', { '200': ofTypes(['*/*']) }, { hasResult: true }],
  ['text or bytes of any type', { '200': ofTypes(['*/*'], text) }, { hasResult: true, answer: ['*/*'] }],
  [
    'of any type, and nothing is said of it',
    { '200': { content: { '*/*': {} } } },
    { hasResult: true, answer: ['*/*'] },
  ],
])('an answer that is %s', (_, responses, want) => {
  expect(read({ responses })).toEqual(want)
})

test.each(['get', 'head'] as const)('a %s sends no body, whatever the document says', (method) => {
  expect(read({ requestBody: ofTypes(['text/csv']) }, method)).toEqual({})
})

test('an answer to HEAD has no body', () => {
  expect(read({ responses: { '200': ofTypes(['text/csv']) } }, 'head')).toEqual({})
})
