import createClient from 'openapi-fetch'
import { expect, it } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { HeaderValues } from './call.ts'
import type { OperationTable } from './types.ts'
import { writeParameters } from './write-parameters.ts'

const rows = {
  findThings: { method: 'GET', path: '/things', server: 'api', retry: 'safe' },
  changeThing: { method: 'PUT', path: '/things/{id}', server: 'api', retry: 'safe' },
} as const
const table: typeof rows & OperationTable = rows

/** A method of either client, by its untyped shape: the table has no types to go by. */
type Send = (path: string, init: object) => Promise<{ data?: unknown; error?: unknown; response: Response }>

/** What a client sends, and what it makes of the answer. */
async function exchange(
  kind: 'raw' | 'bare',
  method: string,
  path: string,
  init: object,
  answer: () => Response,
  headers: HeaderValues = {},
) {
  const baseUrl = 'https://api.example.com/base'
  const sent: Request[] = []
  const fetch = async (input: string | Request, options?: RequestInit) => {
    sent.push(new Request(input, options))
    return answer()
  }
  const client =
    kind === 'raw'
      ? createApiClient(table, { baseUrl, fetch, headers, retries: 0, writeParameters }).raw
      : createClient({ baseUrl, fetch, headers })
  const { data, error, response } = await (Reflect.get(client, method) as Send)(path, init)
  const [request] = sent
  const body = await request?.text()
  const boundary = /boundary=(.*)/.exec(request?.headers.get('content-type') ?? '')?.[1] ?? '\0'
  const plain = (text: string | null | undefined) => text?.replaceAll(boundary, 'boundary')
  return {
    request: [
      request?.method,
      request?.url,
      plain(request?.headers.get('content-type')),
      request?.headers.get('x-a'),
      plain(body),
    ],
    result: [data instanceof Blob ? await data.text() : data, error, response.status],
  }
}

const toForm = (body: Record<string, string>) => {
  const form = new FormData()
  for (const [name, value] of Object.entries(body)) form.set(name, value)
  return form
}

const json = (body: unknown, init?: ResponseInit) => () => Response.json(body, init)
const put = { params: { path: { id: 'a b' } }, body: { a: 1 } }

it.each<[string, string, string, object, () => Response]>([
  ['a query', 'GET', '/things', { params: { query: { a: 'x y', b: [1, 2], c: undefined } } }, json([1])],
  [
    'a query of its own writing',
    'GET',
    '/things',
    { params: { query: { a: 1 } }, querySerializer: () => 'q=1' },
    json([1]),
  ],
  ['a body', 'PUT', '/things/{id}', put, json({ ok: true })],
  ['a header', 'PUT', '/things/{id}', { ...put, headers: { 'X-A': 'b' } }, json({ ok: true })],
  ['headers of the platform', 'PUT', '/things/{id}', { ...put, headers: new Headers({ 'x-a': 'b' }) }, json({})],
  [
    'a header parameter',
    'PUT',
    '/things/{id}',
    { ...put, params: { ...put.params, header: { 'x-a': 'b' } } },
    json({}),
  ],
  [
    'another content type',
    'PUT',
    '/things/{id}',
    { ...put, headers: { 'content-type': 'application/merge-patch+json' } },
    json({}),
  ],
  [
    'a form in the URL\u2019s encoding',
    'PUT',
    '/things/{id}',
    { ...put, headers: { 'content-type': 'application/x-www-form-urlencoded' } },
    json({}),
  ],
  ['a form', 'PUT', '/things/{id}', { ...put, body: { a: 'b' }, bodySerializer: toForm }, json({})],
  ['a form of the platform', 'PUT', '/things/{id}', { ...put, body: toForm({ a: 'b' }) }, json({})],
  ['no content type', 'PUT', '/things/{id}', { ...put, headers: { 'Content-Type': null } }, json({})],
  ['a body that is null', 'PUT', '/things/{id}', { ...put, body: null }, json({})],
  ['a body that is empty text', 'PUT', '/things/{id}', { ...put, body: '' }, json({})],
  ['a body that is false', 'PUT', '/things/{id}', { ...put, body: false }, json({})],
  [
    'no answer of no length',
    'GET',
    '/things',
    {},
    () => new Response(null, { headers: { 'content-length': '0', 'content-type': 'application/json' } }),
  ],
  ['no body', 'PUT', '/things/{id}', { params: put.params }, () => new Response(null, { status: 204 })],
  ['text', 'GET', '/things', { parseAs: 'text' }, () => new Response('plain')],
  ['a blob', 'GET', '/things', { parseAs: 'blob' }, () => new Response('bytes')],
  ['bytes', 'GET', '/things', { parseAs: 'arrayBuffer' }, () => new Response('bytes')],
  ['an error of JSON', 'GET', '/things', {}, json({ message: 'no' }, { status: 404 })],
  ['an error of text', 'GET', '/things', {}, () => new Response('down', { status: 502 })],
])('raw sends and answers %s as openapi-fetch does', async (_, method, path, init, answer) => {
  const [raw, bare] = [
    await exchange('raw', method, path, init, answer),
    await exchange('bare', method, path, init, answer),
  ]
  expect(raw).toEqual(bare)
})

it.each<[string, HeaderValues, object]>([
  ['no content type', { 'content-type': null }, {}],
  ['another content type', { 'Content-Type': 'application/my-json' }, {}],
  ['one of the call where the client sends none', { 'content-type': null }, { headers: { 'content-type': 'a/b' } }],
])('P3: the headers of a client ask for %s, as those of openapi-fetch do', async (_, headers, init) => {
  const given = { ...put, ...init }
  const raw = await exchange('raw', 'PUT', '/things/{id}', given, json({}), headers)
  expect(raw).toEqual(await exchange('bare', 'PUT', '/things/{id}', given, json({}), headers))
})

it('bodySerializer of the client writes every body, unless the call has its own', async () => {
  const bodies: unknown[] = []
  const fetch = async (_: string, { body }: RequestInit) => {
    bodies.push(body)
    return Response.json({})
  }
  const write = (name: string) => (body: unknown) => `${name} ${JSON.stringify(body)}`
  const { raw } = createApiClient(table, { baseUrl: 'https://api.example.com', fetch, bodySerializer: write('client') })
  const change = Reflect.get(raw, 'PUT') as Send
  await change('/things/{id}', put)
  await change('/things/{id}', { ...put, bodySerializer: write('call') })
  expect(bodies).toEqual(['client {"a":1}', 'call {"a":1}'])
})
