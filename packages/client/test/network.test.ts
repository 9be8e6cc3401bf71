import type { RequestListener } from 'node:http'
import { createServer as createTcpServer } from 'node:net'
import { expect, it } from 'vitest'
import { createMinimoClient, ResponseParseError } from '../src/index.ts'
import { clientOf, clientOfSocket, closeOf, endless, headStart, listen } from './loopback.ts'

it('reads a JSON body that arrives in pieces', async () => {
  const { minimo, seen } = await clientOf((_, response) => {
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.write('{"data":[{"key":')
    response.end('"CITY"}]}')
  })
  expect(await minimo.customFields.list()).toEqual([{ key: 'CITY' }])
  expect(seen).toMatchObject([{ url: '/public/v1/custom-fields', headers: { authorization: 'Bearer mn-1-abc' } }])
})

it.each<[what: string, handler: RequestListener]>([
  ['204', (_, response) => response.writeHead(204).end()],
  ['content-length 0', (_, response) => response.writeHead(200, { 'content-length': 0 }).end()],
  [
    'chunked without a chunk',
    (_, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked', 'content-type': 'application/json' })
      response.flushHeaders()
      response.end()
    },
  ],
])('S1: an empty success is undefined: %s', async (_, handler) => {
  const { minimo } = await clientOf(handler)
  expect(await minimo.contacts.delete(1)).toBeUndefined()
  expect((await minimo.call('deleteContact', { path: { id: 1 } })).data).toBeUndefined()
})

it('S3: truncated JSON on a complete response is a ResponseParseError', async () => {
  const { minimo } = await clientOf((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'x-request-id': 'r1' }).end('{"data":[{"id"')
  })
  const error: unknown = await minimo.customFields.list().catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ResponseParseError)
  expect(error).toMatchObject({ status: 200, requestId: 'r1', bodyStart: '{"data":[{"id"', attempts: 1 })
})

it('E5: a connection that nobody takes is a ConnectionError, sent to nobody', async () => {
  const server = createTcpServer()
  const baseUrl = await listen(server)
  await new Promise((resolve) => server.close(resolve))
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 0 })
  await expect(minimo.contacts.getByEmail('geheim@example.com')).rejects.toMatchObject({
    name: 'ConnectionError',
    requestSent: false,
    attempts: 1,
    message: expect.not.stringContaining('geheim'),
  })
})

it.each([
  ['before the headers', ''],
  ['within the headers', 'HTTP/1.1 200 OK\r\ncontent-'],
  ['within the body', `${headStart}content-length: 100\r\n\r\n{"data":`],
  ['within a chunk', `${headStart}transfer-encoding: chunked\r\n\r\n8\r\n{"dat`],
])('E5: a reset %s is a ConnectionError, and the request was sent', async (_, bytes) => {
  const { minimo } = await clientOfSocket((socket) => socket.write(bytes, () => socket.resetAndDestroy()))
  const error: unknown = await minimo.customFields.list().catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'ConnectionError', requestSent: true, cause: expect.any(Error) })
})

it('E5: an answer that is no HTTP is a ConnectionError', async () => {
  const { minimo } = await clientOfSocket((socket) => socket.end('SSH-2.0-OpenSSH\r\n\r\n'))
  await expect(minimo.customFields.list()).rejects.toMatchObject({ name: 'ConnectionError' })
})

it('R1: a reset within the body is a failed attempt, and is retried', async () => {
  const { minimo, sockets } = await clientOfSocket(
    (socket, attempt) => {
      if (attempt === 1) socket.write(`${headStart}content-length: 100\r\n\r\n{`, () => socket.resetAndDestroy())
      else socket.end(`${headStart}content-length: 2\r\nconnection: close\r\n\r\n[]`)
    },
    { retries: 1 },
  )
  expect(await minimo.customFields.list()).toEqual([])
  expect(sockets).toHaveLength(2)
})

it('R2: what sends is not sent again after a reset', async () => {
  const { minimo, sockets } = await clientOfSocket((socket) => socket.resetAndDestroy(), { retries: 2 })
  const sent = minimo.emails.send({ to: 'a@b.it', subject: 's', html: 'h' })
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true, attempts: 1 })
  expect(sockets).toHaveLength(1)
})

it.each(['timeout', 'deadline'] as const)(
  'R6: the %s ends a stall after the headers, and the connection',
  async (limit) => {
    const { minimo, closed } = await clientOfSocket((socket) =>
      socket.write(`${headStart}content-length: 100\r\n\r\n{`),
    )
    const sent = minimo.customFields.list({ [limit]: 30 })
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError', limit, attempts: 1 })
    await Promise.all(closed)
  },
)

it('R6: a server that takes the request and says nothing is a TimeoutError', async () => {
  const { minimo } = await clientOfSocket(() => undefined)
  await expect(minimo.customFields.list({ timeout: 30 })).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('R7: an abort while the body arrives rejects with its reason, and closes the connection', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const { minimo, closed } = await clientOfSocket((socket) =>
    socket.write(`${headStart}content-length: 100\r\n\r\n{`, () => controller.abort(reason)),
  )
  await expect(minimo.customFields.list({ signal: controller.signal })).rejects.toBe(reason)
  await Promise.all(closed)
})

it.each([
  ['stalls', (_, response) => void response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":')],
  ['drips', endless(500, ' ', 5)],
] satisfies [string, RequestListener][])('E6: an error body that %s for ever is a TimeoutError', async (_, handler) => {
  const { minimo, sockets } = await clientOf(handler)
  await expect(minimo.customFields.list({ timeout: 50 })).rejects.toMatchObject({ name: 'TimeoutError' })
  await closeOf(sockets)
})

it('E6: an error body that never ends is cut at 1 MiB, and its connection closed', async () => {
  const { minimo, sockets } = await clientOf(endless(422, 'x'.repeat(10_000)))
  const error: unknown = await minimo.customFields.list().catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'ApiError', status: 422, body: 'x'.repeat(2 ** 20) })
  await closeOf(sockets)
})

it.each([301, 302, 303, 307, 308])('E8: a redirect %d to another origin is not followed', async (status) => {
  const other = await clientOf((_, response) => response.end('{}'))
  const location = `${other.baseUrl}/elsewhere`
  const { minimo } = await clientOf((_, response) => response.writeHead(status, { location }).end())
  const sent = minimo.contacts.upsert({ email: 'anna@example.com' })
  await expect(sent).rejects.toMatchObject({ name: 'ApiError', status, code: `http_${status}` })
  expect(other.seen).toEqual([])
})

it('R9: attempts that are repeated leave no connection behind', async () => {
  const { minimo, sockets } = await clientOf(
    (_, response) => response.writeHead(503, { 'retry-after-ms': '0' }).end('x'.repeat(100_000)),
    { retries: 9 },
  )
  await expect(minimo.customFields.list()).rejects.toMatchObject({ status: 503, attempts: 10 })
  expect(sockets.size).toBeLessThanOrEqual(2)
})
