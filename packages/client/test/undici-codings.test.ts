import type { RequestListener, ServerResponse } from 'node:http'
import * as zlib from 'node:zlib'
import { expect, it } from 'vitest'
import { clientOf, closeOf } from './loopback.ts'
import { pool } from './pool.ts'

const body = JSON.stringify([{ key: 'CITTÀ' }, { key: 'x'.repeat(100_000) }])
const answer =
  (encoding: string | string[], bytes: Uint8Array, status = 200): RequestListener =>
  (_, response) =>
    response
      .setHeader('content-encoding', encoding)
      .writeHead(status, { 'content-type': 'application/json' })
      .end(bytes)

it.each<[encoding: string | string[], bytes: Uint8Array]>([
  ['gzip', zlib.gzipSync(body)],
  ['X-GZIP', zlib.gzipSync(body)],
  ['deflate', zlib.deflateSync(body)],
  ['deflate', zlib.deflateRawSync(body)],
  ['br', zlib.brotliCompressSync(body)],
  ['zstd', zlib.zstdCompressSync(body)],
  ['identity', Buffer.from(body)],
  ['gzip, br', zlib.brotliCompressSync(zlib.gzipSync(body))],
  [['gzip', 'identity', 'deflate'], zlib.deflateSync(zlib.gzipSync(body))],
])('a body in %s is decoded, and its headers stay as they were', async (encoding, bytes) => {
  const { minimo } = await clientOf(answer(encoding, bytes), pool())
  const { data, response } = await minimo.call('listCustomFields')
  expect(data).toEqual(JSON.parse(body))
  expect(response.headers.get('content-encoding')).toBe([encoding].flat().join(', '))
})

it('the body of an error is decoded too', async () => {
  const { minimo } = await clientOf(answer('gzip', zlib.gzipSync('{"message":"no"}'), 409), pool())
  await expect(minimo.customFields.list()).rejects.toMatchObject({ status: 409, body: { message: 'no' } })
})

it.each([
  ['an unknown coding', 'gzip, lzma', zlib.gzipSync('x')],
  ['a coding that is a property of every object', 'constructor', Buffer.from('x')],
  ['more codings than fetch undoes', 'gzip, gzip, gzip, gzip, gzip, gzip', Buffer.from('x')],
])('a body in %s stays as it is', async (_, encoding, bytes) => {
  const { baseUrl } = await clientOf(answer(encoding, bytes))
  const response = await pool().fetch(baseUrl)
  expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from(bytes))
})

it('no bytes at all are an empty body, whatever their coding', async () => {
  const { baseUrl } = await clientOf(answer('gzip', Buffer.alloc(0)))
  expect(await (await pool().fetch(baseUrl)).text()).toBe('')
})

it.each([
  ['HEAD', 200],
  ['GET', 204],
  ['GET', 304],
])('what answers %s with %s has no body to decode', async (method, status) => {
  const { baseUrl } = await clientOf((_, response) => response.writeHead(status, { 'content-encoding': 'gzip' }).end())
  const response = await pool().fetch(baseUrl, { method })
  expect([response.status, response.body, await response.text()]).toEqual([status, null, ''])
})

it.each<[what: string, bytes: Uint8Array]>([
  ['that is no gzip', Buffer.from('no gzip at all')],
  ['whose checksum is wrong', Buffer.concat([zlib.gzipSync(body).subarray(0, -8), Buffer.alloc(8)])],
  ['that is cut short', zlib.gzipSync(body).subarray(0, -20)],
])('a gzip body %s is a failed attempt', async (_, bytes) => {
  const { minimo, seen } = await clientOf(answer('gzip', bytes), { ...pool(), retries: 1 })
  await expect(minimo.customFields.list()).rejects.toMatchObject({ name: 'ConnectionError', attempts: 2 })
  expect(seen).toHaveLength(2)
})

it('broken data ends a connection on which more would come', async () => {
  const { baseUrl, sockets } = await clientOf((_, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' }).write('no gzip at all')
  })
  const response = await pool().fetch(baseUrl)
  await expect(response.text()).rejects.toMatchObject({ code: 'Z_DATA_ERROR' })
  await closeOf(sockets)
})

it('what was compressed arrives as soon as it was sent, and can be cancelled', async () => {
  const compressed = zlib.createGzip()
  const { baseUrl, sockets } = await clientOf((_, response: ServerResponse) => {
    compressed.pipe(response.writeHead(200, { 'content-encoding': 'gzip' }))
    compressed.write('first')
    compressed.flush()
  })
  const reader = (await pool().fetch(baseUrl)).body?.getReader()
  expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('first')
  await reader?.cancel()
  await closeOf(sockets)
})

it('codings are asked for as fetch does, unless the caller asks', async () => {
  const { baseUrl, seen } = await clientOf((_, response) => response.end())
  const { fetch } = pool()
  await fetch(baseUrl)
  await fetch(baseUrl, { headers: { 'Accept-Encoding': 'identity' } })
  expect(seen.map(({ headers }) => headers['accept-encoding'])).toEqual(['gzip, deflate', 'identity'])
})
