import fc from 'fast-check'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { CallOptions, Operation } from './call.ts'
import type { ClientOptions } from './options.ts'
import { createPerformer } from './performer.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }
const other: Operation = { ...operation, id: 'getOther', server: 'other' }

/** What an API answers; `refuse` gives the milliseconds to wait, or nothing where it takes the request. */
type Refuse = (request: number) => number | undefined

/** A client on a clock that stands still, and when it made each request, and whether that was refused. */
function createClient(refuse: Refuse, options: Partial<ClientOptions> = {}, { status = 429, takes = 5 } = {}) {
  vi.useFakeTimers({ loopLimit: 1_000_000 })
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const requests: { at: number; isRefused: boolean }[] = []
  const perform = createPerformer([operation, other], {
    baseUrl: { api: 'https://api.example.com', other: 'https://other.example.com' },
    retries: 1000,
    deadline: false,
    fetch: async (url) => {
      const request = { at: performance.now(), isRefused: false }
      if (url.startsWith('https://api')) requests.push(request)
      await new Promise((resolve) => setTimeout(resolve, takes))
      const pause = url.startsWith('https://api') ? refuse(requests.length) : undefined
      request.isRefused = pause !== undefined
      const headers = { 'retry-after-ms': String(pause) }
      return request.isRefused ? Response.json({}, { status, headers }) : Response.json({})
    },
    ...options,
  })
  const begin = performance.now()
  return {
    requests,
    /** Milliseconds since the client was made. */
    elapsed: () => performance.now() - begin,
    /** When each request was made, in milliseconds since the client was made. */
    times: () => requests.map(({ at }) => at - begin),
    call: (callOptions?: CallOptions, row = operation) => perform(row, {}, callOptions),
  }
}

/** Refuses so many requests, then takes all. */
const refusing =
  (count: number, pause: number): Refuse =>
  (request) =>
    request <= count ? pause : undefined

it.each([429, 503])(
  'R14: a %d with Retry-After pauses all calls; then one probes, and the others follow',
  async (status) => {
    const { call, times } = createClient(refusing(1, 1000), {}, { status })
    const first = call()
    await vi.advanceTimersByTimeAsync(10)
    const others = [call(), call(), call()]
    await vi.advanceTimersByTimeAsync(989)
    expect(times()).toEqual([0])
    await vi.runAllTimersAsync()
    await Promise.all([first, ...others])
    const [, probe = 0, ...followers] = times()
    expect(probe).toBeGreaterThanOrEqual(1000)
    expect(followers).toHaveLength(3)
    for (const at of followers) expect(at).toBeGreaterThanOrEqual(probe + 5)
  },
)

it('R14: where the call that was refused does not come again, the next one probes', async () => {
  const { call, times } = createClient(refusing(1, 1000))
  const first = call({ retries: 0 })
  await vi.advanceTimersByTimeAsync(10)
  const others = [call(), call()]
  await vi.runAllTimersAsync()
  await Promise.all([first, ...others])
  expect(times()).toEqual([0, 1005, 1010])
})

it('R14: a probe that is refused pauses all again', async () => {
  const { call, times } = createClient(refusing(2, 1000))
  const sent = [call()]
  await vi.advanceTimersByTimeAsync(10)
  sent.push(call(), call())
  await vi.runAllTimersAsync()
  await Promise.all(sent)
  expect(times().slice(0, 3)).toEqual([0, 1005, 2010])
})

it('R14: a probe that gets no answer does not keep the others waiting longer than its timeout', async () => {
  let requests = 0
  const { call } = createClient(() => undefined, {
    fetch: async () => {
      requests++
      if (requests === 1) return Response.json({}, { status: 429, headers: { 'retry-after': '1' } })
      // Not even its timer ends it: as in Workers, where nothing of a request goes on once that is over.
      return requests === 2 ? new Promise(() => undefined) : Response.json({})
    },
    plugins: ([retry, , ...rest]) => (retry ? [retry, ...rest] : []),
    timeout: 5000,
  })
  const first = call()
  await vi.advanceTimersByTimeAsync(10)
  const second = call()
  await vi.advanceTimersByTimeAsync(6100)
  expect((await Promise.race([first, second])).response.status).toBe(200)
})

it('R14: another host is not paused', async () => {
  const { call, elapsed } = createClient(refusing(1, 60_000))
  const first = call()
  await vi.advanceTimersByTimeAsync(10)
  const sent = call({}, other)
  await vi.advanceTimersByTimeAsync(5)
  await sent
  expect(elapsed()).toBe(15)
  await vi.runAllTimersAsync()
  await first
})

it('R14: neither a 503 without Retry-After nor one longer than the cap pauses others', async () => {
  for (const pause of [Number.NaN, 60_001]) {
    const { call, times } = createClient(refusing(1, pause), { retries: 0 }, { status: 503 })
    const sent = [call()]
    await vi.advanceTimersByTimeAsync(10)
    sent.push(call())
    await vi.runAllTimersAsync()
    await Promise.all(sent)
    expect(times()).toEqual([0, 10])
  }
})

it('R7, R8: an abort during the pause rejects at once with its reason, and leaves no timer', async () => {
  const { call } = createClient(refusing(1, 1000))
  const first = call({ retries: 0 })
  await vi.advanceTimersByTimeAsync(10)
  await first
  const controller = new AbortController()
  const rejected = expect(call({ signal: controller.signal })).rejects.toBe('enough')
  await vi.advanceTimersByTimeAsync(100)
  controller.abort('enough')
  await rejected
  expect(vi.getTimerCount()).toBe(0)
})

it('R14: a deadline before the end of the pause fails at once, and the error names both', async () => {
  const { call, elapsed, requests } = createClient(refusing(1, 30_000))
  const first = call({ retries: 0 })
  await vi.advanceTimersByTimeAsync(10)
  await first
  const error: unknown = await call({ deadline: 20_000 }).catch((error: unknown) => error)
  expect(error).toMatchObject({ name: 'TimeoutError', limit: 'deadline', attempts: 0 })
  expect((error as Error).message).toMatch(/asked all calls to pause \(429\).*deadline of 20000 ms/)
  expect([elapsed(), requests.length]).toEqual([10, 1])
})

it('R14: a rate is forgotten once nobody has had to wait for a minute', async () => {
  const { call, times } = createClient((request) => (request > 1 && request <= 3 ? 2000 : undefined))
  const first = [call(), call(), call()]
  await vi.runAllTimersAsync()
  await Promise.all(first)
  await vi.advanceTimersByTimeAsync(120_000)
  const before = times().length
  const later = Array.from({ length: 50 }, () => call())
  await vi.runAllTimersAsync()
  await Promise.all(later)
  expect(new Set(times().slice(before)).size).toBe(1)
})

/** A token bucket or a fixed window; gives the milliseconds until it takes the next, or nothing where it takes this one. */
function createLimit(kind: 'bucket' | 'window', limit: number, period: number, round: number): Refuse {
  let used = 0
  let since = performance.now()
  const isBucket = kind === 'bucket'
  return () => {
    const now = performance.now()
    if (isBucket) {
      used = Math.max(0, used - ((now - since) / period) * limit)
      since = now
    } else if (now - since >= period) {
      since += Math.floor((now - since) / period) * period
      used = 0
    }
    if (used + 1 <= limit) {
      used++
      return undefined
    }
    const wait = isBucket ? ((used + 1 - limit) / limit) * period : since + period - now
    return Math.ceil(wait / round) * round
  }
}

const limits = fc.record({
  kind: fc.constantFrom('bucket', 'window'),
  limit: fc.integer({ min: 1, max: 100 }),
  period: fc.constantFrom(1000, 10_000, 60_000),
  round: fc.constantFrom(1, 1000),
  concurrency: fc.integer({ min: 1, max: 300 }),
  takes: fc.constantFrom(1, 5, 30),
})

it('R14: under any limit every call succeeds, and after the first wave few are refused', async () => {
  await fc.assert(
    fc.asyncProperty(limits, async ({ kind, limit, period, round, concurrency, takes }) => {
      const calls = limit * 2 + 200
      const { call, requests } = createClient((request) => take(request), { maxRetryAfter: 120_000 }, { takes })
      const take = createLimit(kind, limit, period, round)
      let left = calls
      const work = async () => {
        while (left-- > 0) await call()
      }
      const done = Promise.all(Array.from({ length: concurrency }, work))
      await vi.runAllTimersAsync()
      await done
      const firstRefusal = requests.find(({ isRefused }) => isRefused)
      const later = firstRefusal ? requests.filter(({ at }) => at > firstRefusal.at + takes) : []
      const refused = later.filter(({ isRefused }) => isRefused).length
      expect(requests.filter(({ isRefused }) => !isRefused)).toHaveLength(calls)
      expect(refused).toBeLessThanOrEqual(0.05 * later.length + 5)
    }),
    // The same cases each time: the figure is a statistical one.
    { numRuns: 60, seed: 2026 },
  )
})

it('R14: a call whose turn does not come ends at its deadline, and the error says what it waited for', async () => {
  const { call, elapsed } = createClient((request) => take(request))
  const take = createLimit('window', 1, 1000, 1000)
  const sent = Array.from({ length: 20 }, async () => {
    const outcome = await call({ deadline: 5000 }).catch((error: unknown) => error)
    return { outcome, at: elapsed() }
  })
  await vi.runAllTimersAsync()
  const failed = (await Promise.all(sent)).filter(({ outcome }) => outcome instanceof Error)
  expect(failed.length).toBeGreaterThan(10)
  for (const { outcome, at } of failed) {
    expect(outcome).toMatchObject({ limit: 'deadline', message: expect.stringContaining('(429)') })
    expect(at).toBeLessThanOrEqual(5001)
  }
})
