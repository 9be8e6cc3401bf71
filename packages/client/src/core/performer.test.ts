import { getEventListeners } from 'node:events'
import { expect, it, vi } from 'vitest'
import type { Call, CallOptions, HeaderValues, Operation, Plugin } from './call.ts'
import { ConnectionError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import { createPerformer } from './performer.ts'
import type { Fetch } from './transport.ts'

const operation: Operation = { id: 'addThing', method: 'POST', path: '/things', server: 'api', retry: 'safe' }

/** One client over one operation. */
function performing(fetch: Fetch, options: Partial<ClientOptions> = {}) {
  const perform = createPerformer([operation], { baseUrl: 'https://api.example.com', fetch, ...options })
  return (callOptions: CallOptions = {}, body: unknown = { a: 1 }) => perform(operation, { body }, callOptions)
}

const ok: Fetch = async () => Response.json({ ok: true })

/** Answers with the statuses in turn, asking for no wait. */
const statuses = (...codes: number[]) =>
  vi.fn<Fetch>(async () => new Response(null, { status: codes.shift() ?? 200, headers: { 'retry-after-ms': '0' } }))

/** The headers of a call, with those of the client and of the call. */
async function headersOf(client: HeaderValues, call: HeaderValues, options: Partial<ClientOptions> = {}) {
  const fetch = vi.fn<Fetch>(ok)
  await performing(fetch, { headers: client, ...options })({ headers: call })
  return fetch.mock.calls[0]?.[1].headers
}

const headers: [what: string, client: HeaderValues, call: HeaderValues, want: Record<string, string>][] = [
  ['adds those of the client', { 'X-A': '1' }, {}, { 'x-a': '1' }],
  ['adds those of the call', {}, { 'X-A': '1' }, { 'x-a': '1' }],
  ["prefers the call's, whatever the case", { 'X-A': '1' }, { 'x-a': '2' }, { 'x-a': '2' }],
  ['removes one with null', { 'X-A': '1', 'x-b': '2' }, { 'x-A': null }, { 'x-b': '2' }],
  ['lets the call restore one', { 'X-A': null }, { 'x-A': '3' }, { 'x-a': '3' }],
  ['ignores undefined', { 'X-A': '1' }, { 'x-a': undefined, 'x-b': undefined }, { 'x-a': '1' }],
  ['prefers both over the built-in ones', { 'Content-Type': 'a/b' }, {}, { 'content-type': 'a/b' }],
]
it.each(headers)('P3: %s', async (_, client, call, want) => {
  expect(await headersOf(client, call)).toEqual({ 'content-type': 'application/json', ...want })
})

it('P3: null removes a built-in header', async () => {
  expect(await headersOf({}, { 'Content-type': null })).toEqual({})
})

it('P3: only null for the call removes the key', async () => {
  const apiKey = 'mn-1-abc'
  const authorization = `Bearer ${apiKey}`
  expect(await headersOf({ Authorization: null }, {}, { apiKey })).toMatchObject({ authorization })
  expect(await headersOf({}, { Authorization: undefined }, { apiKey })).toMatchObject({ authorization })
  expect(await headersOf({}, { AUTHORIZATION: null }, { apiKey })).not.toHaveProperty('authorization')
  expect(await headersOf({ authorization: 'a' }, { Authorization: 'b' }, { apiKey })).toMatchObject({
    authorization: 'b',
  })
})

it('G1: plugins run in the order of the array, those of the call innermost, and see the attempt', async () => {
  const seen: string[] = []
  const note =
    (name: string): Plugin =>
    (next) =>
    async (call) => {
      seen.push(`${name} ${call.operation.id} ${call.attempt} ${call.options.retries}`)
      const response = await next(call)
      seen.push(`${name} ${response.status}`)
      return response
    }
  const send = performing(statuses(500), { plugins: [note('a'), note('b')], retries: 1 })
  await send({ plugins: [note('c'), note('d')] })
  expect(seen).toEqual([
    ...['a addThing 1 1', 'b addThing 1 1'],
    ...['c addThing 1 1', 'd addThing 1 1', 'd 500', 'c 500'],
    ...['c addThing 2 1', 'd addThing 2 1', 'd 200', 'c 200'],
    ...['b 200', 'a 200'],
  ])
})

it('G1: a plugin sees the row and the options as they hold for the call', async () => {
  const see = vi.fn<(call: Call) => void>()
  const watch: Plugin = (next) => (call) => {
    see(call)
    return next(call)
  }
  await performing(ok, { plugins: [watch], timeout: 1000, maxRetryAfter: 5 })({
    deadline: false,
    headers: { 'x-a': null },
  })
  expect(see.mock.calls[0]?.[0]).toMatchObject({
    operation,
    options: { timeout: 1000, deadline: false, retries: 2, maxRetryAfter: 5, headers: { 'x-a': null } },
    request: { method: 'POST', url: 'https://api.example.com/things', body: '{"a":1}', redirect: 'manual' },
  })
})

it('G2: a plugin may answer by itself, outside or inside the built-in ones', async () => {
  const fetch = vi.fn<Fetch>(ok)
  const answer: Plugin = () => async () => Response.json({ from: 'plugin' })
  expect(await performing(fetch, { plugins: [answer] })()).toMatchObject({ body: { from: 'plugin' } })
  expect(await performing(fetch)({ plugins: [answer] })).toMatchObject({ body: { from: 'plugin' } })
  expect(fetch).not.toHaveBeenCalled()
})

it('G2: a plugin may replace the request and the response', async () => {
  const fetch = vi.fn<Fetch>(ok)
  const replace: Plugin = (next) => async (call) => {
    const request = { ...call.request, url: 'https://other.example.com/x', method: 'PUT', body: 'new' }
    const response = await next({ ...call, request })
    return Response.json({ was: await response.json() }, { status: 201 })
  }
  const { body, response } = await performing(fetch, { plugins: [replace] })()
  expect([body, response.status]).toEqual([{ was: { ok: true } }, 201])
  expect(fetch.mock.calls[0]).toMatchObject(['https://other.example.com/x', { method: 'PUT', body: 'new' }])
})

it('G2: a plugin may call next several times', async () => {
  const fetch = statuses(404, 404, 200)
  const insist: Plugin = (next) => async (call) => {
    for (;;) {
      const response = await next(call)
      if (response.ok) return response
    }
  }
  const { response, progress } = await performing(fetch, { plugins: [insist] })()
  expect([response.status, progress.attempts, fetch.mock.calls.length]).toEqual([200, 3, 3])
})

const thrown: unknown[] = [new Error('mine'), 'text', 0, null, undefined, Object.freeze({ a: 1 })]
it.each(thrown.map((value) => [value]))(
  'G2: what a plugin throws (%o) reaches the caller untouched, once',
  async (value) => {
    const run = vi.fn()
    const failing: Plugin = () => () => {
      run()
      return Promise.reject(value)
    }
    for (const sent of [performing(ok, { plugins: [failing] })(), performing(ok)({ plugins: [failing] })]) {
      await expect(sent).rejects.toBe(value)
    }
    expect(run).toHaveBeenCalledTimes(2)
  },
)

it('G2: a ConnectionError that a plugin throws is retried', async () => {
  const failing: Plugin = (next) => async (call) => {
    if (call.attempt === 1) throw new ConnectionError('lost', call.operation, { cause: 'x', requestSent: false })
    return next(call)
  }
  const { response } = await performing(ok)({ plugins: [failing] })
  expect(response.status).toBe(200)
})

it('G1: a function may leave out and reorder the built-in plugins', async () => {
  const fetch = statuses(500, 500)
  const { response } = await performing(fetch, { plugins: () => [] })()
  expect([response.status, fetch.mock.calls.length]).toEqual([500, 1])
})

it('G3: an outer plugin may add an inner one, which stands outside those of the call and sees each attempt', async () => {
  const seen: string[] = []
  const note =
    (name: string): Plugin =>
    (next) =>
    (call) => {
      seen.push(`${name} ${call.attempt}`)
      return next(call)
    }
  const add: Plugin = (next) => (call) => next({ ...call, plugins: [note('added'), ...call.plugins] })
  const send = performing(statuses(500, 200), { plugins: [add] })
  await send({ plugins: [note('own')] })
  expect(seen).toEqual(['added 1', 'own 1', 'added 2', 'own 2'])
})

it('R13: a key that is refused twice is an answer of two attempts, and no more', async () => {
  const fetch = statuses(401, 401, 200)
  const { response } = await performing(fetch, { apiKey: async () => 'k' })()
  expect([response.status, fetch.mock.calls.length]).toEqual([401, 2])
})

it.each([
  ['by default', {}, {}, 3],
  ['of the client', { retries: 1 }, {}, 2],
  ['of the call, more', { retries: 0 }, { retries: 3 }, 4],
  ['of the call, none', { retries: 3 }, { retries: 0 }, 1],
  ['of the client where the call says undefined', { retries: 1 }, { retries: undefined }, 2],
])('R10: retries %s', async (_, client, call, attempts) => {
  const fetch = statuses(500, 500, 500, 500, 500)
  expect(await performing(fetch, client)(call)).toMatchObject({ progress: { attempts }, response: { status: 500 } })
  expect(fetch).toHaveBeenCalledTimes(attempts)
})

it('E3: attempts counts the requests that were made, also those of a plugin of the call', async () => {
  const twice: Plugin = (next) => (call) => next(call).then(() => next(call))
  expect(await performing(statuses(404, 404))({ plugins: [twice] })).toMatchObject({ progress: { attempts: 2 } })
  const none: Plugin = () => async () => new Response(null, { status: 404 })
  expect(await performing(ok)({ plugins: [none] })).toMatchObject({ progress: { attempts: 0 } })
})

it('R12: a failure without a response carries its attempts', async () => {
  const fetch: Fetch = () => Promise.reject(new TypeError('fetch failed'))
  const sent = performing(fetch)({ retries: 0 })
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', attempts: 1 })
})

it('P5: the body is the same on every attempt, though the caller changes his object', async () => {
  const body = { a: 1 }
  const fetch = vi.fn<Fetch>(async () => {
    body.a++
    return new Response(null, { status: body.a < 4 ? 500 : 200, headers: { 'retry-after-ms': '0' } })
  })
  await performing(fetch)({}, body)
  expect(fetch.mock.calls.map(([, init]) => init.body)).toEqual(['{"a":1}', '{"a":1}', '{"a":1}'])
})

it.each([new Error('enough'), 'text', 0, '', false, null])(
  'E5: an abort rejects with its reason: %o',
  async (reason) => {
    const fetch = vi.fn<Fetch>(ok)
    await expect(performing(fetch)({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect(fetch).not.toHaveBeenCalled()
  },
)

it('C9: two clients share no state', async () => {
  const one = statuses(500, 500, 500)
  const two = statuses()
  const first = performing(one)
  const second = performing(two)
  expect(await Promise.all([first(), second()])).toMatchObject([
    { progress: { attempts: 3 } },
    { progress: { attempts: 1 } },
  ])
})

it.each([
  ['a success', statuses(200)],
  ['a failure', statuses(400)],
  ['a retry', statuses(500, 200)],
  ['a lost connection', () => Promise.reject(new TypeError('fetch failed'))],
] satisfies [string, Fetch][])(
  'R8: a signal that outlives the call has no listener left after %s',
  async (_, fetch) => {
    const { signal } = new AbortController()
    const added = vi.spyOn(signal, 'addEventListener')
    const removed = vi.spyOn(signal, 'removeEventListener')
    await performing(fetch)({ signal, retries: 1 }).catch(() => undefined)
    const listeners = ({ mock }: typeof added | typeof removed) => new Set(mock.calls.map(([, listener]) => listener))
    expect(added).toHaveBeenCalled()
    expect(listeners(removed)).toEqual(listeners(added))
  },
)

it('R8: a call that cannot be sent leaves no listener on its signal', async () => {
  const { signal } = new AbortController()
  const circular: Record<string, unknown> = {}
  circular.self = circular
  await expect(performing(ok)({ signal }, circular)).rejects.toThrow('cannot be written as JSON')
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
