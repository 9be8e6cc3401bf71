import { getEventListeners } from 'node:events'
import type { RequestListener } from 'node:http'
import { expect, it } from 'vitest'
import { createMinimoClient, logger, type MinimoClientOptions, rateLimit } from '../src/index.ts'
import { tracing } from '../src/tracing.ts'
import { clientOf } from './loopback.ts'

/** The timers that keep this process alive. */
const countTimers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length

/** The timers that the test runner may start or end by itself meanwhile; fewer than the calls of any test here. */
const noise = 5

const everything: MinimoClientOptions = {
  retries: 1,
  logger: { warn: () => undefined },
  plugins: [tracing(), logger(() => undefined), rateLimit({ perSecond: 1e6, concurrency: 50 })],
}

/** Succeeds, fails, and fails at first, in turn. */
const mixed = (): RequestListener => {
  let count = 0
  return ({ headers }, response) => {
    const isFirst = headers['x-minimo-retry-count'] === undefined
    const status = [200, 404, isFirst ? 503 : 200, 503][isFirst ? count++ % 4 : 2] ?? 200
    response.writeHead(status, { 'retry-after-ms': '0', 'content-type': 'application/json' }).end('{"data":[]}')
  }
}

it('R8: after 200 calls a long-lived signal has no listener, and the process no timer', async () => {
  const timers = countTimers()
  const { signal } = new AbortController()
  const { minimo, seen } = await clientOf(mixed(), everything)
  const call = () => minimo.customFields.list({ signal }).catch(() => undefined)
  for (let i = 0; i < 20; i++) await Promise.all(Array.from({ length: 10 }, call))
  expect(seen.length).toBeGreaterThanOrEqual(200)
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(countTimers() - timers).toBeLessThan(noise)
})

const down: MinimoClientOptions = { fetch: () => Promise.reject(new TypeError('fetch failed')), retries: 0 }
const hanging: MinimoClientOptions = { fetch: () => new Promise(() => undefined), retries: 0 }
/** Answers the attempts of each call with the statuses in turn, asking for no wait. */
const status = (...codes: number[]): MinimoClientOptions => ({
  fetch: async (_, { headers }) => {
    const attempt = Number(new Headers(headers).get('x-minimo-retry-count'))
    return Response.json({}, { status: codes[attempt] ?? 200, headers: { 'retry-after-ms': '0' } })
  },
})

it.each<[what: string, options: MinimoClientOptions]>([
  ['a success', status(200)],
  ['a failure', status(400)],
  ['a retry', status(503, 429, 200)],
  ['attempts that all fail', status(503, 503, 503)],
  [
    'a Retry-After that is too long',
    { ...status(), fetch: async () => new Response(null, { status: 503, headers: { 'retry-after': '3600' } }) },
  ],
  ['a lost connection', down],
  ['a timeout', { ...hanging, timeout: 5 }],
  ['a deadline', { ...hanging, deadline: 5 }],
])('R8: %s leaves neither listener nor timer', async (_, options) => {
  const timers = countTimers()
  const { signal } = new AbortController()
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', ...everything, retries: 2, ...options })
  await Promise.allSettled(Array.from({ length: 20 }, () => minimo.customFields.list({ signal })))
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(countTimers() - timers).toBeLessThan(noise)
})

const waiting: MinimoClientOptions = {
  fetch: async () => new Response(null, { status: 503, headers: { 'retry-after': '50' } }),
}
it.each<[what: string, options: MinimoClientOptions]>([
  ['an attempt', hanging],
  ['a wait for the next attempt', waiting],
  ['a wait for a place', { ...hanging, plugins: [rateLimit({ concurrency: 1 })] }],
  [
    'a wait for the rate',
    { ...hanging, plugins: [rateLimit({ perSecond: 0.01, burst: 1 })], timeout: false, deadline: false },
  ],
])('R8: an abort during %s leaves neither listener nor timer', async (_, options) => {
  const timers = countTimers()
  const controller = new AbortController()
  const { signal } = controller
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', ...everything, retries: 2, ...options })
  const sent = Promise.allSettled(Array.from({ length: 10 }, () => minimo.customFields.list({ signal })))
  await new Promise((resolve) => setImmediate(resolve))
  controller.abort('enough')
  const reasons = (await sent).map((outcome) => (outcome.status === 'rejected' ? outcome.reason : outcome))
  expect(new Set(reasons)).toEqual(new Set(['enough']))
  expect(getEventListeners(signal, 'abort')).toEqual([])
  expect(countTimers() - timers).toBeLessThan(noise)
})
