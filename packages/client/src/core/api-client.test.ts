import { expect, it, vi } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { OperationRow } from './call.ts'
import { ApiError, ClientError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import type { Fetch } from './transport.ts'

interface Thing {
  id: number
  name: string
}
interface Json<Body> {
  headers: Record<string, unknown>
  content: { 'application/json': Body }
}
interface NoParameters {
  query?: never
  header?: never
  path?: never
  cookie?: never
}
interface Operations {
  getThing: {
    parameters: NoParametersBut<{ path: { id: number }; query?: { at?: Date; tag?: string[] } }>
    requestBody?: never
    responses: { 200: Json<{ data: Thing }>; 404: Json<{ message: string }> }
  }
  addThing: {
    parameters: NoParameters
    requestBody: { content: { 'application/json': { name: string; made?: Date } } }
    responses: { 201: Json<Thing> }
  }
  clearShop: {
    parameters: NoParameters
    requestBody?: never
    responses: { 204: { headers: Record<string, unknown>; content?: never } }
  }
}
type NoParametersBut<Some> = Omit<NoParameters, keyof Some> & Some
interface Paths {
  '/things/{id}': { parameters: NoParameters; get: Operations['getThing'] }
  '/things': { parameters: NoParameters; post: Operations['addThing'] }
  '/all': { parameters: NoParameters; delete: Operations['clearShop'] }
}

const rows = {
  getThing: { method: 'GET', path: '/things/{id}', server: 'main', retry: 'safe', unwrap: 'data', integers: ['id'] },
  addThing: { method: 'POST', path: '/things', server: 'main', retry: 'never' },
  clearShop: { method: 'DELETE', path: '/all', server: 'shop', retry: 'safe' },
} as const
const table: typeof rows & { readonly '~types'?: { paths: Paths; operations: Operations } } = rows

const servers = { main: 'https://main.example.com/v1', shop: 'https://shop.example.com' }

/** A client over the small table, whose every answer comes from `answer`. */
function clientOver(answer: () => Response, options: Partial<ClientOptions<'main' | 'shop'>> = {}) {
  const fetch = vi.fn<Fetch>(async () => answer())
  return { fetch, client: createApiClient(table, { baseUrl: servers, fetch, ...options }) }
}

const thing = { id: 1, name: 'one' }
const wrapped = () => Response.json({ data: thing })
const missing = () => Response.json({ message: 'no such thing' }, { status: 404, headers: { 'x-request-id': 'r1' } })

it('C5: sends each operation to the host that its row names', async () => {
  const { client, fetch } = clientOver(wrapped)
  await client.call('getThing', { path: { id: 1 } })
  await client.call('clearShop')
  expect(fetch.mock.calls.map(([url, { method }]) => `${method} ${url}`)).toEqual([
    'GET https://main.example.com/v1/things/1',
    'DELETE https://shop.example.com/all',
  ])
})

it('C5: one base URL serves all hosts', async () => {
  const { client, fetch } = clientOver(wrapped, { baseUrl: 'http://localhost:3000/sub/' })
  await client.call('getThing', { path: { id: 1 } })
  await client.call('clearShop')
  expect(fetch.mock.calls.map(([url]) => url)).toEqual([
    'http://localhost:3000/sub/things/1',
    'http://localhost:3000/sub/all',
  ])
})

it('C5: a server without a base URL is named when the client is made', () => {
  const baseUrl = { main: servers.main } as typeof servers
  expect(() => clientOver(wrapped, { baseUrl })).toThrow(/baseUrl .*"shop"/)
})

it('P2: puts the query behind the path', async () => {
  const { client, fetch } = clientOver(wrapped)
  await client.call('getThing', { path: { id: 1 }, query: { at: new Date(0), tag: ['a', 'b'] } })
  await client.raw.GET('/things/{id}', { params: { path: { id: 2 }, query: { tag: ['c'] } } })
  expect(fetch.mock.calls.map(([url]) => new URL(url).pathname + new URL(url).search)).toEqual([
    '/v1/things/1?at=1970-01-01T00%3A00%3A00.000Z&tag=a&tag=b',
    '/v1/things/2?tag=c',
  ])
})

it('P4: sends a JSON body with its content type, and neither without one', async () => {
  const { client, fetch } = clientOver(wrapped)
  await client.call('addThing', { body: { name: 'ö', made: new Date(0) } })
  await client.call('getThing', { path: { id: 1 } })
  await client.call('clearShop')
  expect(fetch.mock.calls.map(([, { body, headers }]) => [body, new Headers(headers).get('content-type')])).toEqual([
    ['{"name":"ö","made":"1970-01-01T00:00:00.000Z"}', 'application/json'],
    [undefined, null],
    [undefined, null],
  ])
})

it('S4: call gives the result out of its envelope, and the response', async () => {
  const { client } = clientOver(wrapped)
  const { data, response } = await client.call('getThing', { path: { id: 1 } })
  expect(data).toEqual(thing)
  expect([response.status, await response.json()]).toEqual([200, { data: thing }])
})

it('S4: call takes a bare body too, and opens no envelope where the row names none', async () => {
  const bare = clientOver(() => Response.json(thing))
  expect((await bare.client.call('getThing', { path: { id: 1 } })).data).toEqual(thing)
  const enveloped = clientOver(wrapped)
  expect((await enveloped.client.call('addThing', { body: { name: 'one' } })).data).toEqual({ data: thing })
})

it.each([
  ['204', () => new Response(null, { status: 204 })],
  ['200 with content-length 0', () => new Response(null, { headers: { 'content-length': '0' } })],
  ['200 without a body', () => new Response(null)],
  ['chunked, without a chunk', () => new Response('', { headers: { 'transfer-encoding': 'chunked' } })],
  [
    '202 of type JSON without a body',
    () => new Response('', { status: 202, headers: { 'content-type': 'application/json' } }),
  ],
])('S1: an empty success is undefined: %s', async (_, answer) => {
  const { client } = clientOver(answer)
  expect((await client.call('clearShop')).data).toBeUndefined()
  expect(await client.raw.DELETE('/all')).toMatchObject({ data: undefined, response: { ok: true } })
})

const errorBodies = [null, '', '0', 'null', '""', 'false', '[]', '<h1>Bad gateway</h1>', '{"broken', '{"a":1}']
it.each(errorBodies.flatMap((body) => [400, 404, 500].map((status) => [status, body] as const)))(
  'E1: a status %d with the body %j is an ApiError, and a truthy error of raw',
  async (status, body) => {
    const { client } = clientOver(() => new Response(body, { status }), { retries: 0 })
    await expect(client.call('clearShop')).rejects.toMatchObject({ name: 'ApiError', status, attempts: 1 })
    const { data, error, response } = await client.raw.DELETE('/all')
    expect([data, Boolean(error), response.status]).toEqual([undefined, true, status])
  },
)

it('E1: the status alone decides, whatever the body says', async () => {
  const { client } = clientOver(() => Response.json({ data: thing }, { status: 400 }))
  await expect(client.call('getThing', { path: { id: 1 } })).rejects.toBeInstanceOf(ApiError)
  const accepted = clientOver(() => Response.json({ error: { code: 'x', message: 'y' } }, { status: 299 }))
  expect((await accepted.client.call('getThing', { path: { id: 1 } })).data).toEqual({
    error: { code: 'x', message: 'y' },
  })
})

it('E3: an ApiError names the operation by its template', async () => {
  const { client } = clientOver(missing, { errorCodes: { '404': 'not_found' } })
  await expect(client.call('getThing', { path: { id: 1 } })).rejects.toMatchObject({
    message: 'GET /things/{id}: 404 not_found: no such thing',
    operation: 'getThing',
    requestId: 'r1',
    attempts: 1,
  })
})

it('raw answers with bodies as they came', async () => {
  const { client } = clientOver(wrapped)
  const { data, error } = await client.raw.GET('/things/{id}', { params: { path: { id: 1 } } })
  expect([data, error]).toEqual([{ data: thing }, undefined])
  const failing = clientOver(missing)
  expect(await failing.client.raw.request('get', '/things/{id}', { params: { path: { id: 1 } } })).toMatchObject({
    error: { message: 'no such thing' },
    response: { status: 404 },
  })
})

it('P1: raw checks path parameters as call does', async () => {
  const { client, fetch } = clientOver(wrapped)
  const id = '..' as unknown as number
  await expect(client.raw.GET('/things/{id}', { params: { path: { id } } })).rejects.toThrow('path parameter "id"')
  await expect(client.call('getThing', { path: { id } })).rejects.toThrow('path parameter "id"')
  expect(fetch).not.toHaveBeenCalled()
})

it('raw gives a stream unread where one is asked for', async () => {
  const { client } = clientOver(wrapped)
  const { data } = await client.raw.GET('/things/{id}', { params: { path: { id: 1 } }, parseAs: 'stream' })
  expect(data).toBeInstanceOf(ReadableStream)
  expect(await new Response(data).json()).toEqual({ data: thing })
})

it('an operation or path that the API does not have is an error that names it', async () => {
  const { client, fetch } = clientOver(wrapped)
  const untyped = client as unknown as Record<'call', (id: string) => Promise<unknown>> & {
    raw: Record<'GET', (path: string) => Promise<unknown>>
  }
  await expect(untyped.call('toString')).rejects.toThrow('"toString" is not an operation of this API')
  await expect(untyped.raw.GET('/nothing')).rejects.toThrow('"GET /nothing" is not an operation of this API')
  expect(fetch).not.toHaveBeenCalled()
})

/** A client that no compiler has checked. */
function untypedOver(table: Readonly<Record<string, OperationRow>>) {
  const fetch = vi.fn<Fetch>(async () => Response.json({}))
  const client = createApiClient(table as object, { baseUrl: 'https://api.example.com', fetch }) as unknown as {
    call(id: unknown, input?: object): Promise<unknown>
    raw: { request(method: string, path: string, init: object): Promise<unknown> }
  }
  return { ...client, fetch }
}

const look: OperationRow = { method: 'GET', path: '/things', server: 'api', retry: 'safe' }

it('an operation that is misspelt is told with up to three that begin alike', async () => {
  const { call } = untypedOver({ getThing: look, getThings: look, getThin: look, getThingById: look, putIt: look })
  await expect(call('getThink')).rejects.toThrow(/near it: getThing, getThings, getThin$/)
  await expect(call('nothing')).rejects.toThrow(/near it: none$/)
  await expect(call(undefined)).rejects.toThrow('"undefined" is not an operation of this API')
})

it.each(['GET', 'HEAD'])('%s with a body, which no fetch sends, is refused before anything is sent', async (method) => {
  const { call, raw, fetch } = untypedOver({ look: { ...look, method } })
  for (const body of [{ a: 1 }, 'text', null, new Uint8Array(1)]) {
    for (const sent of [call('look', { body }), raw.request(method, '/things', { body })]) {
      const error: unknown = await sent.catch((error: unknown) => error)
      expect(error).toMatchObject({ name: 'ClientError', message: `${method} /things: takes no body`, attempts: 0 })
    }
  }
  await call('look', { body: undefined })
  expect(fetch).toHaveBeenCalledTimes(1)
})

it('raw refuses middleware instead of ignoring it', async () => {
  const { client } = clientOver(wrapped)
  await expect(client.raw.DELETE('/all', { middleware: [] })).rejects.toThrow(ClientError)
})

const slow = () => new Promise<Response>(() => undefined)
it.each([
  ['an ApiError', async () => new Response(null, { status: 409 }), {}],
  ['a ConnectionError', () => Promise.reject(new TypeError('fetch failed')), {}],
  ['a TimeoutError', slow, { timeout: 5 }],
  ['a ResponseParseError', async () => new Response('{'), {}],
])('E3: the stack of %s shows who made the call', async (_, fetch, options) => {
  const { call } = createApiClient(table, { baseUrl: servers, fetch, retries: 0, ...options })
  async function codeOfAPartner() {
    await call('getThing', { path: { id: 1 } })
  }
  const error: unknown = await codeOfAPartner().catch((error: unknown) => error)
  expect((error as Error).stack).toContain('codeOfAPartner')
})
