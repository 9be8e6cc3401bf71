import { expect, test } from 'vitest'
import type { OpenApiDocument, Parameter } from '../spec/document.ts'
import { findStyles } from './row-parameters.ts'

const schemas = {
  Filter: { type: 'object', properties: { status: { type: 'string' } } },
  Dense: {
    anyOf: [{ type: 'string' }, { $ref: '#/components/schemas/Dense' }, { $ref: '#/components/schemas/Filter' }],
  },
}

/** The styles of one parameter. */
function stylesOf(parameter: Partial<Parameter>) {
  const operation = { operationId: 'a', parameters: [{ name: 'p', in: 'query', ...parameter } as Parameter] }
  const document: OpenApiDocument = { openapi: '3.1.0', paths: { '/a': { get: operation } }, components: { schemas } }
  return findStyles(document, { id: 'a', method: 'get', path: '/a', operation, pathItem: {} })
}

const list = { type: 'array', items: { type: 'string' } }
const filter = { $ref: '#/components/schemas/Filter' }

test.each<[string, Partial<Parameter>]>([
  ['a text', { schema: { type: 'string' } }],
  ['a list in a query', { schema: list }],
  ['the default spelt out', { style: 'form', explode: true, allowReserved: false, schema: list }],
  ['a text in a path', { in: 'path', style: 'simple', schema: { type: 'string' } }],
  ['a text in a header', { in: 'header', explode: false, schema: { type: 'integer' } }],
  ['a value of any kind', { schema: {} }],
  ['a style of another place', { in: 'header', style: 'form', schema: { type: 'string' } }],
])('%s is written as everywhere, and not told', (_, parameter) => {
  expect(stylesOf(parameter)).toBeUndefined()
})

test.each<[string, Partial<Parameter>, object]>([
  ['explode: false', { explode: false, schema: list }, { query: { p: { explode: false } } }],
  ['another style', { style: 'pipeDelimited', schema: list }, { query: { p: { style: 'pipeDelimited' } } }],
  ['deepObject', { style: 'deepObject', explode: true, schema: filter }, { query: { p: { style: 'deepObject' } } }],
  ['allowReserved', { allowReserved: true, schema: { type: 'string' } }, { query: { p: { allowReserved: true } } }],
  ['a matrix', { in: 'path', style: 'matrix', explode: true }, { path: { p: { style: 'matrix', explode: true } } }],
  ['a media type', { content: { 'application/json': {} } }, { query: { p: { content: 'application/json' } } }],
  ['a cookie', { in: 'cookie', schema: { type: 'string' } }, { cookie: { p: {} } }],
  ['an object', { schema: filter }, { query: { p: {} } }],
  ['a list of objects', { schema: { type: 'array', items: filter } }, { query: { p: {} } }],
  ['what may be an object', { schema: { $ref: '#/components/schemas/Dense' } }, { query: { p: {} } }],
  ['what is an object or null', { schema: { type: ['object', 'null'] } }, { query: { p: {} } }],
  ['a list in a path', { in: 'path', schema: list }, { path: { p: {} } }],
  ['a list in a header', { in: 'header', schema: list }, { header: { p: {} } }],
])('%s is told', (_, parameter, want) => {
  expect(stylesOf(parameter)).toEqual(want)
})

test('each parameter is told under its place and name, those of the path item too', () => {
  const cookie = { name: 'sid', in: 'cookie' } as const
  const query = { name: 'ids', in: 'query', explode: false } as const
  const pathItem = { parameters: [{ ...cookie, name: '__proto__' }, cookie] }
  const operation = { parameters: [query, { name: 'plain', in: 'query' as const }] }
  const styles = findStyles(
    { openapi: '3.1.0', paths: {} },
    { id: 'a', method: 'get', path: '/a', operation, pathItem },
  )
  expect(JSON.stringify(styles)).toBe('{"cookie":{"__proto__":{},"sid":{}},"query":{"ids":{"explode":false}}}')
})
