import { once } from 'node:events'
import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { demoKey } from '../handlers/authenticate.ts'

const contacts = '/public/v1/contacts'
const fields = '/public/v1/custom-fields'
const authorization = `Bearer ${demoKey}`
const origin = 'http://localhost:5173'

/** A sandbox on a port; it is closed after the test. */
async function listen() {
  const sandbox = await createSandbox()
  onTestFinished(() => sandbox.close())
  const { url } = await sandbox.listen()
  const upsert = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(url + contacts, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', ...headers },
      body,
    })
  /** Over a plain socket: `fetch` sends some of these headers itself, or not at all. */
  const preflight = (path: string, headers: Record<string, string>) =>
    new Promise<{ status: number | undefined; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
      request(url + path, { method: 'OPTIONS', headers }, async (response) =>
        resolve({ status: response.statusCode, headers: response.headers, body: await text(response) }),
      )
        .on('error', reject)
        .end()
    })
  return { sandbox, url, upsert, preflight }
}

test('a page of any origin may call the API, and read its answers and refusals', async () => {
  const { upsert, preflight, url } = await listen()
  const asked = { 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization,x-mine' }
  expect(await preflight(contacts, { origin, ...asked })).toMatchObject({
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': 'authorization,x-mine',
    },
  })
  const answers = [
    await upsert('{"email":"anna@example.com"}', { origin }),
    await upsert('{', { origin }),
    await fetch(url + fields, { headers: { origin } }),
    await fetch(`${url}/nowhere`, { headers: { origin } }),
    await fetch(url + fields, { headers: { origin, 'sandbox-fault': 'status=503' } }),
  ]
  expect(answers.map(({ status }) => status)).toEqual([200, 422, 401, 404, 503])
  for (const { headers } of answers) expect(headers.get('access-control-allow-origin')).toBe('*')
  expect((await upsert('{"email":"anna@example.com"}', {})).headers.has('access-control-allow-origin')).toBe(false)
})

test('a page of another origin may not call the control API, nor one whose name was made to lead here', async () => {
  const { preflight, url } = await listen()
  const { status, headers } = await preflight('/_sandbox/reset', { origin, 'access-control-request-method': 'POST' })
  expect([status, headers['access-control-allow-origin']]).toEqual([403, undefined])
  const reset = async (name: string) => {
    const host = `${name}:${new URL(url).port}`
    const call = request(`${url}/_sandbox/reset`, { method: 'POST', headers: { host, origin: `http://${host}` } }).end()
    const [response] = await once(call, 'response')
    return response.resume().statusCode
  }
  const names = ['rebound.example', '127.0.0.1.example', 'localhost.example', 'localhost', '127.0.0.1', '[::1]']
  expect(await Promise.all(names.map(reset))).toEqual([403, 403, 403, 204, 204, 204])
})

test('HEAD answers as GET does, without a body, on a port and in this process', async () => {
  const { sandbox, url } = await listen()
  const get = await fetch(url + fields, { headers: { authorization } })
  for (const call of [fetch, sandbox.fetch]) {
    const head = await call(url + fields, { method: 'HEAD', headers: { authorization } })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'))
  }
})

test('OPTIONS says what a path takes', async () => {
  const { preflight } = await listen()
  expect(await preflight(fields, {})).toMatchObject({ status: 204, headers: { allow: 'GET, HEAD, POST, OPTIONS' } })
  expect((await preflight('/nowhere', {})).status).toBe(404)
})

test('a 401 says which scheme is wanted, also one that a fault asks for', async () => {
  const { url } = await listen()
  for (const headers of [{}, { authorization, 'sandbox-fault': 'status=401' }]) {
    const { status, headers: answered } = await fetch(url + fields, { headers })
    expect([status, answered.get('www-authenticate')]).toEqual([401, 'Bearer realm="Minimo"'])
  }
})

test('a compressed body is read', async () => {
  const { upsert, sandbox } = await listen()
  const body = JSON.stringify({ email: 'anna@example.com' })
  for (const [coding, bytes] of [
    ['gzip', gzipSync(body)],
    ['BR', brotliCompressSync(body)],
    ['identity', Buffer.from(body)],
  ] as const) {
    expect((await upsert(new Uint8Array(bytes), { 'content-encoding': coding })).status).toBe(200)
  }
  expect(await sandbox.contacts({ email: 'anna@example.com' })).toHaveLength(1)
})

test('another coding gets a 415 that names those that are read, and a false one is told', async () => {
  const { upsert } = await listen()
  const other = await upsert(new Uint8Array(deflateSync('{}')), { 'content-encoding': 'deflate' })
  expect([other.status, other.headers.get('accept-encoding'), await other.json()]).toMatchObject([
    415,
    'gzip, br',
    { error: { code: 'unsupported_media_type', message: expect.stringContaining('expected gzip, br') } },
  ])
  const plain = await upsert('{"email":"anna@example.com"}', { 'content-encoding': 'gzip' })
  expect([plain.status, await plain.text()]).toEqual([400, expect.stringContaining('expected a body in gzip')])
})

test('a small body that grows beyond the limit is as one that was sent', async () => {
  const { upsert } = await listen()
  const bomb = gzipSync(JSON.stringify({ email: 'a@example.com', customFields: { a: ' '.repeat(64 * 1024 * 1024) } }))
  const refused = await upsert(new Uint8Array(bomb), { 'content-encoding': 'gzip' })
  expect([refused.status, await refused.text()]).toEqual([
    422,
    expect.stringContaining('expected at most 1048576 bytes'),
  ])
})

test('a path means the same however it is encoded, also that of the control API', async () => {
  const { url } = await listen()
  expect((await fetch(`${url}/public/v1/custom%2Dfields`, { headers: { authorization } })).status).toBe(200)
  expect((await fetch(`${url}/%5fsandbox/health`)).status).toBe(200)
  expect((await fetch(`${url}/%5Fsandbox/health`, { headers: { origin } })).status).toBe(403)
})
