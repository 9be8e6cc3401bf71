import { expect, test } from 'vitest'
import type { OpenApiDocument, Operation, PathItem } from '../spec/document.ts'
import { emitOperations } from './operations.ts'

const emit = (document: Partial<OpenApiDocument>) =>
  emitOperations({ path: 'operations.ts', types: './schema.ts' })(
    { openapi: '3.1.0', ...document },
    { source: 'a.yaml' },
  )[0]?.text ?? ''

const rowsOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => / method: '/.test(line))
    .map((line) => line.trim())

test.each<[string, PathItem, string]>([
  [
    'a method that can be repeated is safe to retry',
    { get: { operationId: 'a' } },
    "a: { method: 'GET', path: '/a/{id}', server: 'default', retry: 'safe' },",
  ],
  ['so is PUT', { put: { operationId: 'a' } }, row({ method: 'PUT' })],
  ['so is DELETE', { delete: { operationId: 'a' } }, row({ method: 'DELETE' })],
  ['so is HEAD', { head: { operationId: 'a' } }, row({ method: 'HEAD' })],
  ['so is OPTIONS', { options: { operationId: 'a' } }, row({ method: 'OPTIONS' })],
  ['POST is not', { post: { operationId: 'a' } }, row({ method: 'POST', retry: 'never' })],
  ['PATCH is not', { patch: { operationId: 'a' } }, row({ method: 'PATCH', retry: 'never' })],
  ['x-retry allows what the method does not', withGet({ 'x-retry': 'never' }), row({ retry: 'never' })],
  [
    'x-retry forbids what the method allows',
    { post: { operationId: 'a', 'x-retry': 'safe' } },
    row({ method: 'POST' }),
  ],
  ['x-unwrap is told', withGet({ 'x-unwrap': 'data' }), row({ more: ", unwrap: 'data'" })],
  ['deprecated is told', withGet({ deprecated: true }), row({ more: ', deprecated: true' })],
  ['deprecated: false is not', withGet({ deprecated: false }), row({})],
  [
    'an integer in the path is told',
    withGet({ parameters: [{ name: 'id', in: 'path', schema: { type: 'integer' } }] }),
    row({ more: ", integers: ['id']" }),
  ],
  [
    'an integer elsewhere is not',
    withGet({ parameters: [{ name: 'page', in: 'query', schema: { type: 'integer' } }] }),
    row({}),
  ],
  [
    'a parameter of the path counts for each of its operations',
    { ...withGet({}), parameters: [{ name: 'id', in: 'path', schema: { type: 'integer' } }] },
    row({ more: ", integers: ['id']" }),
  ],
  [
    'a parameter of the operation replaces the one of the path',
    {
      ...withGet({ parameters: [{ name: 'id', in: 'path', schema: { type: 'string' } }] }),
      parameters: [{ name: 'id', in: 'path', schema: { type: 'integer' } }],
    },
    row({}),
  ],
  [
    'personal data is told by its place',
    withGet({ parameters: [{ name: 'id', in: 'path', 'x-pii': true, schema: { type: 'integer' } }] }),
    row({ more: ", integers: ['id'], pii: ['path.id']" }),
  ],
  [
    'an operation without operationId is named by method and path',
    { get: {} },
    "'GET /a/{id}': { method: 'GET', path: '/a/{id}', server: 'default', retry: 'safe' },",
  ],
])('%s', (_, pathItem, want) => {
  expect(rowsOf(emit({ paths: { '/a/{id}': pathItem } }))).toEqual([want])
})

test('rows keep the order of the document, and of methods as OpenAPI lists them', () => {
  const text = emit({
    paths: {
      '/b': { post: { operationId: 'two' }, get: { operationId: 'one' } },
      '/a': { get: { operationId: 'three' } },
    },
  })
  expect(rowsOf(text).map((line) => line.split(':')[0])).toEqual(['one', 'two', 'three'])
})

test('a path that refers to a path item has its operations', () => {
  const pathItems = { Rooms: { get: { operationId: 'listRooms' } } }
  const text = emit({ paths: { '/rooms': { $ref: '#/components/pathItems/Rooms' } }, components: { pathItems } })
  expect(rowsOf(text)).toEqual(["listRooms: { method: 'GET', path: '/rooms', server: 'default', retry: 'safe' },"])
})

test('a reference finds a name that is written in its escapes', () => {
  const components = { schemas: { 'a/b~c d': { type: 'integer' } } }
  const schema = { $ref: '#/components/schemas/a~1b~0c%20d' }
  const get: Operation = { operationId: 'a', parameters: [{ name: 'id', in: 'path', schema }] }
  expect(rowsOf(emit({ paths: { '/a/{id}': { get } }, components }))).toEqual([row({ more: ", integers: ['id']" })])
})

test('a reference that leads nowhere is named', () => {
  const parameters = [{ $ref: '#/components/parameters/Id', name: '', in: 'path' as const }]
  expect(() => emit({ paths: { '/a': { get: { operationId: 'a', parameters } } } })).toThrow(
    '#/components/parameters/Id is not defined in the document',
  )
})

test('a reference to itself is named instead of followed for ever', () => {
  const schema = { $ref: '#/components/schemas/Loop' }
  const parameters = [{ name: 'id', in: 'path' as const, schema }]
  expect(() =>
    emit({ paths: { '/a': { get: { operationId: 'a', parameters } } }, components: { schemas: { Loop: schema } } }),
  ).toThrow('#/components/schemas/Loop only refers to itself')
})

test.each([
  ["it's", String.raw`'it\'s'`],
  ['say "hi"', `'say "hi"'`],
  ['back\\slash', String.raw`'back\\slash'`],
  ['back\\"both', String.raw`'back\\"both'`],
  ['two\nlines', String.raw`'two\nlines'`],
  ['repos/list-files', "'repos/list-files'"],
  ['ü', "'ü'"],
  ['plain_$1', 'plain_$1'],
  ['1st', "'1st'"],
  ['default', 'default'],
])('the name %j is written %s and read back as it was', (operationId, want) => {
  const text = emit({ paths: { '/a': { get: { operationId } } } })
  expect(text).toContain(`  ${want}: { method: 'GET'`)
  expect(new Function(`return Object.keys({ ${want}: 1 })`)()).toEqual([operationId])
})

test.each([
  [{}, 'export const errorCodes = {} as const'],
  [
    { 'x-error-codes': { '404': 'not_found', '429': 'slow_down' } },
    "export const errorCodes = { '404': 'not_found', '429': 'slow_down' } as const",
  ],
])('the error codes of %j are told', (document, want) => {
  expect(emit(document)).toContain(want)
})

function withGet(operation: Operation): PathItem {
  return { get: { operationId: 'a', ...operation } }
}

function row({ method = 'GET', retry = 'safe', more = '' }): string {
  return `a: { method: '${method}', path: '/a/{id}', server: 'default', retry: '${retry}'${more} },`
}
