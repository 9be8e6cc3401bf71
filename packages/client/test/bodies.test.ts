import { createServer } from 'node:http'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createApiClient, type OperationTable, readAnswer, writeBody, writeForm } from '../src/core.ts'
import { createUndiciFetch } from '../src/undici.ts'
import { listen } from './loopback.ts'

const rows = {
  send: {
    ...{ method: 'PUT', path: '/', server: 'a', retry: 'safe' },
    body: ['multipart/form-data', 'application/x-www-form-urlencoded', 'text/csv', 'application/octet-stream'],
  },
  fetch: { ...{ method: 'GET', path: '/', server: 'a', retry: 'safe' }, answer: ['image/png'] },
} as const
const table: typeof rows & OperationTable = rows

interface Received {
  type: string
  length: string | undefined
  body: Buffer
}

const transports = [
  ['fetch', () => ({ fetch: globalThis.fetch, close: async () => undefined })],
  ['undici', () => createUndiciFetch()],
] as const

/** A client of a server that keeps what it is sent, and refuses the first attempt of each call. */
async function clientOf(create: (typeof transports)[number][1], refuses = true) {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const { 'content-type': type = '', 'content-length': length } = request.headers
    received.push({ type, length, body: await buffer(request) })
    if (refuses && received.length % 2 === 1) response.writeHead(503, { 'retry-after': '0' }).end()
    else if (request.method === 'GET') response.writeHead(200, { 'content-type': 'image/png' }).end(bytes)
    else response.writeHead(204).end()
  })
  const baseUrl = await listen(server, () => server.closeAllConnections())
  const { fetch, close } = create()
  const options = { baseUrl, fetch: (url: string, init: RequestInit) => fetch(url, init) }
  const { call } = createApiClient(table, { ...options, writeBody, writeForm, readAnswer })
  // The table has no types to go by.
  return {
    received,
    close,
    call: call as unknown as (id: string, input?: object, options?: object) => Promise<{ data: unknown }>,
  }
}

const bytes = Buffer.from([0, 255, 128, 10])
const parse = ({ type, body }: Received) =>
  new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData()

it.each(transports)('P4, P5: over %s forms and bytes arrive whole, and again after a refusal', async (_, create) => {
  const { received, close, call } = await clientOf(create)
  const file = new File([bytes], 'ü.bin', { type: 'image/png' })
  const form = new FormData()
  form.set('file', file)
  const bodies: [object, (one: Received) => unknown][] = [
    [
      { body: { name: 'à', tags: ['a', 'b'], meta: { a: 1 }, file } },
      async (one) => {
        const parsed = await parse(one)
        const got = parsed.get('file') as File
        return [parsed.get('name'), parsed.getAll('tags'), parsed.get('meta'), got.name, got.type, got.size]
      },
    ],
    [{ body: form }, async (one) => ((await parse(one)).get('file') as File).name],
    [
      { body: { a: 'x y' }, contentType: 'application/x-www-form-urlencoded' },
      ({ type, body }) => [type, String(body)],
    ],
    [{ body: 'a,b', contentType: 'text/csv' }, ({ type, body }) => [type, String(body)]],
    ...[bytes, new Uint8Array(bytes).buffer, new Blob([bytes], { type: 'x/y' })].map(
      (body): [object, (one: Received) => unknown] => [
        { body, contentType: 'application/octet-stream' },
        (one) => [one.type, one.body.equals(bytes)],
      ],
    ),
  ]
  const want = [
    ['à', ['a', 'b'], '{"a":1}', 'ü.bin', 'image/png', 4],
    'ü.bin',
    ['application/x-www-form-urlencoded', 'a=x+y'],
    ['text/csv', 'a,b'],
    ...Array.from({ length: 3 }, () => ['application/octet-stream', true]),
  ]
  for (const [input] of bodies) await call('send', input)
  const told = await Promise.all(received.map((one, index) => bodies[index >> 1]?.[1](one)))
  expect(told).toEqual(want.flatMap((one) => [one, one]))
  for (const { length, body } of received) expect(length).toBe(String(body.length))
  await close()
})

it.each(transports)('P5: over %s a stream is sent as it comes, once', async (_, create) => {
  const { received, close, call } = await clientOf(create)
  const contentType = 'application/octet-stream'
  for (const body of [new Blob([bytes]).stream(), Readable.from([bytes.subarray(0, 2), bytes.subarray(2)])]) {
    received.length = 0
    await expect(call('send', { body, contentType })).rejects.toMatchObject({ status: 503, attempts: 1 })
    expect(received).toEqual([{ type: contentType, length: undefined, body: bytes }])
  }
  await close()
})

it.each(transports)('S2: over %s bytes come as a blob or a stream', async (_, create) => {
  const { close, call } = await clientOf(create, false)
  const { data: blob } = await call('fetch')
  expect(Buffer.from(await (blob as Blob).arrayBuffer())).toEqual(bytes)
  const { data: stream } = await call('fetch', {}, { parseAs: 'stream' })
  expect(await buffer(stream as ReadableStream)).toEqual(bytes)
  await close()
})
