import { buffer } from 'node:stream/consumers'
import { expect, it } from 'vitest'
import { ClientError } from '../src/index.ts'
import { createUndiciFetch } from '../src/undici.ts'
import { clientOf } from './loopback.ts'
import { pool } from './pool.ts'

/** A server that keeps what it is sent. */
async function recorder() {
  const received: { method: string | undefined; type: string | undefined; length: string | undefined; body: string }[] =
    []
  const { baseUrl, seen } = await clientOf(async (request, response) => {
    const { 'content-type': type, 'content-length': length } = request.headers
    received.push({ method: request.method, type, length, body: (await buffer(request)).toString('latin1') })
    response.end()
  })
  return { received, baseUrl, seen, ...pool() }
}

const bytes = new Uint8Array([0, 255, 128, 10])
const latin = Buffer.from(bytes).toString('latin1')
const streamOf = (text: string) => new Blob([text]).stream()

it.each<[what: string, body: BodyInit, type: string | undefined, content: string]>([
  ['text', 'à', 'text/plain;charset=UTF-8', Buffer.from('à').toString('latin1')],
  ['empty text', '', 'text/plain;charset=UTF-8', ''],
  [
    'a query',
    new URLSearchParams({ a: 'x y', b: 'à' }),
    'application/x-www-form-urlencoded;charset=UTF-8',
    'a=x+y&b=%C3%A0',
  ],
  ['an array of bytes', bytes, undefined, latin],
  ['a part of one', new Uint8Array([1, ...bytes, 1]).subarray(1, -1), undefined, latin],
  ['a buffer', bytes.buffer, undefined, latin],
  ['a view', new DataView(bytes.buffer), undefined, latin],
  ['a blob', new Blob([bytes]), undefined, latin],
  ['a blob with a type', new Blob([bytes], { type: 'image/png' }), 'image/png', latin],
])('%s is sent as fetch sends it, and again', async (_, body, type, content) => {
  const { fetch, baseUrl, received } = await recorder()
  for (let attempt = 0; attempt < 2; attempt++) await fetch(baseUrl, { method: 'POST', body })
  await globalThis.fetch(baseUrl, { method: 'POST', body })
  const want = { method: 'POST', type, length: String(content.length), body: content }
  expect(received).toEqual([want, want, want])
})

it('a form is sent as multipart with its boundary, and again', async () => {
  const { fetch, baseUrl, received } = await recorder()
  const form = new FormData()
  form.append('name', 'à"b')
  form.append('file', new File([bytes], 'a.bin', { type: 'image/png' }))
  form.append('blob', new Blob(['b']))
  for (let attempt = 0; attempt < 2; attempt++) await fetch(baseUrl, { method: 'POST', body: form })
  for (const { type, length, body } of received) {
    expect(length).toBe(String(body.length))
    const parsed = await new Response(Buffer.from(body, 'latin1'), {
      headers: { 'content-type': type ?? '' },
    }).formData()
    expect([parsed.get('name'), (parsed.get('blob') as File).name]).toEqual(['à"b', 'blob'])
    const file = parsed.get('file') as File
    expect([file.name, file.type, new Uint8Array(await file.arrayBuffer())]).toEqual(['a.bin', 'image/png', bytes])
  }
  expect(received).toHaveLength(2)
})

it('a stream is sent as it comes', async () => {
  const { fetch, baseUrl, received } = await recorder()
  await fetch(baseUrl, { method: 'PUT', body: streamOf('streamed') })
  expect(received).toEqual([{ method: 'PUT', type: undefined, length: undefined, body: 'streamed' }])
})

it('a stream that breaks off ends the request', async () => {
  const broken = new ReadableStream({ pull: (controller) => controller.error(new RangeError('no more')) })
  const { fetch, baseUrl } = await recorder()
  await expect(fetch(baseUrl, { method: 'PUT', body: broken })).rejects.toThrow('no more')
})

it.each([
  ['a record', { 'Content-Type': 'text/csv' }],
  ['pairs', [['Content-Type', 'text/csv']]],
  ['Headers', new Headers({ 'Content-Type': 'text/csv' })],
] satisfies [string, HeadersInit][])('the content type that the caller gives in %s holds', async (_, headers) => {
  const { fetch, baseUrl, received } = await recorder()
  for (const body of ['a', new Blob(['a'], { type: 'x/y' }), new URLSearchParams('a'), bytes]) {
    await fetch(baseUrl, { method: 'POST', body, headers })
  }
  expect(new Set(received.map(({ type }) => type))).toEqual(new Set(['text/csv']))
})

it('takes a URL or a Request, as fetch does', async () => {
  const { fetch, baseUrl, received, seen } = await recorder()
  await fetch(new URL(`${baseUrl}?q=1#part`), { method: 'patch', body: 'a' })
  const request = new Request(`${baseUrl}/path`, { method: 'POST', body: 'b', headers: { 'x-a': '1' } })
  const response = await fetch(request, { headers: { 'x-a': '2' } })
  expect(received.map(({ method, body }) => [method, body])).toEqual([
    ['PATCH', 'a'],
    ['POST', 'b'],
  ])
  expect(seen).toMatchObject([{ url: '/?q=1' }, { url: '/path', headers: { 'x-a': '2', accept: '*/*' } }])
  expect(response.url).toBe(`${baseUrl}/path`)
})

const used = () => {
  const stream = streamOf('used')
  stream.getReader()
  return stream
}
it.each<[what: string, init: RequestInit, message: RegExp]>([
  [
    'a body of another kind',
    { method: 'POST', body: 5 as unknown as BodyInit },
    /text, bytes, a form, .* found number/,
  ],
  ['an object as a body', { method: 'POST', body: {} as BodyInit }, /text, bytes, a form, .* found object/],
  ['a stream that is in use', { method: 'POST', body: used() }, /read already/],
  ['a GET with a body', { body: 'x' }, /GET/],
  ['a header with a line break', { headers: { 'x-a': 'secret\n' } }, /invalid x-a header/],
  ['a header name with a space', { headers: { 'x a': 'b' } }, /invalid header key/],
  [
    'a header that is not for callers',
    { headers: { 'transfer-encoding': 'chunked' } },
    /invalid transfer-encoding header/,
  ],
  [
    'a content-length that is wrong',
    { method: 'POST', body: 'x', headers: { 'content-length': '2' } },
    /content-length/,
  ],
  ['a method that is none', { method: 'A B' }, /invalid request method/],
])('%s is a mistake, found before anything is sent', async (_, init, message) => {
  const { fetch, baseUrl, seen } = await recorder()
  const error: unknown = await fetch(baseUrl, init).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect((error as Error).message).toMatch(message)
  expect((error as Error).message).not.toContain('secret')
  expect(seen).toEqual([])
})

it.each([
  '/path',
  'ftp://example.com/geheim',
  'http://geheim@127.0.0.1:1',
  'http://:geheim@127.0.0.1:1',
  'http://[geheim',
])('the URL %s is a mistake, and is not repeated', async (url) => {
  const error: unknown = await pool()
    .fetch(url)
    .catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect(String((error as Error).stack)).not.toContain('geheim')
})

it('a pool that was closed says so', async () => {
  const { baseUrl, seen } = await recorder()
  const { fetch, close } = createUndiciFetch()
  await close()
  await expect(fetch(baseUrl)).rejects.toThrow(ClientError)
  expect(seen).toEqual([])
})

it('a redirect is handed over, followed or refused, as the options say', async () => {
  const other = await recorder()
  const { baseUrl, seen } = await clientOf(({ url }, response) => {
    if (url === '/end') response.end('reached')
    else response.writeHead(url === '/away' ? 307 : 303, { location: url === '/away' ? other.baseUrl : '/end' }).end()
  })
  const { fetch } = pool()
  const init = { method: 'POST', body: 'x', headers: { authorization: 'secret' } }
  const handed = await fetch(`${baseUrl}/start`, { ...init, redirect: 'manual' })
  expect([handed.status, handed.headers.get('location'), handed.redirected]).toEqual([303, '/end', false])
  await expect(fetch(`${baseUrl}/start`, { ...init, redirect: 'error' })).rejects.toThrow(/redirected \(303\)/)
  expect(seen.map(({ url }) => url)).toEqual(['/start', '/start'])
  const followed = await fetch(`${baseUrl}/start`, init)
  expect([followed.url, followed.redirected, await followed.text()]).toEqual([`${baseUrl}/end`, true, 'reached'])
  await fetch(`${baseUrl}/away`, init)
  expect(other.seen).toMatchObject([{ headers: expect.not.objectContaining({ authorization: 'secret' }) }])
  expect(other.received).toMatchObject([{ method: 'POST', body: 'x' }])
})

it('a redirect of a stream is refused: it cannot be sent twice', async () => {
  const { baseUrl } = await clientOf((_, response) => response.writeHead(307, { location: '/end' }).end())
  const body = streamOf('once')
  await expect(pool().fetch(baseUrl, { method: 'POST', body })).rejects.toThrow(/redirected \(307\)/)
})
