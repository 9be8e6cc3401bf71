import type { RequestListener, ServerResponse } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { createMinimoClient, ResponseParseError } from '../src/index.ts'
import { createUndiciFetch } from '../src/undici.ts'
import { clientOf, clientOfSocket, closeOf, endless, headStart, listen } from './loopback.ts'
import { pool } from './pool.ts'

const json: RequestListener = (_, response) => {
  response.setHeader('content-type', 'application/json; charset=utf-8')
  response.write('{"data":[{"key":')
  response.end('"CITTÀ"}]}')
}

it('sends method, path, query, headers and body, and reads JSON that arrives in pieces', async () => {
  const received: unknown[] = []
  const { minimo, seen } = await clientOf(async (request, response) => {
    received.push([request.method, await text(request)])
    json(request, response)
  }, pool())
  expect(await minimo.customFields.listByCategory()).toEqual([{ key: 'CITTÀ' }])
  await minimo.contacts.update(1, { email: 'è@example.com' })
  expect(received).toEqual([
    ['GET', ''],
    ['PUT', '{"email":"è@example.com"}'],
  ])
  expect(seen).toMatchObject([
    { url: '/public/v1/custom-fields?groupBy=category', headers: { authorization: 'Bearer mn-1-abc' } },
    { url: '/public/v1/contacts/1', headers: { 'content-type': 'application/json' } },
  ])
})

it('P1: a path is sent as it was encoded', async () => {
  const { minimo, seen } = await clientOf(json, pool())
  await minimo.contacts.getByEmail('a/b?c#d %è@x')
  expect(seen).toMatchObject([{ url: '/public/v1/contacts/by-email/a%2Fb%3Fc%23d%20%25%C3%A8%40x' }])
})

it.each<[what: string, handler: RequestListener]>([
  ['204', (_, response) => response.writeHead(204).end()],
  ['content-length 0', (_, response) => response.writeHead(200, { 'content-length': 0 }).end()],
  ['chunked without a chunk', (_, response) => response.writeHead(200, { 'transfer-encoding': 'chunked' }).end()],
])('S1: an empty success is undefined: %s', async (_, handler) => {
  const { minimo } = await clientOf(handler, pool())
  const { data, response } = await minimo.call('deleteContact', { path: { id: 1 } })
  expect([data, await response.text()]).toEqual([undefined, ''])
})

it('S3: HTML on a success is a ResponseParseError', async () => {
  const { minimo } = await clientOf((_, response) => response.setHeader('content-type', 'text/html').end('<p>'), pool())
  await expect(minimo.customFields.list()).rejects.toBeInstanceOf(ResponseParseError)
})

it('E3: a JSON error is an ApiError with the headers of the response', async () => {
  const { minimo } = await clientOf((_, response) => {
    response.writeHead(429, { 'x-request-id': 'r1', 'retry-after': '7', 'set-cookie': ['a=1', 'b=2'] })
    response.end('{"error":{"code":"slow_down","message":"slower"}}')
  }, pool())
  const error: unknown = await minimo.customFields.list().catch((error: unknown) => error)
  expect(error).toMatchObject({
    ...{ name: 'RateLimitError', status: 429, code: 'slow_down', requestId: 'r1', retryAfterMs: 7000, attempts: 1 },
    message: 'GET /public/v1/custom-fields: 429 slow_down: slower',
  })
  expect((error as { headers: Headers }).headers.getSetCookie()).toEqual(['a=1', 'b=2'])
})

it('E8: a redirect is not followed', async () => {
  const other = await clientOf(json)
  const { minimo } = await clientOf((_, response) => response.writeHead(307, { location: other.baseUrl }).end(), pool())
  await expect(minimo.customFields.list()).rejects.toMatchObject({ name: 'ApiError', status: 307 })
  expect(other.seen).toEqual([])
})

it('E6: an error body that never ends is cut at 1 MiB, and its connection closed', async () => {
  const { minimo, sockets } = await clientOf(endless(422, 'x'.repeat(10_000)), pool())
  await expect(minimo.customFields.list()).rejects.toMatchObject({ status: 422, body: 'x'.repeat(2 ** 20) })
  await closeOf(sockets)
})

it.each(['timeout', 'deadline'] as const)(
  'R6: the %s ends a stall after the headers, and the connection',
  async (limit) => {
    const { minimo, closed } = await clientOfSocket(
      (socket) => socket.write(`${headStart}content-length: 100\r\n\r\n{`),
      pool(),
    )
    const sent = minimo.customFields.list({ [limit]: 50 })
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError', limit, attempts: 1 })
    await Promise.all(closed)
  },
)

it.each([
  ['before the headers', ''],
  ['within the headers', 'HTTP/1.1 200 OK\r\ncontent-'],
  ['within the body', `${headStart}content-length: 100\r\n\r\n{"data":`],
  ['within a chunk', `${headStart}transfer-encoding: chunked\r\n\r\n8\r\n{"dat`],
])('E5: a reset %s is a ConnectionError, and the request was sent', async (_, bytes) => {
  const { minimo } = await clientOfSocket((socket) => socket.write(bytes, () => socket.resetAndDestroy()), pool())
  const error: unknown = await minimo.customFields.list().catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'ConnectionError', requestSent: true, attempts: 1, cause: expect.any(Error) })
})

it('E5: a connection that nobody takes is a ConnectionError, sent to nobody', async () => {
  const server = createTcpServer()
  const baseUrl = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, ...pool() })
  await expect(minimo.emails.send({ to: 'a@b.it', subject: 's', html: 'h' })).rejects.toMatchObject({
    name: 'ConnectionError',
    requestSent: false,
    message: expect.stringContaining('ECONNREFUSED'),
  })
})

it('R1: a reset within the body is a failed attempt, and is retried', async () => {
  const { minimo, sockets } = await clientOfSocket(
    (socket, attempt) => {
      if (attempt === 1) socket.write(`${headStart}content-length: 100\r\n\r\n{`, () => socket.resetAndDestroy())
      else socket.end(`${headStart}content-length: 2\r\nconnection: close\r\n\r\n[]`)
    },
    { ...pool(), retries: 1 },
  )
  expect(await minimo.customFields.list()).toEqual([])
  expect(sockets).toHaveLength(2)
})

it.each([new Error('enough'), 'enough', null])(
  'R7: an abort rejects with its reason (%o), and closes the request',
  async (reason) => {
    const controller = new AbortController()
    const { minimo, closed } = await clientOfSocket((socket) => {
      socket.write(`${headStart}content-length: 100\r\n\r\n{`, () => controller.abort(reason))
    }, pool())
    await expect(minimo.customFields.list({ signal: controller.signal })).rejects.toBe(reason)
    await Promise.all(closed)
  },
)

it('R7: an abort before the headers closes the request too', async () => {
  const controller = new AbortController()
  const { minimo, closed } = await clientOfSocket(() => controller.abort('enough'), pool())
  await expect(minimo.customFields.list({ signal: controller.signal })).rejects.toBe('enough')
  await Promise.all(closed)
})

it('calls one after the other share connections, also where they fail', async () => {
  let count = 0
  const { minimo, seen, sockets } = await clientOf((request, response) => {
    if (++count % 2) json(request, response)
    else response.writeHead(404).end('x'.repeat(50_000))
  }, pool())
  for (let i = 0; i < 20; i++) await minimo.customFields.list().catch(() => undefined)
  expect(seen).toHaveLength(20)
  // undici opens a second one while the first is settling.
  expect(sockets.size).toBeLessThanOrEqual(2)
})

it('calls at once share no more connections than they may', async () => {
  const { minimo, seen, sockets } = await clientOf(json, pool({ connections: 3 }))
  await Promise.all(Array.from({ length: 50 }, () => minimo.customFields.list()))
  expect(seen).toHaveLength(50)
  expect(sockets.size).toBeLessThanOrEqual(3)
})

it('close waits for requests under way, and leaves no connection', async () => {
  const { fetch, close } = createUndiciFetch()
  let answer: (response: ServerResponse) => void = () => undefined
  const arrived = new Promise<ServerResponse>((resolve) => {
    answer = resolve
  })
  const { minimo, sockets } = await clientOf((_, response) => answer(response), { fetch })
  const order: string[] = []
  const call = minimo.customFields.list().then(() => order.push('answered'))
  const response = await arrived
  const end = close().then(() => order.push('closed'))
  response.end('[]')
  await Promise.all([call, end])
  expect(order).toEqual(['answered', 'closed'])
  await closeOf(sockets)
})

it('raw gives a stream to who asks for one', async () => {
  const { minimo } = await clientOf(json, pool())
  const { data, response } = await minimo.raw.GET('/public/v1/custom-fields', { parseAs: 'stream' })
  expect(data).toBeInstanceOf(ReadableStream)
  expect(await new Response(data).json()).toEqual({ data: [{ key: 'CITTÀ' }] })
  expect([response.status, response.bodyUsed]).toEqual([200, true])
})

it.each([
  ['after reading some of it', true],
  ['before reading any of it', false],
])('R9: the caller can cancel a stream %s, which closes its request', async (_, readsSome) => {
  const { minimo, sockets } = await clientOf(endless(200, 'x'.repeat(1000), 1), pool())
  const { data } = await minimo.raw.GET('/public/v1/custom-fields', { parseAs: 'stream' })
  const reader = data?.getReader()
  if (readsSome) await reader?.read()
  await reader?.cancel()
  await closeOf(sockets)
})

it.each(['text', 'arrayBuffer', 'blob'] as const)('raw gives %s to who asks for it', async (parseAs) => {
  const { minimo } = await clientOf(json, pool())
  const { data } = await minimo.raw.GET('/public/v1/custom-fields', { parseAs })
  expect(await new Response(data as BodyInit).json()).toEqual({ data: [{ key: 'CITTÀ' }] })
})
