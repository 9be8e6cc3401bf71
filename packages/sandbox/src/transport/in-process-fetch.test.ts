import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Damage, SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import { createInProcessFetch } from './in-process-fetch.ts'

const url = 'https://api.example.com/public/v1/contacts/a%40b.it?x=%41&y'

/** A fetch, and the requests that reached the sandbox behind it. */
function createTestFetch(answer: SandboxResponse = { status: 200, headers: {}, body: '{}' }) {
  const requests: SandboxRequest[] = []
  const fetch = createInProcessFetch(async (request) => {
    requests.push(request)
    return answer
  })
  return { fetch, requests }
}

const damaged = (damage: Damage) => createTestFetch({ status: 200, headers: {}, body: '0123456789', damage }).fetch

const text = (body: SandboxRequest['body'] | undefined) => Buffer.from(body ?? '').toString()

it('path and query arrive as sent, without the host', async () => {
  const { fetch, requests } = createTestFetch()
  await fetch(url)
  expect(requests[0]).toMatchObject({
    method: 'GET',
    path: '/public/v1/contacts/a%40b.it',
    query: 'x=%41&y',
    local: true,
  })
})

const init = { method: 'put', headers: { 'Content-Type': 'application/json', 'X-A': ' b ' }, body: '{"a":"è"}' }

it.each([
  ['a string', url, init],
  ['a URL', new URL(url), init],
  ['a Request', new Request(url, { ...init, method: 'PUT' }), undefined],
  ['Headers', url, { ...init, headers: new Headers(init.headers) }],
  ['pairs of headers', url, { ...init, headers: Object.entries(init.headers) as [string, string][] }],
  ['bytes', url, { ...init, body: new TextEncoder().encode(init.body) }],
  ['a buffer', url, { ...init, body: new TextEncoder().encode(init.body).buffer }],
  ['a Blob', url, { ...init, body: new Blob([init.body]) }],
  ['a stream', url, { ...init, body: new Blob([init.body]).stream(), duplex: 'half' as const }],
])('the same request comes from %s', async (_, input, options) => {
  const { fetch, requests } = createTestFetch()
  await fetch(input, options)
  expect(requests[0]).toMatchObject({ method: 'PUT', headers: { 'content-type': 'application/json', 'x-a': 'b' } })
  expect(text(requests[0]?.body)).toBe(init.body)
})

it('a body without a content type gets the one that fetch gives it', async () => {
  const { fetch, requests } = createTestFetch()
  await fetch(url, { method: 'POST', body: 'a' })
  await fetch(url, { method: 'POST', body: new URLSearchParams({ a: '1' }) })
  expect(requests.map(({ headers }) => headers['content-type'])).toEqual([
    'text/plain;charset=UTF-8',
    'application/x-www-form-urlencoded;charset=UTF-8',
  ])
})

it('a body of any kind over the limit of its path is not kept', async () => {
  const { fetch, requests } = createTestFetch()
  const large = 'x'.repeat(1024 * 1024 + 1)
  await fetch(url, { method: 'POST', body: large })
  await fetch(url, { method: 'POST', body: new Blob([large]) })
  await fetch('http://x/_sandbox/restore', { method: 'POST', body: large })
  await fetch(url, { method: 'POST', body: large.slice(1) })
  expect(requests.map(({ body }) => (body === 'too-large' ? body : body.length))).toEqual([
    'too-large',
    'too-large',
    large.length,
    large.length - 1,
  ])
})

it('the answer is a Response; a 204 and a HEAD have no body', async () => {
  const answer = { status: 201, headers: { 'content-type': 'application/json', 'x-request-id': 'r' }, body: '{"a":1}' }
  const created = await createTestFetch(answer).fetch(url)
  expect(created).toBeInstanceOf(Response)
  expect([created.status, created.headers.get('x-request-id'), await created.json()]).toEqual([201, 'r', { a: 1 }])
  expect((await createTestFetch({ status: 204, headers: {} }).fetch(url)).body).toBeNull()
  expect((await createTestFetch(answer).fetch(url, { method: 'HEAD' })).body).toBeNull()
})

it('what fetch refuses is refused', async () => {
  const { fetch, requests } = createTestFetch()
  await expect(fetch('/relative')).rejects.toThrow(TypeError)
  await expect(fetch(url, { body: 'x' })).rejects.toThrow(TypeError)
  await expect(fetch(url, { headers: { a: 'b\nc' } })).rejects.toThrow(TypeError)
  await expect(fetch(url, { method: 'TRACE' })).rejects.toThrow(TypeError)
  expect(requests).toEqual([])
})

it('a signal that is aborted already rejects with its reason, and nothing is sent', async () => {
  const { fetch, requests } = createTestFetch()
  await expect(fetch(url, { signal: AbortSignal.abort('gone') })).rejects.toBe('gone')
  expect(requests).toEqual([])
})

it('a signal that is aborted while the sandbox answers rejects with its reason, and the sandbox is told', async () => {
  const controller = new AbortController()
  let seen: AbortSignal | undefined
  const fetch = createInProcessFetch(({ signal }) => {
    seen = signal()
    return new Promise(() => controller.abort('gone'))
  })
  await expect(fetch(url, { signal: controller.signal })).rejects.toBe('gone')
  expect(seen?.aborted).toBe(true)
})

it('a reset rejects as fetch does', async () => {
  await expect(damaged('reset')(url)).rejects.toMatchObject({
    name: 'TypeError',
    message: 'fetch failed',
    cause: { code: 'ECONNRESET' },
  })
})

it('a reset in the body gives half of it', async () => {
  const response = await damaged('reset-body')(url)
  const pieces: string[] = []
  const read = async () => {
    for await (const piece of response.body ?? []) pieces.push(text(piece))
  }
  await expect(read()).rejects.toMatchObject({ message: 'terminated', cause: { code: 'ECONNRESET' } })
  expect(pieces).toEqual(['01234'])
})

it('a stalled body ends with the signal', async () => {
  const controller = new AbortController()
  const response = await damaged('stall')(url, { signal: controller.signal })
  const body = response.text()
  controller.abort('enough')
  await expect(body).rejects.toBe('enough')
})

/** A sandbox that streams until its caller has left; `left` resolves then. */
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
  const fetch = createInProcessFetch(async ({ signal }) => ({ status: 200, headers: {}, body: count(signal()) }))
  return { fetch, left: left.promise }
}

it('pieces arrive as they come, and cancelling the body ends them', async () => {
  const { fetch, left } = createEndless()
  const reader = (await fetch(url)).body?.getReader()
  expect(text((await reader?.read())?.value)).toBe('one')
  await reader?.cancel()
  await left
})

it('aborting the signal ends the pieces', async () => {
  const { fetch, left } = createEndless()
  const controller = new AbortController()
  const body = (await fetch(url, { signal: controller.signal })).text()
  controller.abort('enough')
  await expect(body).rejects.toBe('enough')
  await left
})

it('a plain call is read as Request reads it', async () => {
  const token = fc.stringMatching(/^[a-zA-Z-]{1,8}$/).filter((name) => !/^(?:content-type|__proto__)$/i.test(name))
  const value = fc.stringMatching(/^[ -~]{0,12}$/)
  const method = fc.constantFrom('post', 'PUT', 'Delete', 'PATCH')
  const call = fc.record({ method, headers: fc.dictionary(token, value), body: fc.string({ unit: 'binary' }) })
  await fc.assert(
    fc.asyncProperty(call, fc.webUrl({ withQueryParameters: true }), async (init, address) => {
      const { fetch, requests } = createTestFetch()
      await fetch(address, init)
      await fetch(new Request(address, init))
      const [plain, read] = requests.map(({ signal: _, ...rest }) => ({ ...rest, body: text(rest.body) }))
      expect(plain).toEqual({ ...read, method: init.method.toUpperCase() })
    }),
    { numRuns: 300 },
  )
})
