import { Readable } from 'node:stream'
import { expect, it, vi } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { OperationRow } from './call.ts'
import { ClientError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { writeBody } from './write-body.ts'
import { writeForm } from './write-form.ts'

interface Given {
  body: unknown
  contentType?: string
}

/** A client of one operation whose body has these media types, and what it has sent. */
function clientOf(types: readonly string[], options: Partial<ClientOptions> = {}) {
  const row: OperationRow = { method: 'POST', path: '/things', server: 'api', retry: 'never', body: types }
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => new Response(null, { status: 204 }))
  const table = { send: row }
  const client = createApiClient(table as object, {
    baseUrl: 'https://api.example.com',
    fetch,
    writeBody,
    writeForm,
    ...options,
  }) as unknown as {
    call(id: string, input: Given, options?: { headers?: Record<string, string | null> }): Promise<unknown>
    raw: Record<'POST', (path: string, init: object) => Promise<unknown>>
  }
  const sent = async () => {
    const request = new Request('https://api.example.com', fetch.mock.lastCall?.[1])
    return [request.headers.get('content-type'), await request.text()]
  }
  return { client, fetch, sent }
}

const text = 'à, b'
const bytes = new TextEncoder().encode(text)
const json = '{"a":[1,null]}'
const object = { a: [1, null] }

it.each<[type: string, body: unknown, sentType: string, content: string]>([
  ['application/merge-patch+json', object, 'application/merge-patch+json', json],
  ['application/vnd.api+json; ext=bulk', object, 'application/vnd.api+json; ext=bulk', json],
  ['application/json-patch+json', [object], 'application/json-patch+json', `[${json}]`],
  ['application/vnd.api+json', 'text', 'application/vnd.api+json', '"text"'],
  ['application/vnd.api+json', null, 'application/vnd.api+json', 'null'],
  ['application/*+json', object, 'application/json', json],
  ['application/vnd.api+json', new Blob([json]), 'application/vnd.api+json', json],
  ['text/plain', text, 'text/plain', text],
  ['text/plain', '', 'text/plain', ''],
  ['text/csv; header=present', text, 'text/csv; header=present', text],
  ['text/csv; charset=iso-8859-1', 'a,b', 'text/csv; charset=iso-8859-1', 'a,b'],
  ['text/csv; charset=iso-8859-1', bytes, 'text/csv; charset=iso-8859-1', text],
  ['application/xml', '<a/>', 'application/xml', '<a/>'],
  ['application/atom+xml', '<a/>', 'application/atom+xml', '<a/>'],
  ['application/x-ndjson', '{}\n{}', 'application/x-ndjson', '{}\n{}'],
  ['text/csv', new Blob([text], { type: 'x/y' }), 'text/csv', text],
  ['text/*', text, 'text/plain;charset=UTF-8', text],
  ['application/octet-stream', new Blob([bytes]), 'application/octet-stream', text],
  ['application/octet-stream', bytes, 'application/octet-stream', text],
  ['application/octet-stream', bytes.buffer, 'application/octet-stream', text],
  ['application/octet-stream', new DataView(bytes.buffer), 'application/octet-stream', text],
  ['application/octet-stream', text, 'application/octet-stream', text],
  ['application/pdf', new Blob([bytes], { type: 'image/png' }), 'application/pdf', text],
  ['image/*', new Blob([bytes], { type: 'image/png' }), 'image/png', text],
  ['image/*', bytes, 'application/octet-stream', text],
  ['application/x-www-form-urlencoded', { a: 'x y' }, 'application/x-www-form-urlencoded', 'a=x+y'],
  [
    'application/x-www-form-urlencoded; charset=utf-8',
    Object.assign(Object.create(null), { a: 'x y' }),
    'application/x-www-form-urlencoded; charset=utf-8',
    'a=x+y',
  ],
  [
    'application/x-www-form-urlencoded',
    new URLSearchParams({ a: 'x y' }),
    'application/x-www-form-urlencoded',
    'a=x+y',
  ],
  ['*/*', object, 'application/json', json],
  ['*/*', text, 'text/plain;charset=UTF-8', text],
  ['*/*', new Blob([text], { type: 'text/csv' }), 'text/csv', text],
  ['*/*', new URLSearchParams({ a: 'x y' }), 'application/x-www-form-urlencoded;charset=UTF-8', 'a=x+y'],
  ['application/*', bytes, 'application/octet-stream', text],
])('P4: as %s goes out %o', async (type, body, sentType, content) => {
  const { client, sent } = clientOf([type])
  await client.call('send', { body })
  expect(await sent()).toEqual([sentType, content])
})

it.each([
  ['a stream of the web', () => new Blob([bytes]).stream()],
  ['a stream of Node', () => Readable.from([bytes])],
  ['a stream of text', () => Readable.from(['à', ', b'])],
  [
    'a generator',
    () =>
      (async function* () {
        yield bytes.slice(0, 1)
        yield bytes.slice(1)
      })(),
  ],
])('P4: %s goes out as it comes', async (_, create) => {
  const { client, fetch, sent } = clientOf(['application/octet-stream'])
  await client.call('send', { body: create() })
  expect(fetch.mock.lastCall?.[1]).toMatchObject({ duplex: 'half' })
  expect(await sent()).toEqual(['application/octet-stream', text])
})

it('P4: a stream that is given up ends its source', async () => {
  const source = Readable.from([bytes, bytes])
  const { client, fetch } = clientOf(['application/octet-stream'])
  await client.call('send', { body: source })
  const { body } = fetch.mock.lastCall?.[1] ?? {}
  await (body as ReadableStream).cancel()
  expect(source.destroyed).toBe(true)
})

const inUse = () => {
  const stream = new Blob([bytes]).stream()
  stream.getReader()
  return stream
}
const readable = () => {
  const stream = Readable.from([bytes])
  stream.read()
  return stream
}

it.each<[type: string, body: unknown, message: RegExp]>([
  ['text/csv', object, /a body of text\/csv must be text, a Blob, .*; found an object of Object/],
  ['text/csv', 5, /text\/csv must be text.*; found number/],
  ['text/csv', null, /found null/],
  ['text/csv; charset=iso-8859-1', text, /text\/csv must be text, .*; text of iso-8859-1 as bytes; found string/],
  ['application/xml', object, /application\/xml must be text/],
  ['image/png', object, /image\/png must be/],
  ['image/png', [bytes], /found an object of Array/],
  ['image/png', new FormData(), /found an object of FormData/],
  ['image/png', inUse(), /found a stream that is in use/],
  ['image/png', readable(), /image\/png must be/],
  ['application/vnd.api+json', () => 1, /vnd.api\+json must be what JSON can hold; found a function/],
  ['application/vnd.api+json', new FormData(), /vnd.api\+json must be what JSON can hold; found an object of FormData/],
  ['application/vnd.api+json', new Map([['a', 1]]), /found an object of Map/],
  ['application/vnd.api+json', { a: 1n }, /cannot be written as JSON/],
  ['application/x-www-form-urlencoded', 'a=b', /urlencoded must be a plain object or URLSearchParams; found string/],
  ['application/x-www-form-urlencoded', new FormData(), /found an object of FormData/],
  ['application/x-www-form-urlencoded', [['a', 'b']], /found an object of Array/],
  ['multipart/form-data', new URLSearchParams(), /form-data must be a plain object or FormData; found/],
  ['multipart/form-data', new Blob(), /found an object of Blob/],
  ['*/*', () => 1, /found a function/],
])('P4: what cannot be written as %s is refused before anything is sent: %o', async (type, body, message) => {
  const { client, fetch } = clientOf([type])
  const error: unknown = await client.call('send', { body }).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect(error).toMatchObject({ operation: 'send', attempts: 0, message: expect.stringMatching(message) })
  expect((error as Error).message).toMatch(/^POST \/things: /)
  expect(fetch).not.toHaveBeenCalled()
})

it('P4: of several media types the first is the default, and a call may choose another', async () => {
  const { client, fetch, sent } = clientOf(['application/json', 'text/csv', 'image/*'])
  await client.call('send', { body: object })
  expect(await sent()).toEqual(['application/json', json])
  await client.call('send', { body: 'a,b', contentType: 'text/csv' })
  expect(await sent()).toEqual(['text/csv', 'a,b'])
  await client.call('send', { body: bytes, contentType: 'image/png' })
  expect(await sent()).toEqual(['image/png', text])
  await client.call('send', { body: 'a,b' }, { headers: { 'Content-Type': 'text/csv' } })
  expect(await sent()).toEqual(['text/csv', 'a,b'])
  fetch.mockClear()
  const wrong = client.call('send', { body: 'a', contentType: 'text/html' })
  await expect(wrong).rejects.toThrow('contentType must be application/json or text/csv or image/*; found "text/html"')
  expect(fetch).not.toHaveBeenCalled()
})

it('P4: null as content type sends none, through call and raw', async () => {
  const { client, fetch } = clientOf(['application/json', 'text/csv'])
  await client.call('send', { body: object }, { headers: { 'content-type': null } })
  await client.raw.POST('/things', { body: object, headers: { 'Content-Type': null } })
  expect(fetch.mock.calls.map(([, { headers, body }]) => [headers, body])).toEqual([
    [{}, json],
    [{}, json],
  ])
})

it('P4: raw writes a body by its media type, or as its serializer does', async () => {
  const { client, sent } = clientOf(['text/csv', 'application/json'])
  await client.raw.POST('/things', { body: 'a,b' })
  expect(await sent()).toEqual(['text/csv', 'a,b'])
  await client.raw.POST('/things', { body: object, headers: { 'content-type': 'application/json' } })
  expect(await sent()).toEqual(['application/json', json])
  await client.raw.POST('/things', { body: object, bodySerializer: () => 'own' })
  expect(await sent()).toEqual(['text/csv', 'own'])
})

it('P4: a form of the platform brings its own boundary, whatever content type is asked for', async () => {
  const { client, sent } = clientOf(['multipart/form-data'])
  const form = new FormData()
  form.set('a', 'b')
  for (const headers of [{}, { 'content-type': 'multipart/form-data' }]) {
    await client.call('send', { body: form }, { headers })
    const [type, content] = await sent()
    expect(type).toMatch(/^multipart\/form-data; boundary=/)
    expect(content).toContain('name="a"')
  }
})

it('C5: a client is refused that lacks what a row of its table needs', () => {
  expect(() => clientOf(['text/csv'], { writeBody: undefined })).toThrow('POST /things: needs the option writeBody')
  expect(() => clientOf(['application/json', 'multipart/form-data'], { writeForm: undefined })).toThrow(
    'POST /things: needs the option writeForm',
  )
  expect(() => clientOf(['text/csv'], { writeForm: undefined })).not.toThrow()
})
