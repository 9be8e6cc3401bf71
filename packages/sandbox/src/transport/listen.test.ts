import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect, it, onTestFinished } from 'vitest'
import type { Damage, Handle, SandboxRequest } from '../exchange/exchange.ts'
import { createListen, type ListenOptions } from './listen.ts'

const answerOk: Handle = async () => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: '{"ok":1}',
})

/** A server that is closed after the test, and the requests that it was sent. */
async function serve(handle: Handle = answerOk, options: ListenOptions = {}) {
  const requests: SandboxRequest[] = []
  const listening = await createListen((request) => {
    requests.push(request)
    return handle(request)
  }, options)()
  onTestFinished(listening.close)
  return { ...listening, port: Number(new URL(listening.url).port), requests }
}

/** Everything the server says to what is written to a connection, until it ends. */
async function exchange(port: number, ...pieces: (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  for (const piece of pieces) socket.write(piece)
  return text(socket)
}

const damaged =
  (damage: Damage): Handle =>
  async () => ({ status: 200, headers: {}, body: '0123456789', damage })

it('a request arrives whole, nothing of it decoded that means something', async () => {
  const { url, requests } = await serve()
  const response = await fetch(`${url}/public/v1/x%2Fy?a=%41&b`, { method: 'PUT', headers: { 'X-A': 'b' }, body: 'è' })
  expect([response.status, await response.json()]).toEqual([200, { ok: 1 }])
  expect(response.headers.get('content-length')).toBe('8')
  const { body, ...rest } = requests[0] ?? {}
  expect(rest).toMatchObject({ method: 'PUT', path: '/public/v1/x%2Fy', query: 'a=%41&b', headers: { 'x-a': 'b' } })
  expect(Buffer.from(body ?? '').toString()).toBe('è')
})

it('a header that comes twice is joined, whichever it is', async () => {
  const { port, requests } = await serve()
  const lines = ['Host: localhost', 'Authorization: a', 'authorization: b', '__proto__: c', 'Connection: close']
  await exchange(port, `GET / HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  expect(requests[0]?.headers.authorization).toBe('a, b')
  expect(Object.keys(requests[0]?.headers ?? {})).toContain('__proto__')
})

it.each([
  ['GET /a?b HTTP/1.1\r\nHost: localhost:1', { path: '/a', query: 'b', local: true }],
  ['GET /a HTTP/1.1\r\nHost: [::1]:80', { local: true }],
  ['GET /a HTTP/1.1\r\nHost: 127.9.9.9', { local: true }],
  ['GET /a HTTP/1.1\r\nHost: rebound.example.com', { local: false }],
  ['GET /a HTTP/1.1\r\nHost: 127.0.0.1.example.com', { local: false }],
  ['GET /a HTTP/1.1\r\nHost: localhost@example.com', { local: false }],
  ['GET http://localhost/a?b HTTP/1.1\r\nHost: x', { path: '/a', query: 'b', local: true }],
  ['GET http://example.com/a HTTP/1.1\r\nHost: localhost', { path: '/a', local: false }],
  ['GET http://example.com HTTP/1.1\r\nHost: x', { path: '/', local: false }],
  ['GET /%61%2E%7e/%2Fb%20%ZZ HTTP/1.1\r\nHost: x', { path: '/a.~/%2Fb%20%ZZ' }],
  ['OPTIONS * HTTP/1.1\r\nHost: localhost', { method: 'OPTIONS', path: '*' }],
])('%j is understood', async (head, expected) => {
  const { port, requests } = await serve()
  await exchange(port, `${head}\r\nConnection: close\r\n\r\n`)
  expect(requests[0]).toMatchObject(expected)
})

it('a 204, an answer without a body, and a HEAD are sent without one', async () => {
  const { url } = await serve(async ({ path, method }) =>
    method === 'HEAD'
      ? { status: 405, headers: {}, body: '{}' }
      : { status: Number(path.slice(1)), headers: { 'x-a': 'b' } },
  )
  for (const [status, length] of [
    [204, null],
    [500, '0'],
  ] as const) {
    const response = await fetch(`${url}/${status}`)
    expect([response.status, response.headers.get('content-length'), await response.text()]).toEqual([
      status,
      length,
      '',
    ])
  }
  expect((await fetch(url, { method: 'HEAD' })).status).toBe(405)
})

it.each(['chunked', 'with its length'])('a body over the limit is answered at once, %s', async (how) => {
  const { port, requests } = await serve(async ({ body }) => ({ status: 422, headers: {}, body: String(body) }))
  const size = 4 * 1024 * 1024
  const headers = how === 'chunked' ? {} : { 'content-length': size }
  const request = httpRequest({ port, method: 'POST', headers })
  const answered = once(request, 'response')
  request.write(Buffer.alloc(size / 2))
  const [response] = await answered
  expect([response.statusCode, response.headers.connection, await text(response)]).toEqual([422, 'close', 'too-large'])
  request.end(Buffer.alloc(size / 2))
  await once(request, 'close')
  expect(requests).toHaveLength(1)
})

it('a caller that reads only after having sent everything still gets the answer', async () => {
  const { url } = await serve(async ({ body }) => ({ status: 422, headers: {}, body: String(body) }))
  const port = Number(new URL(url).port)
  const size = 8 * 1024 * 1024
  const socket = connect(port, '127.0.0.1').pause()
  socket.write(`POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${size}\r\n\r\n`)
  await new Promise((resolve) => socket.write(Buffer.alloc(size), resolve))
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 422 .*\r\n\r\ntoo-large$/s)
})

it('the control API reads larger bodies', async () => {
  const { url, requests } = await serve()
  const body = Array.from({ length: 400_000 }, (_, number) => number).join()
  await fetch(`${url}/_sandbox/restore`, { method: 'POST', body })
  expect(Buffer.from(requests[0]?.body ?? '').toString()).toBe(body)
})

it('100-continue is answered', async () => {
  const { port } = await serve()
  const head =
    'PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 1\r\nConnection: close\r\n\r\n'
  expect(await exchange(port, head, 'x')).toMatch(/^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/)
})

it.each([`Content-Length: ${2 * 1024 * 1024}`, 'Content-Length: 99999999'])(
  'a body that is too long is refused before it is sent, to who asks first: %s',
  async (length) => {
    const { port } = await serve(async ({ body }) => ({ status: 422, headers: {}, body: String(body) }))
    const head = `PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n${length}\r\n\r\n`
    expect(await exchange(port, head)).toMatch(/^HTTP\/1\.1 422 .*\r\n\r\ntoo-large$/s)
  },
)

it.each(['GET / HT', 'GET / HTTP/1.1\r\nHost: x\r\n', 'PUT / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nabc'])(
  'a request that does not arrive in time gets 408: %j',
  async (sent) => {
    const { port, url, requests } = await serve(answerOk, { requestTimeout: 300 })
    const [head, body = ''] = (await exchange(port, sent)).split('\r\n\r\n')
    expect(head).toContain('HTTP/1.1 408 Request Timeout')
    expect(JSON.parse(body)).toMatchObject({ error: { code: 'request_timeout' } })
    expect(requests).toEqual([])
    expect((await fetch(url)).status).toBe(200)
  },
)

it('an upload that is too long and too slow still gets its one answer', async () => {
  const slow: Handle = async ({ body }) => ({ status: 422, headers: {}, body: String(body) })
  const { port } = await serve(slow, { requestTimeout: 300 })
  const head = 'PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99999999\r\n\r\nabc'
  const answer = await exchange(port, head)
  expect(answer.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 422'])
  expect(answer).toContain('too-large')
})

it.each([
  ['nonsense\r\n\r\n', 400],
  ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n', 400],
  [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
  ['GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
  ['CONNECT localhost:1 HTTP/1.1\r\nHost: localhost:1\r\n\r\n', 400],
  ['PUT / HTTP/1.1\r\nHost: x\r\nExpect: more\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx', 417],
])('what is no HTTP gets the usual error body: %#', async (sent, status) => {
  const { port } = await serve()
  const [head, body = ''] = (await exchange(port, sent)).split('\r\n\r\n')
  expect(head).toContain(`HTTP/1.1 ${status} `)
  expect(JSON.parse(body)).toMatchObject({ error: { code: 'bad_request' } })
})

it.each(['close', 'keep-alive'])(
  'what is no HTTP hides no answer to what came before it, connection %s',
  async (kept) => {
    const { port, requests } = await serve()
    const head = `PUT / HTTP/1.1\r\nHost: localhost\r\nConnection: ${kept}\r\nContent-Length: 1\r\n\r\n`
    const answers = await exchange(port, `${head}xnonsense\r\n\r\n`)
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 200', ...(kept === 'close' ? [] : ['HTTP/1.1 400'])])
    expect(requests).toHaveLength(1)
  },
)

it('any bytes leave the server running', async () => {
  const { url, port } = await serve()
  const line = fc.constantFrom(
    'GET / HTTP/1.1\r\n',
    'POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n',
    '',
  )
  await fc.assert(
    fc.asyncProperty(line, fc.uint8Array({ maxLength: 100 }), async (start, bytes) => {
      const socket = connect(port, '127.0.0.1')
      socket.on('error', () => undefined).resume()
      socket.write(start)
      socket.write(bytes, () => socket.destroySoon())
      await once(socket, 'close')
    }),
    { numRuns: 200 },
  )
  expect((await fetch(url)).status).toBe(200)
})

it('a reset leaves the caller without an answer', async () => {
  const { url } = await serve(damaged('reset'))
  await expect(fetch(url)).rejects.toMatchObject({
    cause: { code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) },
  })
})

it('a reset in the body comes after half of it, of the length announced', async () => {
  const { url } = await serve(damaged('reset-body'))
  const response = await fetch(url)
  expect(response.headers.get('content-length')).toBe('10')
  const pieces: string[] = []
  const read = async () => {
    for await (const piece of response.body ?? []) pieces.push(Buffer.from(piece).toString())
  }
  await expect(read()).rejects.toThrow('terminated')
  expect(pieces).toEqual(['01234'])
})

it('a stalled answer gives its headers, and closing the server ends it', async () => {
  const { url, close } = await serve(damaged('stall'))
  const response = await fetch(url)
  expect(response.headers.get('content-length')).toBe('10')
  const body = response.text()
  await Promise.all([expect(body).rejects.toThrow(), close()])
})

/** Streams until its caller has left; `left` resolves then. */
function createEndless() {
  const left = Promise.withResolvers<void>()
  async function* count(signal: AbortSignal) {
    try {
      yield 'one'
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    } finally {
      left.resolve()
    }
  }
  const handle: Handle = async ({ signal }) => ({ status: 200, headers: {}, body: count(signal()) })
  return { handle, left: left.promise }
}

it('pieces arrive as they come, and end when the caller leaves', async () => {
  const { handle, left } = createEndless()
  const { url } = await serve(handle)
  const reader = (await fetch(url)).body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? '').toString()).toBe('one')
  await reader?.cancel()
  await left
})

it('closing the server ends what is streamed, whole', async () => {
  const { handle, left } = createEndless()
  const { url, close } = await serve(handle)
  const body = (await fetch(url)).text()
  await Promise.all([close(), left])
  expect(await body).toBe('one')
})

it('closing waits for requests under way, and then nothing listens', async () => {
  const started = Promise.withResolvers<void>()
  const finish = Promise.withResolvers<void>()
  const { url, close } = await serve(async (request) => {
    started.resolve()
    await finish.promise
    return answerOk(request)
  })
  const answered = fetch(url)
  await started.promise
  const closed = close()
  finish.resolve()
  expect((await answered).headers.get('connection')).toBe('close')
  await closed
  await expect(fetch(url)).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } })
})

it('closing waits no longer than three seconds for an answer', async () => {
  const started = Promise.withResolvers<void>()
  const { url, close } = await serve(() => {
    started.resolve()
    return new Promise(() => undefined)
  })
  const answered = fetch(url)
  await started.promise
  await Promise.all([expect(answered).rejects.toThrow(), close()])
})

it('closing does not wait for who does not read a large answer', async () => {
  const { port, close } = await serve(async () => ({ status: 200, headers: {}, body: 'x'.repeat(50_000_000) }))
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  socket.pause().write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')
  await once(socket, 'readable')
  await close()
})

it('connections that are kept open, or have sent nothing, do not keep the server from closing', async () => {
  const { url, port, close } = await serve()
  await (await fetch(url)).text()
  const silent = connect(port, '127.0.0.1')
  await once(silent, 'connect')
  const ended = once(
    silent.resume().on('error', () => undefined),
    'close',
  )
  await Promise.all([close(), close(), ended])
})

it('an upload that does not end does not keep the server from closing', async () => {
  const { port, close, requests } = await serve()
  const socket = connect(port, '127.0.0.1').on('error', () => undefined)
  socket.write('PUT / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 10\r\n\r\n')
  await once(socket, 'data')
  socket.write('abc')
  const ended = new Promise((resolve) => socket.once('close', resolve))
  await Promise.all([close(), ended])
  expect(requests).toEqual([])
})

it('an answer whose headers cannot be sent ends the connection, not the server', async () => {
  const { url } = await serve(async ({ path }) =>
    path === '/bad' ? { status: 200, headers: { x: 'a\nb' }, body: '' } : { status: 204, headers: {} },
  )
  await expect(fetch(`${url}/bad`)).rejects.toThrow()
  expect((await fetch(url)).status).toBe(204)
})

it('an address that cannot be had is told with what to do', async () => {
  const { port } = await serve()
  const listen = createListen(answerOk)
  await expect(listen({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is in use. Choose another`)
  await expect(listen({ port: 70_000 })).rejects.toThrow('expected a port from 0 to 65535, found 70000')
  await expect(listen({ host: '192.0.2.1' })).rejects.toThrow('192.0.2.1 is no address of this machine')
})

it.each([
  ['0.0.0.0', /^http:\/\/127\.0\.0\.1:\d+$/],
  ['localhost', /^http:\/\/localhost:\d+$/],
  ['::1', /^http:\/\/\[::1\]:\d+$/],
  ['[::1]', /^http:\/\/\[::1\]:\d+$/],
])('on %s the URL can be called', async (host, expected) => {
  const { url, close } = await createListen(answerOk)({ host })
  onTestFinished(close)
  expect(url).toMatch(expected)
  expect((await fetch(url)).status).toBe(200)
})
