import { expect, it, vi } from 'vitest'
import { createApiClient } from './api-client.ts'
import type { OperationRow } from './call.ts'
import { isApiError, ResponseParseError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { readAnswer } from './read-answer.ts'

type Row = Pick<OperationRow, 'answer' | 'alternatives' | 'hasResult'>

/** A client of one operation, whose every answer is the same. */
function clientOf(row: Row, answer: () => Response, options: Partial<ClientOptions> = {}) {
  const fetch = vi.fn(async (_url: string, _init: RequestInit) => answer())
  const table = { read: { method: 'GET', path: '/things', server: 'api', retry: 'safe', ...row } }
  const client = createApiClient(table as object, {
    ...{ baseUrl: 'https://api.example.com', fetch, readAnswer, retries: 0 },
    ...options,
  }) as unknown as {
    call(id: string, input?: object, options?: object): Promise<{ data: unknown; response: Response }>
    raw: Record<'GET', (path: string, init?: object) => Promise<{ data?: unknown; error?: unknown }>>
  }
  const accept = () => new Headers(fetch.mock.lastCall?.[1].headers).get('accept')
  return { client, fetch, accept }
}

const promise = (...answer: string[]): Row => ({ answer, hasResult: true })
const answering =
  (body: BodyInit | null, type?: string, init: ResponseInit = {}) =>
  () => {
    const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body
    return new Response(bytes, { ...init, headers: { ...init.headers, ...(type && { 'content-type': type }) } })
  }

it.each<[promised: string, type: string | undefined, text: string]>([
  ['text/plain', 'text/plain; charset=utf-8', 'à'],
  ['text/plain', 'Text/Plain', '{"a":1}'],
  ['text/plain', 'text/plain', ''],
  ['text/plain', undefined, 'à'],
  ['text/csv', 'text/csv', 'a,b'],
  ['text/csv', 'text/plain', 'a,b'],
  ['application/xml', 'application/xml', '<a/>'],
  ['application/xml', 'text/xml', '<a/>'],
  ['application/atom+xml', 'application/atom+xml', '<a/>'],
  ['text/*', 'text/html', '<p>'],
  ['*/*', 'text/html', '<p>'],
])('S2: where %s is promised, %s is text', async (promised, type, text) => {
  const { client } = clientOf(promise(promised), answering(text, type))
  expect((await client.call('read')).data).toBe(text)
  expect((await client.raw.GET('/things')).data).toBe(text)
})

it('S2: text is read in its charset, and in none that nothing reads', async () => {
  const latin = new Uint8Array([224, 44])
  const { client } = clientOf(promise('text/csv'), answering(latin, 'text/csv; charset="ISO-8859-1"'))
  expect((await client.call('read')).data).toBe('à,')
  const unknown = clientOf(promise('text/csv'), answering(latin, 'text/csv; charset=ebcdic'))
  await expect(unknown.client.call('read')).rejects.toThrow('text in the charset ebcdic, which nothing here reads')
  const json = clientOf(promise('application/json', 'text/csv'), answering('{}', 'application/json; charset=latin1'))
  expect((await json.client.call('read')).data).toEqual({})
})

it.each<[promised: string, type: string | undefined]>([
  ['application/pdf', 'application/pdf'],
  ['application/pdf', undefined],
  ['application/pdf', 'application/octet-stream'],
  ['application/octet-stream', 'application/pdf'],
  ['application/octet-stream', 'application/json'],
  ['image/*', 'image/png'],
  ['*/*', 'image/png'],
  ['application/*', 'application/zip'],
])('S2: where %s is promised, %s is a blob of its bytes', async (promised, type) => {
  const bytes = new Uint8Array([137, 80, 0, 255])
  const { client } = clientOf(promise(promised), answering(bytes, type))
  const data = (await client.call('read')).data as Blob
  expect(data).toBeInstanceOf(Blob)
  expect([new Uint8Array(await data.arrayBuffer()), data.type]).toEqual([bytes, type ?? ''])
})

it.each(['application/json', 'application/vnd.api+json', undefined])(
  'S2: where JSON is among what is promised, %s is parsed',
  async (type) => {
    const { client } = clientOf(promise('application/json', 'text/csv'), answering('{"a":[1]}', type))
    expect((await client.call('read')).data).toEqual({ a: [1] })
  },
)

it('S2: an event stream is left to the caller, and its answer comes before its end', async () => {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  const { client } = clientOf(promise('text/event-stream'), answering(readable, 'text/event-stream'))
  const data = (await client.call('read')).data as ReadableStream<Uint8Array>
  const reader = data.getReader()
  const writing = writable.getWriter().write(new Uint8Array([1]))
  expect((await reader.read()).value).toEqual(new Uint8Array([1]))
  await writing
})

it.each<[promised: string[], type: string, found: RegExp]>([
  [['text/plain'], 'text/html', /200 with text\/html, where text\/plain was asked for/],
  [['application/pdf'], 'text/html', /text\/html, where application\/pdf was asked for/],
  [['image/png', 'image/gif'], 'image/jpeg', /image\/jpeg, where image\/png, image\/gif was asked for/],
  [['application/json', 'text/csv'], 'text/html', /not the promised JSON \(text\/html/],
  [['text/csv'], 'text/event-stream', /text\/event-stream, where text\/csv was asked for; ask for it by accept/],
])('S3: where %s is promised, %s is an error that says so', async (promised, type, found) => {
  const { client } = clientOf(promise(...promised), answering('<secret>', type))
  const error: unknown = await client.call('read').catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ResponseParseError)
  expect((error as Error).message).toMatch(found)
  expect((error as Error).message).not.toContain('secret')
})

it.each<[promised: string, init: ResponseInit, body: string | null, type?: string]>([
  ['text/plain', { status: 204 }, null],
  ['text/plain', { status: 205 }, null],
  ['text/plain', {}, null],
  ['text/plain', {}, ''],
  ['application/pdf', {}, ''],
  ['application/pdf', { status: 204 }, null, 'application/pdf'],
  ['text/event-stream', { status: 204 }, null],
  ['*/*', {}, ''],
  ['*/*', {}, '', 'application/json'],
])(
  'S1: nothing where %s is promised is an error, and undefined where it may be left out: %o',
  async (promised, init, body, type) => {
    const strict = clientOf(promise(promised), answering(body, type, init))
    await expect(strict.client.call('read')).rejects.toThrow(ResponseParseError)
    const loose = clientOf({ answer: [promised] }, answering(body, type, init))
    expect((await loose.client.call('read')).data).toBeUndefined()
  },
)

it('S1: an empty file is a file where the answer says of which type', async () => {
  const { client } = clientOf(promise('application/pdf'), answering('', 'application/pdf'))
  expect((await client.call('read')).data).toMatchObject({ size: 0, type: 'application/pdf' })
})

it('S2: asks for what is promised, by default for what comes first to mind, and for what a call names', async () => {
  const row: Row = { answer: ['application/json', 'text/plain'], alternatives: ['text/csv'], hasResult: true }
  const { client, accept } = clientOf(row, answering('a,b', 'text/csv'))
  const error: unknown = await client.call('read').catch((error: unknown) => error)
  expect(accept()).toBe('application/json, text/plain')
  expect((error as Error).message).toContain('text/csv, where application/json, text/plain was asked for')
  expect((await client.call('read', {}, { accept: 'text/csv' })).data).toBe('a,b')
  expect(accept()).toBe('text/csv')
  expect((await client.call('read', {}, { headers: { Accept: 'text/csv' } })).data).toBe('a,b')
  expect(accept()).toBe('text/csv')
  expect((await client.raw.GET('/things', { headers: { accept: 'text/csv' } })).data).toBe('a,b')
  expect(accept()).toBe('text/csv')
})

it('S2: what is JSON alone is asked for by no header', async () => {
  const { client, accept } = clientOf({}, () => Response.json({}))
  await client.call('read')
  expect(accept()).toBeNull()
})

it.each<[parseAs: string, check: (data: unknown) => unknown]>([
  ['text', (data) => data],
  ['blob', (data) => (data as Blob).text()],
  ['arrayBuffer', (data) => new TextDecoder().decode(data as ArrayBuffer)],
  ['stream', (data) => new Response(data as ReadableStream).text()],
])('S2: a call reads a success as %s where it is told to, of whatever type', async (parseAs, check) => {
  for (const row of [{}, promise('application/pdf')]) {
    const { client } = clientOf(row, answering('{"a":1}', 'text/html'))
    const { data } = await client.call('read', {}, { parseAs })
    expect(await check(data)).toBe('{"a":1}')
  }
})

it('E1: a failure is an error with its body, whatever is promised', async () => {
  const problem = { title: 'Gone', detail: 'no such file' }
  const failing = answering(JSON.stringify(problem), 'application/problem+json', { status: 410 })
  for (const parseAs of [undefined, 'stream', 'blob']) {
    const { client } = clientOf(promise('application/pdf'), failing)
    const error: unknown = await client.call('read', {}, { parseAs }).catch((error: unknown) => error)
    expect(isApiError(error, 410) && [error.message, error.body]).toEqual([
      expect.stringContaining('no such file'),
      problem,
    ])
  }
})

it('C5: a client is refused that lacks what a row of its table needs', () => {
  expect(() => clientOf(promise('text/csv'), answering('a'), { readAnswer: undefined })).toThrow(
    'GET /things: needs the option readAnswer',
  )
})

it('R6, R7: a stream that stalls ends with the time limit, and with the signal', async () => {
  const open = () => new ReadableStream({ start: (controller) => controller.enqueue(new Uint8Array([1])) })
  const { client } = clientOf(promise('text/event-stream'), () => answering(open(), 'text/event-stream')())
  const drain = async (stream: unknown) => {
    const reader = (stream as ReadableStream).getReader()
    while (!(await reader.read()).done);
  }
  const timed = await client.call('read', {}, { timeout: 300 })
  await expect(drain(timed.data)).rejects.toMatchObject({ name: 'TimeoutError', limit: 'timeout' })
  const stopping = new AbortController()
  const stopped = await client.call('read', {}, { signal: stopping.signal })
  const draining = expect(drain(stopped.data)).rejects.toBe('enough')
  stopping.abort('enough')
  await draining
})
