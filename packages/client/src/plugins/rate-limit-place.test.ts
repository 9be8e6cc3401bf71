import { expect, it, onTestFinished, vi } from 'vitest'
import type { CallOptions, Operation, Plugin } from '../core/call.ts'
import type { ClientOptions } from '../core/options.ts'
import { createPerformer } from '../core/performer.ts'
import { rateLimit } from './rate-limit.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

const afterRetry =
  (plugin: Plugin): ClientOptions['plugins'] =>
  ([retry, ...rest]) =>
    retry ? [retry, plugin, ...rest] : []

/** A client whose calls fail with this status at first, on a clock that stands still; and when it made each request. */
function performing(arrange: (limiter: Plugin) => ClientOptions['plugins'], options: CallOptions = {}, status = 503) {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const begin = Date.now()
  const requests: number[] = []
  const perform = createPerformer([operation], {
    baseUrl: 'https://api.example.com',
    retryCountHeader: 'x-minimo-retry-count',
    plugins: arrange(rateLimit({ perSecond: 1, burst: 1 })),
    fetch: async (_, { headers }) => {
      requests.push(Date.now() - begin)
      const isFirst = !new Headers(headers).has('x-minimo-retry-count')
      return Response.json({}, { status: isFirst ? status : 200, headers: { 'retry-after-ms': '0' } })
    },
  })
  return { begin, requests, send: () => perform(operation, {}, options) }
}

it.each([
  ['among the plugins of a client it counts calls', (limiter: Plugin) => [limiter], [0, 0, 1000, 1000]],
  ['right after retry it counts attempts', afterRetry, [0, 1000, 2000, 3000]],
])('G4: %s', async (_, arrange, want) => {
  const { requests, send } = performing(arrange)
  const sent = [send(), send()]
  await vi.runAllTimersAsync()
  await Promise.all(sent)
  expect(requests).toEqual(want)
})

it('G4: a wait between retry and timeout is not part of the attempt', async () => {
  const { requests, send } = performing(afterRetry, { timeout: 100 })
  const sent = send()
  await vi.runAllTimersAsync()
  expect((await sent).progress.attempts).toBe(2)
  expect(requests).toEqual([0, 1000])
})

it.each([
  ['among the plugins of a client', (limiter: Plugin) => [limiter]],
  ['right after retry', afterRetry],
])('G4: %s a wait that would outlast the deadline fails the call at once', async (_, arrange) => {
  const { begin, requests, send } = performing(arrange, { deadline: 2500, retries: 5 }, 200)
  const served = [send(), send(), send()]
  const failure = send().catch((error: unknown) => ({ error, after: Date.now() - begin }))
  await vi.runAllTimersAsync()
  await Promise.all(served)
  expect(await failure).toMatchObject({ error: { name: 'TimeoutError', limit: 'deadline', attempts: 0 }, after: 0 })
  expect(requests).toEqual([0, 1000, 2000])
})
