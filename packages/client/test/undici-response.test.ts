import { getEventListeners } from 'node:events'
import type { RequestListener } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { clientOf, closeOf, endless } from './loopback.ts'
import { pool } from './pool.ts'

const json: RequestListener = (_, response) =>
  response
    .writeHead(201, 'Made', { 'content-type': 'application/json', 'set-cookie': ['a=1', 'b=2'], 'x-a': ['1', '2'] })
    .end('{"a":"à"}')

async function answered(handler: RequestListener = json) {
  const { baseUrl, sockets } = await clientOf(handler)
  return { response: await pool().fetch(`${baseUrl}/path#part`), sockets, baseUrl }
}

it('a response has what a native one has', async () => {
  const { response, baseUrl } = await answered()
  const { status, statusText, ok, redirected, type, url, bodyUsed } = response
  expect({ status, statusText, ok, redirected, type, url, bodyUsed }).toEqual({
    ...{ status: 201, statusText: 'Made', ok: true, redirected: false, type: 'basic', url: `${baseUrl}/path` },
    bodyUsed: false,
  })
  expect(response).toBeInstanceOf(Response)
})

it('its headers are Headers', async () => {
  const { headers } = (await answered()).response
  expect(headers).toBeInstanceOf(Headers)
  expect([
    headers.get('X-A'),
    headers.has('SET-cookie'),
    headers.get('constructor'),
    headers.has('constructor'),
  ]).toEqual([...['1, 2', true, null, false]])
  expect(headers.getSetCookie()).toEqual(['a=1', 'b=2'])
  expect([...headers].filter(([name]) => name.startsWith('x-'))).toEqual([['x-a', '1, 2']])
  expect(new Headers(headers).get('content-type')).toBe('application/json')
  const names: string[] = []
  headers.forEach((_, name) => {
    names.push(name)
  })
  expect(names).toEqual([...headers.keys()])
})

it.each<[how: string, read: (response: Response) => Promise<unknown>, want: unknown]>([
  ['text', (response) => response.text(), '{"a":"à"}'],
  ['json', (response) => response.json(), { a: 'à' }],
  ['arrayBuffer', async (response) => Buffer.from(await response.arrayBuffer()).toString(), '{"a":"à"}'],
  ['bytes', async (response) => Buffer.from(await response.bytes()).toString(), '{"a":"à"}'],
  ['blob', async (response) => (await response.blob()).type, 'application/json'],
  ['a stream', (response) => new Response(response.body).text(), '{"a":"à"}'],
  ['a clone', (response) => response.clone().json(), { a: 'à' }],
])('its body can be read as %s', async (_, read, want) => {
  expect(await read((await answered()).response)).toEqual(want)
})

it('a form can be read', async () => {
  const { response } = await answered((_, response) =>
    response.setHeader('content-type', 'application/x-www-form-urlencoded').end('a=1'),
  )
  expect((await response.formData()).get('a')).toBe('1')
})

it('a clone and its original are read apart', async () => {
  const { response } = await answered()
  const clone = response.clone()
  expect([clone.status, clone.headers.get('x-a')]).toEqual([201, '1, 2'])
  expect(await Promise.all([response.text(), clone.text()])).toEqual(['{"a":"à"}', '{"a":"à"}'])
})

it.each(['text', 'arrayBuffer'] as const)('a body is read once: %s', async (how) => {
  const { response } = await answered()
  await response[how]()
  expect(response.bodyUsed).toBe(true)
  await expect(response.text()).rejects.toThrow(TypeError)
  await expect(response.arrayBuffer()).rejects.toThrow(TypeError)
})

it('a body can be read into a buffer of the caller', async () => {
  const { response } = await answered()
  const reader = response.body?.getReader({ mode: 'byob' })
  const { value } = (await reader?.read(new Uint8Array(4))) ?? {}
  expect(Buffer.from(value ?? []).toString()).toBe('{"a"')
  await reader?.cancel()
})

it.each([
  ['an error whose body comes in pieces', 500],
  ['a success whose body comes in pieces', 200],
])('%s is read to its end, and the event loop turns', async (_, status) => {
  const { baseUrl } = await clientOf((_, response) => {
    response.writeHead(status)
    let left = 8
    const write = () => (left-- > 0 ? response.write('x'.repeat(2 ** 16), () => setImmediate(write)) : response.end())
    write()
  })
  let turns = 0
  const timer = setInterval(() => turns++)
  const response = await pool().fetch(baseUrl)
  // Long enough for more to come than is taken in before anyone reads.
  while (turns < 20) await sleep(1)
  let length = 0
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) length += chunk.length
  clearInterval(timer)
  expect(length).toBe(8 * 2 ** 16)
})

it('a body that nobody reads holds back who sends it, and comes whole to who does', async () => {
  const [chunk, count] = [Buffer.alloc(2 ** 20, 'x'), 64]
  let written = 0
  const { baseUrl } = await clientOf((_, response) => {
    response.writeHead(200)
    const write = () => (written++ < count ? response.write(chunk, write) : response.end())
    write()
  })
  const response = await pool().fetch(baseUrl)
  let before = -1
  while (before !== written) {
    before = written
    await sleep(200)
  }
  // What the system holds for a connection is a few megabytes.
  expect(written).toBeLessThan(count / 2)
  expect((await response.arrayBuffer()).byteLength).toBe(count * chunk.length)
})

it('a signal that is aborted already sends nothing', async () => {
  const { baseUrl, seen } = await clientOf(json)
  await expect(pool().fetch(baseUrl, { signal: AbortSignal.abort('enough') })).rejects.toBe('enough')
  expect(seen).toEqual([])
})

it.each([new Error('enough'), 'enough', '', null])(
  'an abort half-way through a body rejects with its reason (%o), and closes the connection',
  async (reason) => {
    const { baseUrl, sockets } = await clientOf(endless(200, 'x', 1))
    const controller = new AbortController()
    const response = await pool().fetch(baseUrl, { signal: controller.signal })
    const read = response.text()
    setTimeout(() => controller.abort(reason), 20)
    await expect(read).rejects.toBe(reason)
    await closeOf(sockets)
  },
)

it('an abort while a request waits for a connection sends nothing', async () => {
  const { baseUrl, seen } = await clientOf(endless(200, 'x', 1))
  const { fetch } = pool({ connections: 1 })
  const controller = new AbortController()
  const first = await fetch(baseUrl)
  const waiting = fetch(`${baseUrl}/second`, { signal: controller.signal })
  controller.abort('')
  await expect(waiting).rejects.toBe('')
  await first.body?.cancel()
  expect(await (await fetch(`${baseUrl}/third`)).body?.cancel()).toBeUndefined()
  expect(seen.map(({ url }) => url)).toEqual(['/', '/third'])
})

it('R8: many requests on one signal leave no listener and print no warning', async () => {
  const { baseUrl } = await clientOf((request, response) => {
    if (request.url === '/reset') request.socket.resetAndDestroy()
    else response.writeHead(request.url === '/empty' ? 204 : 200).end()
  })
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  const { signal } = new AbortController()
  const { fetch } = pool()
  const call = async (_: unknown, index: number) => {
    const response = await fetch(`${baseUrl}/${['reset', 'empty', 'whole'][index % 3]}`, { signal })
    await response.text()
  }
  await Promise.allSettled(Array.from({ length: 60 }, call))
  await sleep(1)
  process.off('warning', note)
  expect([getEventListeners(signal, 'abort'), warnings]).toEqual([[], []])
})

it('a body that broke off before anyone read it fails for who does', async () => {
  const { response, sockets } = await answered(({ socket }, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('x', () => setImmediate(() => socket.resetAndDestroy()))
  })
  await closeOf(sockets)
  await sleep(20)
  await expect(response.text()).rejects.toMatchObject({ code: expect.stringMatching(/ECONNRESET|UND_ERR_SOCKET/) })
})
