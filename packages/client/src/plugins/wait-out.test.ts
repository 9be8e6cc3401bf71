import { expect, it, onTestFinished, vi } from 'vitest'
import type { CallOptions, Operation } from '../core/call.ts'
import type { ClientOptions } from '../core/options.ts'
import { createPerformer } from '../core/performer.ts'
import { type Pause, waitOut } from './wait-out.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }
const sending: Operation = { id: 'sendThing', method: 'POST', path: '/things', server: 'api', retry: 'never' }
const other: Operation = { ...operation, id: 'getOther', server: 'other' }

/** What an API answers; throws where it cannot be reached. */
type Answer = (path: string, elapsed: number) => Response

const minutes = 60_000

/** A client that waits outages out, on a clock that stands still; what it asked for when, and the pauses it told of. */
function createClient(answer: Answer, options: Partial<ClientOptions> = {}) {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const begin = performance.now()
  const requests: { path: string; at: number }[] = []
  const pauses: Pause[] = []
  const perform = createPerformer([operation, sending, other], {
    baseUrl: { api: 'https://api.example.com', other: 'https://other.example.com' },
    deadline: 60 * minutes,
    retries: 0,
    plugins: [waitOut({ onPause: (pause) => pauses.push(pause) })],
    fetch: async (url) => {
      await new Promise((resolve) => setTimeout(resolve, 1))
      const at = performance.now() - begin
      requests.push({ path: new URL(url).host + new URL(url).search, at })
      return answer(new URL(url).host + new URL(url).search, at)
    },
    ...options,
  })
  const call = (row = operation, number = 0, callOptions?: CallOptions) =>
    perform(row, { query: { number } }, callOptions).then(
      ({ response }) => response.status,
      (error: Error) => error,
    )
  return { call, requests, pauses, elapsed: () => performance.now() - begin }
}

const failure = () => {
  throw Object.assign(new TypeError('fetch failed'), { cause: { code: 'ECONNREFUSED' } })
}
const ok = () => Response.json({})

it('G8: an outage is waited out: one call probes, ever more seldom, and all the others follow its success', async () => {
  const { call, requests, pauses } = createClient((_, at) => (at < 30 * minutes ? failure() : ok()))
  const calls = Promise.all(Array.from({ length: 20 }, (_, number) => call(operation, number)))
  await vi.runAllTimersAsync()
  expect(new Set(await calls)).toEqual(new Set([200]))
  const during = requests.filter(({ at }) => at < 30 * minutes)
  expect(during.filter(({ at }) => at > 10)).toHaveLength(pauses.length - 1)
  expect(during.length).toBeLessThan(20 + 6 + 30)
  expect(pauses.slice(0, 8).map(({ milliseconds }) => milliseconds)).toEqual([
    1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
  ])
  expect(vi.getTimerCount()).toBe(0)
})

it('G8: a pause that the API asks for is kept, told once a refusal, and named by its status', async () => {
  const asking = () => Response.json({}, { status: 503, headers: { 'retry-after': '3600' } })
  const { call, requests, pauses } = createClient((_, at) => (at < 60 * minutes ? asking() : ok()), {
    deadline: 180 * minutes,
  })
  const called = call()
  await vi.runAllTimersAsync()
  expect(await called).toBe(200)
  expect(requests).toHaveLength(2)
  expect(pauses).toEqual([{ milliseconds: 3_600_000, status: 503 }])
})

it('G8: a call that alone goes on failing ends with its error after its retries', async () => {
  const isBroken = (path: string) => path.endsWith('number=13')
  const { call, requests } = createClient((path) => (isBroken(path) ? Response.json({}, { status: 500 }) : ok()), {
    retries: 2,
  })
  const broken = call(operation, 13)
  for (let number = 0; number < 10; number++) await Promise.all([call(), vi.advanceTimersByTimeAsync(1000)])
  await vi.runAllTimersAsync()
  expect(await broken).toBe(500)
  expect(requests.filter(({ path }) => isBroken(path)).length).toBeLessThanOrEqual(12)
})

it('G8: what must not be repeated is not repeated, unless nothing can have happened', async () => {
  const { call, requests } = createClient(() => Response.json({}, { status: 502 }))
  const called = call(sending)
  await vi.runAllTimersAsync()
  expect(await called).toBe(502)
  expect(requests).toHaveLength(1)
})

it('G8: the deadline ends the wait, and the error says what it waited for', async () => {
  const { call, elapsed } = createClient(() => Response.json({}, { status: 503 }), { deadline: 10 * minutes })
  const called = call()
  await vi.runAllTimersAsync()
  expect(await called).toMatchObject({
    name: 'TimeoutError',
    limit: 'deadline',
    message: expect.stringContaining('nobody got through to the API (503)'),
  })
  expect(elapsed()).toBeLessThanOrEqual(10 * minutes)
})

it('G8: the deadline also ends the wait of a call that alone fails, late, and is asked to come again later', async () => {
  const failed = () => Response.json({}, { status: 503, headers: { 'retry-after': '3600' } })
  const { call, elapsed } = createClient(ok, {
    deadline: 10_000,
    retries: 1,
    fetch: async (url) => {
      const isBroken = url.endsWith('number=13')
      await new Promise((resolve) => setTimeout(resolve, isBroken ? 8000 : 1))
      return isBroken ? failed() : ok()
    },
  })
  const [broken, fine] = [call(operation, 13).then((outcome) => ({ outcome, at: elapsed() })), call()]
  await vi.runAllTimersAsync()
  expect(await fine).toBe(200)
  expect(await broken).toMatchObject({ outcome: { name: 'TimeoutError', limit: 'deadline' }, at: 10_000 })
})

it('G8: an abort ends the wait at once, and another call probes instead', async () => {
  const { call, requests } = createClient((_, at) => (at < 2 * minutes ? failure() : ok()))
  const stopping = new AbortController()
  const first = call(operation, 1, { signal: stopping.signal })
  const second = call(operation, 2)
  await vi.advanceTimersByTimeAsync(10_000)
  const reason = new Error('stopped')
  stopping.abort(reason)
  expect(await first).toBe(reason)
  await vi.runAllTimersAsync()
  expect(await second).toBe(200)
  expect(requests.at(-1)?.path).toContain('number=2')
  expect(vi.getTimerCount()).toBe(0)
})

it('G8: another server is not paused', async () => {
  const { call } = createClient((path, at) => (path.startsWith('api') && at < 30 * minutes ? failure() : ok()))
  const first = call()
  await vi.advanceTimersByTimeAsync(100)
  const second = call(other)
  await vi.advanceTimersByTimeAsync(100)
  expect(await Promise.race([second, 'waits'])).toBe(200)
  await vi.runAllTimersAsync()
  expect(await first).toBe(200)
})
