import { expect, it, onTestFinished, vi } from 'vitest'
import type { CallOptions, Operation, Plugin } from '../core/call.ts'
import type { ClientOptions } from '../core/options.ts'
import { createPerformer } from '../core/performer.ts'
import type { Fetch } from '../core/transport.ts'
import { type LogEntry, logger } from './logger.ts'

const operation: Operation = { id: 'addThing', method: 'POST', path: '/things/{id}', server: 'api', retry: 'safe' }

const request = {
  path: { id: 'zqpath' },
  query: { q: 'zqquery' },
  body: { a: 'zqbody' },
  headers: { 'x-a': 'zqheader' },
}

interface Setting {
  fetch: Fetch
  /** Where among a client's plugins the logger stands. */
  place?: (log: Plugin) => ClientOptions['plugins']
  /** Options of the call, with the logger where it is to be of the call. */
  options?: (log: Plugin) => CallOptions
  retries?: number
}

/** The lines of one call. */
async function linesOf({ fetch, place = (log) => [log], options = () => ({}), retries = 2 }: Setting) {
  const lines: LogEntry[] = []
  const log = logger((line) => lines.push(line))
  const perform = createPerformer([operation], {
    baseUrl: 'https://api.example.com',
    apiKey: 'zqkey',
    fetch,
    retries,
    plugins: place(log),
  })
  await perform(operation, request, options(log)).catch(() => undefined)
  return lines
}

/** Answers with the statuses in turn, asking for no wait. */
const statuses =
  (...codes: number[]): Fetch =>
  async () =>
    Response.json({ b: 'zqanswer' }, { status: codes.shift() ?? 200, headers: { 'retry-after-ms': '0', c: 'zqset' } })

function useFakeTimers() {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

const row = { operation: 'addThing', method: 'POST', path: '/things/{id}' }
const durationMs = expect.any(Number)

const places: [where: string, setting: Omit<Setting, 'fetch'>][] = [
  ['outermost', {}],
  [
    'right after retry',
    { place: (log) => (builtIn) => builtIn.flatMap((plugin, i) => (i === 0 ? [plugin, log] : plugin)) },
  ],
  ['after all built-in plugins', { place: (log) => (builtIn) => [...builtIn, log] }],
  ['among those of the call', { place: () => [], options: (log) => ({ plugins: [log] }) }],
]
it.each(places)('G5: %s it tells one line of each attempt, and nothing else', async (_, setting) => {
  const lines = await linesOf({ fetch: statuses(503, 429, 200), ...setting })
  expect(lines).toStrictEqual([
    { ...row, attempt: 1, durationMs, status: 503 },
    { ...row, attempt: 2, durationMs, status: 429 },
    { ...row, attempt: 3, durationMs, status: 200 },
  ])
})

it.each(places)('G5: %s it tells no value of parameters, headers or bodies', async (_, setting) => {
  const failing: Fetch = () => Promise.reject(new TypeError('zqfailure', { cause: new Error('zqcause') }))
  for (const fetch of [statuses(200), statuses(400), failing]) {
    const lines = await linesOf({ fetch, retries: 0, ...setting })
    expect(lines).not.toEqual([])
    expect(JSON.stringify(lines)).not.toContain('zq')
  }
})

it('G5: two loggers each tell all attempts', async () => {
  const lines = await linesOf({ fetch: statuses(500, 200), place: (log) => [log, log] })
  expect(lines.map(({ attempt }) => attempt)).toEqual([1, 1, 2, 2])
})

const never: Fetch = (_, { signal }) =>
  new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))

const throwingAtOnce: Plugin = () => () => {
  throw new RangeError('zq')
}

it.each<[what: string, fetch: Fetch, options: CallOptions, error: string]>([
  ['a failing network', () => Promise.reject(new TypeError('fetch failed')), {}, 'ConnectionError'],
  ['an attempt that takes too long', never, { timeout: 5 }, 'TimeoutError'],
  [
    'a plugin of the call that throws',
    never,
    { plugins: [() => () => Promise.reject(new RangeError('zq'))] },
    'RangeError',
  ],
  ['a plugin of the call that throws no error', never, { plugins: [() => () => Promise.reject('zq')] }, 'string'],
  ['a plugin of the call that throws at once', never, { plugins: [throwingAtOnce] }, 'RangeError'],
])('G5: names the error of %s', async (_, fetch, options, error) => {
  const lines = await linesOf({ fetch, options: () => ({ retries: 0, ...options }) })
  expect(lines).toStrictEqual([{ ...row, attempt: 1, durationMs, error }])
})

it.each([
  [new DOMException('zq', 'AbortError'), 'AbortError'],
  ['zq', 'string'],
])('G5: names what an abort gives as its reason, and does not quote it: %s', async (reason, error) => {
  const controller = new AbortController()
  const fetch: Fetch = (url, init) => {
    queueMicrotask(() => controller.abort(reason))
    return never(url, init)
  }
  const lines = await linesOf({ fetch, options: () => ({ signal: controller.signal }) })
  expect(lines).toStrictEqual([{ ...row, attempt: 1, durationMs, error }])
})

it('G5: tells nothing of a call that makes no attempt', async () => {
  expect(await linesOf({ fetch: never, options: () => ({ signal: AbortSignal.abort() }) })).toEqual([])
})

/** Answers after 40 ms, and ends its body as told 60 ms later. */
const slowBody =
  (end: (controller: ReadableStreamDefaultController) => void): Fetch =>
  async () => {
    await new Promise((resolve) => setTimeout(resolve, 40))
    return new Response(new ReadableStream({ start: (controller) => void setTimeout(() => end(controller), 60) }))
  }

it('G5: the duration is that of the attempt, its body included', async () => {
  useFakeTimers()
  const lines = linesOf({ fetch: slowBody((controller) => controller.close()) })
  await vi.runAllTimersAsync()
  expect(await lines).toStrictEqual([{ ...row, attempt: 1, durationMs: 100, status: 200 }])
})

it('G5: an attempt whose body breaks off has failed', async () => {
  useFakeTimers()
  const fetch = slowBody((controller) => controller.error(new TypeError('terminated')))
  const lines = linesOf({ fetch, options: () => ({ retries: 0 }) })
  await vi.runAllTimersAsync()
  expect(await lines).toStrictEqual([{ ...row, attempt: 1, durationMs: 100, error: 'ConnectionError' }])
})

it.each([200, 400])(
  'G5: a sink that throws on a %d is told once, and fails the call with what it threw',
  async (status) => {
    const full = new Error('disk is full')
    const sink = vi.fn(() => {
      throw full
    })
    const options = { baseUrl: 'https://api.example.com', fetch: statuses(status), plugins: [logger(sink)] }
    await expect(createPerformer([operation], options)(operation, request)).rejects.toBe(full)
    expect(sink).toHaveBeenCalledTimes(1)
  },
)
