import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { expect, it, onTestFinished } from 'vitest'
import { createMinimoClient, type MinimoClientOptions, ResponseParseError } from '../src/index.ts'

type Listening = { listen(port: number, host: string, ready: () => void): { address(): unknown }; close(): unknown }

/** Starts a server on a port of this machine for one test. */
async function listen(server: Listening, close = () => server.close()): Promise<string> {
  const { port } = await new Promise<AddressInfo>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server as unknown as { address(): AddressInfo }).address()))
  })
  onTestFinished(() => {
    close()
  })
  return `http://127.0.0.1:${port}`
}

/** A client of a real HTTP server, and the requests that reached it. */
async function clientOf(handler: RequestListener, options: MinimoClientOptions = {}) {
  const seen: { url: string | undefined; headers: NodeJS.Dict<string | string[]> }[] = []
  const server = createServer((request, response) => {
    seen.push({ url: request.url, headers: request.headers })
    handler(request, response)
  })
  const baseUrl = await listen(server, () => {
    server.close()
    server.closeAllConnections()
  })
  return { seen, minimo: createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 0, ...options }) }
}

/** A client of a bare socket: what answers is up to the test. */
async function clientOfSocket(onRequest: (socket: Socket, attempt: number) => void, options: MinimoClientOptions = {}) {
  const sockets: Socket[] = []
  const server = createTcpServer((socket) => {
    sockets.push(socket)
    socket.on('error', () => undefined)
    socket.once('data', () => onRequest(socket, sockets.length))
  })
  const baseUrl = await listen(server, () => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return { sockets, minimo: createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 0, ...options }) }
}

const headStart = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n'

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
    let closed: Promise<unknown> = Promise.resolve()
    const { minimo } = await clientOfSocket((socket) => {
      closed = new Promise((resolve) => socket.once('close', resolve))
      socket.write(`${headStart}content-length: 100\r\n\r\n{`)
    })
    const sent = minimo.customFields.list({ [limit]: 30 })
    await expect(sent).rejects.toMatchObject({ name: 'TimeoutError', limit, attempts: 1 })
    await closed
  },
)

it('R6: a server that takes the request and says nothing is a TimeoutError', async () => {
  const { minimo } = await clientOfSocket(() => undefined)
  await expect(minimo.customFields.list({ timeout: 30 })).rejects.toMatchObject({ name: 'TimeoutError' })
})

it('R7: an abort while the body arrives rejects with its reason, and closes the connection', async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  let closed: Promise<unknown> = Promise.resolve()
  const { minimo } = await clientOfSocket((socket) => {
    closed = new Promise((resolve) => socket.once('close', resolve))
    socket.write(`${headStart}content-length: 100\r\n\r\n{`, () => controller.abort(reason))
  })
  await expect(minimo.customFields.list({ signal: controller.signal })).rejects.toBe(reason)
  await closed
})

it('E6: an error body that never ends is a TimeoutError', async () => {
  const { minimo } = await clientOf((_, response) => {
    response.writeHead(500, { 'content-type': 'application/json' }).write('{"error":')
  })
  await expect(minimo.customFields.list({ timeout: 30 })).rejects.toMatchObject({ name: 'TimeoutError' })
})

it.each([301, 302, 303, 307, 308])('E8: a redirect %d to another origin is not followed', async (status) => {
  const other = await clientOf((_, response) => response.end('{}'))
  const address = await otherOrigin(other)
  const { minimo } = await clientOf((_, response) => response.writeHead(status, { location: address }).end())
  const sent = minimo.contacts.upsert({ email: 'anna@example.com' })
  await expect(sent).rejects.toMatchObject({ name: 'ApiError', status, code: `http_${status}` })
  expect(other.seen).toEqual([])
})

/** The address of a client's server, as the server sees it. */
async function otherOrigin({ minimo, seen }: Awaited<ReturnType<typeof clientOf>>): Promise<string> {
  await minimo.contacts.delete(1)
  const { host } = seen.pop()?.headers ?? {}
  return `http://${host}/elsewhere`
}

it('R9: attempts that are repeated leave no connection behind', async () => {
  let connections = 0
  const server = createServer((_, response) => {
    response.writeHead(503, { 'retry-after-ms': '0' }).end('x'.repeat(100_000))
  })
  server.on('connection', () => connections++)
  const baseUrl = await listen(server, () => server.closeAllConnections())
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', baseUrl, retries: 9 })
  await expect(minimo.customFields.list()).rejects.toMatchObject({ status: 503, attempts: 10 })
  expect(connections).toBeLessThanOrEqual(2)
})
