import { expect, it, onTestFinished, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import type { Call, Operation, Send } from './call.ts'
import { timeout as limitTime } from './timeout.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

interface Given {
  timeout?: number | false
  deadline?: number | false
  signal?: AbortSignal
  stream?: boolean
}

const callOf = ({ timeout = false, deadline = false, signal, stream = false }: Given) =>
  createCall(operation, {
    ...(signal && { request: { signal } }),
    options: { timeout, deadline, read: () => (stream ? 'stream' : 'text') },
  })

/** Never answers, but rejects once its signal aborts, as `fetch` does. */
function hanging() {
  const seen: Call[] = []
  const send: Send = (call) => {
    seen.push(call)
    const signal = call.request.signal
    return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)))
  }
  return { seen, send }
}

function useFakeTimers() {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** Tells how many listeners a signal has. */
function countListeners(signal: AbortSignal): () => number {
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  return () => added.mock.calls.length - removed.mock.calls.length
}

it.each(['timeout', 'deadline'] as const)('R6: ends what takes longer than the %s, and aborts it', async (limit) => {
  useFakeTimers()
  const { seen, send } = hanging()
  const sent = limitTime()(send)(callOf({ [limit]: 100 }))
  const rejected = expect(sent).rejects.toMatchObject({
    name: 'TimeoutError',
    limit,
    operation: 'getThing',
    message: `GET /things: no complete answer within the ${limit} of 100 ms`,
  })
  await vi.advanceTimersByTimeAsync(99)
  expect(seen[0]?.request.signal?.aborted).toBe(false)
  await vi.advanceTimersByTimeAsync(1)
  await rejected
  expect(seen[0]?.request.signal?.aborted).toBe(true)
  expect(vi.getTimerCount()).toBe(0)
})

it('R6: false switches the limit off: no timer, and the call passes as it is', async () => {
  useFakeTimers()
  const send = vi.fn<Send>(async () => new Response())
  const call = callOf({ timeout: false, deadline: false })
  await limitTime()(send)(call)
  expect(send).toHaveBeenCalledWith(call)
  expect(vi.getTimerCount()).toBe(0)
})

it('R6: the end comes also where the signal is not listened to', async () => {
  useFakeTimers()
  const sent = limitTime()(() => new Promise(() => undefined))(callOf({ timeout: 5 }))
  const rejected = expect(sent).rejects.toMatchObject({ name: 'TimeoutError' })
  await vi.advanceTimersByTimeAsync(5)
  await rejected
})

it.each([100, false] as const)('R7: with a limit of %s nothing is sent after an abort', async (timeout) => {
  const send = vi.fn<Send>()
  const sent = limitTime()(send)(callOf({ timeout, signal: AbortSignal.abort('early') }))
  await expect(sent).rejects.toBe('early')
  expect(send).not.toHaveBeenCalled()
})

it.each([100, false] as const)(
  'R7: with a limit of %s an abort cancels the attempt with its reason',
  async (timeout) => {
    const controller = new AbortController()
    const reason = new Error('enough')
    const { seen, send } = hanging()
    const sent = limitTime()(send)(callOf({ timeout, signal: controller.signal }))
    controller.abort(reason)
    await expect(sent).rejects.toBe(reason)
    expect(seen[0]?.request.signal).toMatchObject({ aborted: true, reason })
  },
)

it.each([
  ['a success', async () => new Response()],
  ['a failure', () => Promise.reject(new Error('no'))],
  [
    'a failure that is thrown, not rejected',
    () => {
      throw new Error('no')
    },
  ],
] satisfies [string, Send][])('R8: leaves neither timer nor listener after %s', async (_, send) => {
  useFakeTimers()
  const { signal } = new AbortController()
  const listeners = countListeners(signal)
  await limitTime()(send)(callOf({ timeout: 100, signal })).catch(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  expect({ timers: vi.getTimerCount(), listeners: listeners() }).toEqual({ timers: 0, listeners: 0 })
})

it.each([
  ['listens to its signal', hanging().send],
  ['does not', () => new Promise<Response>(() => undefined)],
] satisfies [string, Send][])('R8: leaves no timer after an abort of what %s', async (_, send) => {
  useFakeTimers()
  const controller = new AbortController()
  const sent = limitTime()(send)(callOf({ deadline: 100, signal: controller.signal }))
  controller.abort('enough')
  await expect(sent).rejects.toBe('enough')
  await vi.advanceTimersByTimeAsync(0)
  expect(vi.getTimerCount()).toBe(0)
})

/** A response whose body gives a chunk and then nothing, heeding no signal; and whether it was cancelled. */
function stalling() {
  const cancel = vi.fn()
  const body = new ReadableStream<Uint8Array>({
    start: (controller) => controller.enqueue(new Uint8Array([1])),
    cancel,
  })
  return { response: new Response(body), cancel }
}

async function readerOf(response: Response, given: Parameters<typeof callOf>[0]) {
  const limited = await limitTime()(async () => response)(callOf({ ...given, stream: true }))
  return (limited.body as ReadableStream<Uint8Array>).getReader()
}

it.each(['timeout', 'deadline'] as const)('R6: the %s holds for a stream until its end', async (limit) => {
  useFakeTimers()
  const { response, cancel } = stalling()
  const reader = await readerOf(response, { [limit]: 100 })
  expect((await reader.read()).value).toEqual(new Uint8Array([1]))
  const rejected = expect(reader.read()).rejects.toMatchObject({ name: 'TimeoutError', limit })
  await vi.advanceTimersByTimeAsync(100)
  await rejected
  expect([cancel.mock.calls.length, vi.getTimerCount()]).toEqual([1, 0])
})

it('R7: the caller can abort a stream after its call has ended', async () => {
  const controller = new AbortController()
  const { response, cancel } = stalling()
  const reader = await readerOf(response, { timeout: 100, signal: controller.signal })
  await reader.read()
  const rejected = expect(reader.read()).rejects.toBe('enough')
  controller.abort('enough')
  await rejected
  expect(cancel).toHaveBeenCalledTimes(1)
})

it.each([
  [
    'is read to its end',
    async (reader: ReadableStreamDefaultReader) => {
      while (!(await reader.read()).done);
    },
  ],
  ['is cancelled', (reader: ReadableStreamDefaultReader) => reader.cancel()],
])('R8: a stream that %s leaves neither timer nor listener', async (_, use) => {
  useFakeTimers()
  const { signal } = new AbortController()
  const listeners = countListeners(signal)
  await use(await readerOf(new Response('text'), { timeout: 100, signal }))
  await vi.advanceTimersByTimeAsync(0)
  expect({ timers: vi.getTimerCount(), listeners: listeners() }).toEqual({ timers: 0, listeners: 0 })
})

it('R6: a stream that fails by itself fails with its own error, and leaves no timer', async () => {
  useFakeTimers()
  const body = new ReadableStream({ pull: (controller) => controller.error(new TypeError('terminated')) })
  const reader = await readerOf(new Response(body), { timeout: 100 })
  await expect(reader.read()).rejects.toThrow('terminated')
  expect(vi.getTimerCount()).toBe(0)
})

it('a stream is not taken from its source far ahead of who reads it', async () => {
  let pulled = 0
  const pull = (controller: ReadableStreamDefaultController) => controller.enqueue(new Uint8Array([++pulled]))
  const body = new ReadableStream({ pull }, { highWaterMark: 0 })
  const reader = await readerOf(new Response(body), { timeout: 10_000 })
  await reader.read()
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
  expect(pulled).toBeLessThanOrEqual(4)
  await reader.cancel()
})

it.each([-3_600_000, 3_600_000])('R15: a wall clock that jumps by %d ms changes no limit', async (jump) => {
  useFakeTimers()
  const sent = limitTime()(hanging().send)(callOf({ timeout: 1000, deadline: 1500 }))
  const rejected = expect(sent).rejects.toMatchObject({ name: 'TimeoutError', limit: 'timeout' })
  vi.setSystemTime(Date.now() + jump)
  await vi.advanceTimersByTimeAsync(1000)
  await rejected
})
