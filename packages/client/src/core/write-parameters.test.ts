import { expect, it, vi } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { OperationRow } from './call.ts'
import type { ClientOptions } from './options.ts'
import type { Fetch } from './transport.ts'
import type { OperationTable } from './types.ts'
import { writeParameters } from './write-parameters.ts'

const row: OperationRow = {
  method: 'GET',
  path: '/walls/{id}',
  server: 'api',
  retry: 'safe',
  styles: {
    path: { id: { style: 'matrix' } },
    query: { filter: { style: 'deepObject' }, ids: { explode: false } },
    header: { 'x-pair': {} },
    cookie: { sid: {} },
  },
}

/** A call of an untyped table, and the request that it makes. */
async function send(input: object, { path, ...options }: Partial<ClientOptions> & { path?: string } = {}) {
  const fetch = vi.fn<Fetch>(async () => new Response(null, { status: 204 }))
  const rows = { paint: { ...row, ...(path && { path, styles: undefined }) } }
  const { call } = createApiClient(rows as OperationTable, {
    baseUrl: 'https://api.example.com/v1',
    fetch,
    writeParameters,
    ...options,
  })
  await (call as unknown as (id: string, input: object) => Promise<unknown>)('paint', input)
  const [url = '', { headers } = {}] = fetch.mock.calls[0] ?? []
  return { url: url.replace('https://api.example.com/v1', ''), headers }
}

it('writes each parameter as its row says, and cookies into their header', async () => {
  const input = {
    path: { id: 7 },
    query: { filter: { status: 'open' }, ids: [1, 2], plain: 'a b' },
    header: { 'x-pair': { a: 1 }, 'x-since': new Date(0), 'x-many': [1, 2] },
    cookie: { sid: 's 1', theme: 'dark' },
  }
  expect(await send(input)).toEqual({
    url: '/walls/;id=7?filter[status]=open&ids=1,2&plain=a%20b',
    headers: {
      cookie: 'sid=s%201; theme=dark',
      'x-pair': 'a,1',
      'x-since': '1970-01-01T00:00:00.000Z',
      'x-many': '1,2',
    },
  })
})

it('a table with such rows is refused without the option, when the client is made', async () => {
  await expect(send({}, { writeParameters: undefined })).rejects.toThrow(
    'GET /walls/{id}: needs the option writeParameters',
  )
})

it.each([
  [{ querySerializer: { allowReserved: true } }],
  [{ querySerializer: () => '' }],
  [{ pathSerializer: () => '/' }],
])('serializers %o are refused without the option instead of being ignored', async (serializers) => {
  const options = { path: '/walls', writeParameters: undefined, ...serializers }
  await expect(send({}, options)).rejects.toThrow('needs the option writeParameters')
  const { raw } = createApiClient({ paint: { ...row, path: '/walls', styles: undefined } } as OperationTable, {
    baseUrl: 'https://api.example.com',
  })
  const get = Reflect.get(raw, 'GET') as (path: string, init: object) => Promise<unknown>
  await expect(get('/walls', serializers)).rejects.toThrow('needs the option writeParameters')
})

it('null removes a header of the client', async () => {
  const options = { headers: { 'x-pair': 'of the client' } }
  expect((await send({ path: { id: 1 }, header: { 'x-pair': null } }, options)).headers).toEqual({})
})

it.each(['', [], undefined, '..', ['..'], {}])('a path is not changed or cut by %o', async (id) => {
  await expect(send({ path: { id } }, { path: '/walls/{id}' })).rejects.toThrow('path parameter "id" must be')
})

it.each([
  ['/walls/{id}#shared', '/walls/1?a=2'],
  ['/walls/{id}?acl', '/walls/1?acl&a=2'],
  ['/walls/{id}?acl#shared', '/walls/1?acl&a=2'],
  ['/#Action=Paint', '/?a=2'],
])('the path %s leaves its fragment out, and its query is one with the parameters: %s', async (path, want) => {
  const input = { path: { id: 1 }, query: { a: 2 } }
  expect((await send(input, { path })).url).toBe(want)
  expect((await send(input, { path, writeParameters: undefined })).url).toBe(want)
})

it('openapi-fetch\u2019s templates say how a value is written', async () => {
  const path = '/{plain}/{list*}/{.label*}/{;matrix}'
  const input = { path: { plain: 'a', list: { x: 1 }, label: [1, 2], matrix: [3, 4] } }
  expect((await send(input, { path })).url).toBe('/a/x=1/.1.2/;matrix=3,4')
})

it.each([
  [{ array: { style: 'pipeDelimited', explode: false } }, 'list=1|2&object[a]=b%2Fc'],
  [{ object: { style: 'form', explode: true } }, 'list=1&list=2&a=b%2Fc'],
  [{ allowReserved: true }, 'list=1&list=2&object[a]=b/c'],
] satisfies [ClientOptions['querySerializer'], string][])(
  'openapi-fetch\u2019s options %o write %s',
  async (options, want) => {
    const input = { query: { list: [1, 2], object: { a: 'b/c' } } }
    expect((await send(input, { path: '/walls', querySerializer: options })).url).toBe(`/walls?${want}`)
  },
)

it('serializers of the client write path and query', async () => {
  const input = { path: { id: 1 }, query: { a: 1 } }
  const serializers = { pathSerializer: () => '/mine', querySerializer: () => '?q=1' }
  expect((await send(input, serializers)).url).toBe('/mine?q=1')
})

const unstyled = { path: '/walls', writeParameters: undefined }
it.each([
  [new Date(0), '1970-01-01T00:00:00.000Z'],
  [42, '42'],
  [true, 'true'],
  ['', ''],
  [['a', 1], 'a, 1'],
  [[], undefined],
  [undefined, undefined],
])('without the option too, the header %o is sent as %j', async (value, want) => {
  expect((await send({ header: { 'x-a': value } }, unstyled)).headers).toEqual(
    want === undefined ? {} : { 'x-a': want },
  )
})

it.each([
  [{}],
  [{ a: 1 }],
  [[{}]],
  [new Map()],
  [Number.NaN],
  [new Date(Number.NaN)],
  ['a\nb'],
  ['\u20ac'],
  ['\ud800'],
])('the header %o cannot be sent, which is told without its value', async (value) => {
  const message = /^GET \/walls: header "x-a" has a name or value that cannot be sent$/
  await expect(send({ header: { 'x-a': value } }, unstyled)).rejects.toThrow(message)
})
