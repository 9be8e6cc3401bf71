import { expect, it, onTestFinished, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import type { Operation, Send } from '../core/call.ts'
import { ClientError } from '../core/errors.ts'
import { type RateLimitOptions, rateLimit } from './rate-limit.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

interface Given {
  signal?: AbortSignal
  deadline?: number
}

const callOf = ({ signal, deadline }: Given = {}) =>
  createCall(operation, { ...(signal && { request: { signal } }), options: { deadline: deadline ?? false } })

function useFakeTimers() {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
}

/** A limited send on a clock that stands still, and how many milliseconds from now each start was. */
function limited(options: RateLimitOptions) {
  useFakeTimers()
  const begin = Date.now()
  const starts: number[] = []
  const send = rateLimit(options)(async () => {
    starts.push(Date.now() - begin)
    return new Response()
  })
  const sendMany = (count: number) => Promise.all(Array.from({ length: count }, () => send(callOf())))
  return { starts, send, sendMany }
}

/** A limited send that ends when told, and how many were under way at most. */
function gated(options: RateLimitOptions) {
  const ends: ((failed?: Error) => void)[] = []
  const count = { now: 0, most: 0 }
  const hold: Send = async () => {
    count.most = Math.max(count.most, ++count.now)
    try {
      return await new Promise((resolve, reject) => {
        ends.push((failed) => (failed ? reject(failed) : resolve(new Response())))
      })
    } finally {
      count.now--
    }
  }
  return { ends, count, send: rateLimit(options)(hold) }
}

/** Lets everything run that waits for no timer and nothing outside. */
const settle = () => new Promise<void>((resolve) => setImmediate(resolve))

it.each<[options: RateLimitOptions, want: number[]]>([
  [{ perSecond: 2, burst: 3 }, [0, 0, 0, 500, 1000, 1500]],
  [{ perSecond: 2 }, [0, 500, 1000, 1500, 2000, 2500]],
  [{ perSecond: 0.5 }, [0, 2000, 4000, 6000, 8000, 10_000]],
  [{ perSecond: 1, burst: 1 }, [0, 1000, 2000, 3000, 4000, 5000]],
  [{ concurrency: 100 }, [0, 0, 0, 0, 0, 0]],
  [{}, [0, 0, 0, 0, 0, 0]],
])('G4: %o starts six calls at %j', async (options, want) => {
  const { starts, sendMany } = limited(options)
  const sent = sendMany(6)
  await vi.runAllTimersAsync()
  await sent
  expect(starts).toEqual(want)
})

it.each([3, 7, 0.3, 999])('G4: a rate of %d a second, which no whole milliseconds make, is kept', async (perSecond) => {
  const { starts, sendMany } = limited({ perSecond, burst: 1 })
  const sent = sendMany(20)
  await vi.runAllTimersAsync()
  await sent
  const early = starts.filter((start, i) => start < Math.floor((i * 1000) / perSecond))
  const late = starts.filter((start, i) => start > (i * 1000) / perSecond + i + 1)
  expect({ early, late }).toEqual({ early: [], late: [] })
})

it('G4: a pause fills the burst again, and no further', async () => {
  const { starts, sendMany } = limited({ perSecond: 10, burst: 2 })
  await sendMany(2)
  await vi.advanceTimersByTimeAsync(60_000)
  const sent = sendMany(4)
  await vi.runAllTimersAsync()
  await sent
  expect(starts).toEqual([0, 0, 60_000, 60_000, 60_100, 60_200])
})

it('G4: no more are under way at once than concurrency says, whether they succeed or fail', async () => {
  const { ends, count, send } = gated({ concurrency: 3 })
  const sent = Promise.allSettled(Array.from({ length: 50 }, () => send(callOf())))
  for (let ended = 0; ended < 50; ended++) {
    await settle()
    expect(count.now).toBe(Math.min(3, 50 - ended))
    ends[ended]?.(ended % 3 === 0 ? new Error('no') : undefined)
  }
  const outcomes = (await sent).map(({ status }) => status)
  expect(outcomes.filter((status) => status === 'fulfilled')).toHaveLength(33)
  expect(count).toEqual({ now: 0, most: 3 })
})

it('G4: those that wait start in the order they came', async () => {
  const order: number[] = []
  const send = rateLimit({ concurrency: 1 })(async ({ attempt }) => {
    order.push(attempt)
    await settle()
    return new Response()
  })
  await Promise.all([1, 2, 3, 4, 5].map((attempt) => send({ ...callOf(), attempt })))
  expect(order).toEqual([1, 2, 3, 4, 5])
})

it('R7: an abort while waiting for the rate rejects at once with its reason, and leaves no timer', async () => {
  const { starts, send } = limited({ perSecond: 1, burst: 1 })
  const controller = new AbortController()
  await send(callOf())
  const sent = send(callOf({ signal: controller.signal }))
  const rejected = expect(sent).rejects.toBe('enough')
  await vi.advanceTimersByTimeAsync(400)
  controller.abort('enough')
  await rejected
  expect([starts, vi.getTimerCount()]).toEqual([[0], 0])
})

it('G4: the place of a call that gave up waiting for the rate goes to the next', async () => {
  const { starts, send } = limited({ perSecond: 1, burst: 1 })
  const controller = new AbortController()
  await send(callOf())
  const sent = send(callOf({ signal: controller.signal })).catch(() => undefined)
  await vi.advanceTimersByTimeAsync(0)
  controller.abort()
  await sent
  const next = send(callOf())
  await vi.runAllTimersAsync()
  await next
  expect(starts).toEqual([0, 1000])
})

it('G4: no more start at once than the burst, also where one before them gave up', async () => {
  const { starts, send } = limited({ perSecond: 1, burst: 1 })
  const controller = new AbortController()
  await send(callOf())
  const aborted = send(callOf({ signal: controller.signal })).catch(() => undefined)
  const sent = [send(callOf())]
  await vi.advanceTimersByTimeAsync(100)
  controller.abort()
  await aborted
  sent.push(send(callOf()), send(callOf()))
  await vi.runAllTimersAsync()
  await Promise.all(sent)
  expect(new Set(starts).size).toBe(starts.length)
})

it('R7: an abort while waiting for a place rejects at once, and lets the next go', async () => {
  useFakeTimers()
  const { ends, count, send } = gated({ concurrency: 1 })
  const controller = new AbortController()
  const removed = vi.spyOn(controller.signal, 'removeEventListener')
  const first = send(callOf())
  const aborted = expect(send(callOf({ signal: controller.signal, deadline: 1000 }))).rejects.toBe('enough')
  const third = send(callOf())
  await vi.advanceTimersByTimeAsync(0)
  controller.abort('enough')
  await aborted
  expect([vi.getTimerCount(), removed.mock.calls.length]).toEqual([0, 1])
  ends[0]?.()
  await first
  await vi.advanceTimersByTimeAsync(0)
  expect(count.now).toBe(1)
  ends[1]?.()
  await third
})

it('G4: a call that gives up waiting for the rate frees its place among those under way', async () => {
  const { starts, send } = limited({ perSecond: 1, burst: 1, concurrency: 1 })
  const controller = new AbortController()
  await send(callOf())
  const aborted = send(callOf({ signal: controller.signal })).catch(() => undefined)
  const next = send(callOf())
  await vi.advanceTimersByTimeAsync(200)
  controller.abort()
  await aborted
  await vi.runAllTimersAsync()
  await next
  expect(starts).toEqual([0, 1000])
})

it('R7: nothing starts after an abort', async () => {
  const send = vi.fn<Send>()
  const sent = rateLimit({ concurrency: 1 })(send)(callOf({ signal: AbortSignal.abort('early') }))
  await expect(sent).rejects.toBe('early')
  expect(send).not.toHaveBeenCalled()
})

const deadlineError = { name: 'TimeoutError', limit: 'deadline', message: expect.stringContaining('1500 ms') }

it('G4: a wait for the rate that would outlast the deadline fails at once', async () => {
  const { starts, send } = limited({ perSecond: 1, burst: 1 })
  await send(callOf())
  const within = send(callOf({ deadline: 1500 }))
  const error: unknown = await send(callOf({ deadline: 1500 })).catch((error: unknown) => error)
  expect(error).toMatchObject(deadlineError)
  expect((error as Error).message).toContain('rateLimit (perSecond: 1) gave the call no turn within the deadline of')
  await vi.runAllTimersAsync()
  await within
  expect(starts).toEqual([0, 1000])
})

it('G4: a wait for a place ends at the deadline', async () => {
  useFakeTimers()
  const { ends, send } = gated({ concurrency: 1 })
  const first = send(callOf())
  const rejected = expect(send(callOf({ deadline: 1500 }))).rejects.toMatchObject(deadlineError)
  await vi.advanceTimersByTimeAsync(1499)
  expect(vi.getTimerCount()).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  await rejected
  expect(vi.getTimerCount()).toBe(0)
  ends[0]?.()
  await first
})

it('R8: a signal that outlives the wait has no listener left', async () => {
  const { signal } = new AbortController()
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  const { send } = limited({ perSecond: 1, burst: 1, concurrency: 1 })
  const sent = Promise.all([send(callOf({ signal })), send(callOf({ signal })), send(callOf({ signal }))])
  await vi.runAllTimersAsync()
  await sent
  const listeners = ({ mock }: typeof added | typeof removed) => new Set(mock.calls.map(([, listener]) => listener))
  expect(added).toHaveBeenCalled()
  expect(listeners(removed)).toEqual(listeners(added))
})

it('C9: each limiter counts for itself', async () => {
  const one = gated({ concurrency: 1 })
  const two = gated({ concurrency: 1 })
  const sent = [one.send(callOf()), two.send(callOf())]
  await settle()
  expect([one.count.now, two.count.now]).toEqual([1, 1])
  for (const { ends } of [one, two]) ends[0]?.()
  await Promise.all(sent)
})

const wrong: [option: keyof RateLimitOptions, value: number][] = [
  ['perSecond', 0],
  ['perSecond', -1],
  ['perSecond', Number.NaN],
  ['burst', 0],
  ['burst', 0.5],
  ['burst', Number.NaN],
  ['concurrency', 0],
  ['concurrency', -1],
  ['concurrency', Number.NaN],
]
it.each(wrong)('G4: refuses %s: %d, which would let nothing through', (option, value) => {
  const make = () => rateLimit({ perSecond: 5, [option]: value })
  expect(make).toThrow(ClientError)
  expect(make).toThrow(new RegExp(`rateLimit.*${option}`))
})

it('G4: a place whose call ended without telling, as a request of Workers may, is free after its deadline', async () => {
  useFakeTimers()
  const { count, send } = gated({ concurrency: 1 })
  send(callOf({ deadline: 1000 }))
  const next = send(callOf())
  await vi.advanceTimersByTimeAsync(999)
  expect(count.now).toBe(1)
  await vi.advanceTimersByTimeAsync(2)
  expect(count.now).toBe(2)
  next.catch(() => undefined)
})

it('G4: in the first second no more start than perSecond says', async () => {
  const { starts, sendMany } = limited({ perSecond: 50 })
  const sent = sendMany(200)
  await vi.runAllTimersAsync()
  await sent
  expect(starts.filter((start) => start < 1000)).toHaveLength(50)
})
