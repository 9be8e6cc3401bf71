import { expect, it, onTestFinished, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import type { Call, Operation, ResolvedOptions, Send } from './call.ts'
import { ClientError, ConnectionError, TimeoutError } from './errors.ts'
import { retry } from './retry.ts'

const safe: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }
const never: Operation = { ...safe, id: 'sendThing', method: 'POST', retry: 'never' }

type Answer = Response | Error

const status = (code: number, headers: Record<string, string> = {}) => new Response(null, { status: code, headers })
const lost = (operation: Operation, requestSent = true) =>
  new ConnectionError('lost', operation, { cause: new Error('reset'), requestSent })
const late = (operation: Operation) => new TimeoutError('timeout', 5, operation)

/** Gives the answers in turn and keeps the calls it saw. */
function stub(...answers: Answer[]) {
  const seen: Call[] = []
  const send: Send = async (call) => {
    const answer = answers[seen.length]
    seen.push(call)
    if (answer instanceof Response) return answer
    throw answer ?? new Error('no more answers')
  }
  return { seen, send }
}

/** A clock that moves by what is slept, and keeps it. */
function fakeClock(random = 0) {
  const slept: number[] = []
  let time = fakeStart
  const clock = {
    now: () => time,
    date: () => time,
    sleep: async (milliseconds: number) => {
      slept.push(milliseconds)
      time += milliseconds
    },
    random: () => random,
  }
  return { ...clock, slept }
}

/** When the fake clock starts, in milliseconds since the epoch. */
const fakeStart = 1_000_000

interface Given {
  options?: Partial<ResolvedOptions>
  request?: Partial<Call['request']>
}

const callOf = (operation: Operation, { options = {}, request }: Given = {}) =>
  createCall(operation, { options, request: { headers: { a: 'b' }, ...request }, begun: fakeStart })

const statuses = [200, 204, 302, 400, 401, 403, 404, 408, 409, 410, 422, 425, 429, 500, 501, 502, 503, 504, 505]
const retried = [408, 429, 500, 502, 503, 504]

it.each(statuses)('R1: a status %d is tried three times only where that can help', async (code) => {
  const { seen, send } = stub(status(code), status(code), status(code), status(code))
  const response = await retry(fakeClock())(send)(callOf(safe))
  expect(response.status).toBe(code)
  expect(seen.map(({ attempt }) => attempt)).toEqual(retried.includes(code) ? [1, 2, 3] : [1])
})

it.each([
  ['a lost connection', lost(safe)],
  ['a refused connection', lost(safe, false)],
  ['an attempt that timed out', late(safe)],
])('R1: %s is repeated, and the success that follows is the result', async (_, failure) => {
  const { seen, send } = stub(failure, status(200))
  expect((await retry(fakeClock())(send)(callOf(safe))).status).toBe(200)
  expect(seen).toHaveLength(2)
})

it.each([
  ['an error of a plugin', new Error('mine')],
  ['wrong use', new ClientError('no key')],
  ['a bug', new TypeError('x is undefined')],
])('G2: %s is not repeated', async (_, failure) => {
  const { seen, send } = stub(failure, status(200))
  await expect(retry(fakeClock())(send)(callOf(safe))).rejects.toBe(failure)
  expect(seen).toHaveLength(1)
})

const unsafe: [what: string, answer: Answer, attempts: number][] = [
  ['429', status(429), 2],
  ['429 with Retry-After', status(429, { 'retry-after': '1' }), 2],
  ['503 with Retry-After', status(503, { 'retry-after': '1' }), 2],
  ['503', status(503), 1],
  ['500', status(500), 1],
  ['502 with Retry-After', status(502, { 'retry-after': '1' }), 1],
  ['504', status(504), 1],
  ['408', status(408), 1],
  ['a refused connection', lost(never, false), 2],
  ['a reset after sending', lost(never, true), 1],
  ['a timeout', late(never), 1],
]
it.each(unsafe)('R2: an operation marked never meets %s in %d request(s) or less', async (_, answer, attempts) => {
  const { seen, send } = stub(answer, status(200))
  await retry(fakeClock())(send)(callOf(never)).catch(() => undefined)
  expect(seen).toHaveLength(attempts)
})

it.each([
  ['half at the least', 0, [250, 500, 1000, 2000, 4000, 4000]],
  ['the whole at the most', 1, [500, 1000, 2000, 4000, 8000, 8000]],
])('R3: waits 500 ms doubling to 8 s, %s', async (_, random, want) => {
  const clock = fakeClock(random)
  const { send } = stub(...Array.from({ length: 7 }, () => status(500)))
  await retry(clock)(send)(callOf(safe, { options: { retries: 6 } }))
  expect(clock.slept).toEqual(want)
})

const asked: [headers: Record<string, string>, want: number][] = [
  [{ 'retry-after-ms': '0', 'retry-after': '5' }, 0],
  [{ 'retry-after-ms': '1234' }, 1234],
  [{ 'retry-after': '7' }, 7000],
  [{ 'retry-after': '0.5' }, 500],
  [{ 'retry-after': new Date(1_007_000).toUTCString() }, 7000],
  [{ 'retry-after': new Date(0).toUTCString() }, 0],
  [{ 'retry-after': 'soon' }, 400],
]
it.each(asked)('R4: waits as %o says, to the millisecond', async (headers, want) => {
  const clock = fakeClock(0.6)
  const { send } = stub(status(503, headers), status(200))
  await retry(clock)(send)(callOf(safe))
  expect(clock.slept).toEqual([want])
})

const limits: [what: string, answer: Response, options: Partial<ResolvedOptions>, attempts: number][] = [
  ['up to the cap is waited for', status(429, { 'retry-after': '60' }), {}, 2],
  ['beyond the cap fails at once', status(429, { 'retry-after': '60.001' }), {}, 1],
  ['beyond a lower cap fails at once', status(503, { 'retry-after': '2' }), { maxRetryAfter: 1999 }, 1],
  ['within the deadline is waited for', status(429, { 'retry-after': '2' }), { deadline: 2001 }, 2],
  ['beyond the deadline fails at once', status(429, { 'retry-after': '2' }), { deadline: 2000 }, 1],
]
it.each(limits)('R5: a Retry-After %s', async (_, answer, options, attempts) => {
  const clock = fakeClock()
  const { seen, send } = stub(answer, status(200))
  const response = await retry(clock)(send)(callOf(safe, { options }))
  expect(seen).toHaveLength(attempts)
  expect(response).toBe(attempts === 1 ? answer : response)
  expect(clock.slept).toHaveLength(attempts - 1)
})

it('R5: a backoff that would outlast the deadline fails at once with the error there is', async () => {
  const failure = lost(safe)
  const { seen, send } = stub(failure, status(200))
  const sent = retry(fakeClock(1))(send)(callOf(safe, { options: { deadline: 500 } }))
  await expect(sent).rejects.toBe(failure)
  expect(seen).toHaveLength(1)
})

it('R5: time that attempts took counts towards the deadline', async () => {
  const clock = fakeClock()
  const { seen, send } = stub(status(500), status(500), status(500))
  const slow: Send = async (call) => {
    await clock.sleep(900)
    return send(call)
  }
  await retry(clock)(slow)(callOf(safe, { options: { deadline: 2000 } }))
  expect(seen).toHaveLength(2)
})

it.each([0, 1, 4])('R10: %d retries mean one attempt more', async (retries) => {
  const { seen, send } = stub(...Array.from({ length: 9 }, () => status(500)))
  await retry(fakeClock())(send)(callOf(safe, { options: { retries } }))
  expect(seen).toHaveLength(retries + 1)
})

it('R12: throws the last error, and tells the server which attempt it is', async () => {
  const last = lost(safe)
  const { seen, send } = stub(lost(safe), late(safe), last)
  const repeating = retry({ ...fakeClock(), countHeader: 'x-minimo-retry-count' })
  await expect(repeating(send)(callOf(safe))).rejects.toBe(last)
  expect(seen.map(({ request }) => request.headers)).toEqual([
    { a: 'b' },
    { a: 'b', 'x-minimo-retry-count': '1' },
    { a: 'b', 'x-minimo-retry-count': '2' },
  ])
})

it('P5: every attempt has the same body; a stream is never sent again', async () => {
  const text = stub(status(500), status(200))
  await retry(fakeClock())(text.send)(callOf(safe, { request: { body: '{"a":1}' } }))
  expect(text.seen.map(({ request }) => request.body)).toEqual(['{"a":1}', '{"a":1}'])
  const stream = stub(status(500), status(200))
  await retry(fakeClock())(stream.send)(callOf(safe, { request: { body: new ReadableStream() } }))
  expect(stream.seen).toHaveLength(1)
})

it('R9: cancels the body of an attempt that is repeated, and of no other', async () => {
  const first = vi.fn()
  const second = vi.fn()
  const streaming = (cancel: () => void) => new Response(new ReadableStream({ cancel }), { status: 500 })
  const { send } = stub(streaming(first), streaming(second))
  await retry(fakeClock())(send)(callOf(safe, { options: { retries: 1 } }))
  expect([first.mock.calls.length, second.mock.calls.length]).toEqual([1, 0])
})

it('R7: an abort during an attempt ends the call', async () => {
  const controller = new AbortController()
  const { seen, send } = stub(status(500), status(200))
  const aborting: Send = (call) => {
    controller.abort()
    return send(call)
  }
  await retry(fakeClock())(aborting)(callOf(safe, { request: { signal: controller.signal } }))
  expect(seen).toHaveLength(1)
})

it('R7: an abort during a wait rejects at once with its reason, and clears the timer', async () => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const controller = new AbortController()
  const { seen, send } = stub(status(500), status(200))
  const sent = retry()(send)(callOf(safe, { request: { signal: controller.signal } }))
  await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1))
  controller.abort('enough')
  await expect(sent).rejects.toBe('enough')
  expect([seen.length, vi.getTimerCount()]).toEqual([1, 0])
})

it('R5: a wait longer than a timer can count is no short one', async () => {
  vi.useFakeTimers()
  onTestFinished(() => {
    vi.useRealTimers()
  })
  const { seen, send } = stub(status(429, { 'retry-after': '3000000' }), status(200))
  const sent = retry()(send)(callOf(safe, { options: { maxRetryAfter: Number.POSITIVE_INFINITY } }))
  await vi.advanceTimersByTimeAsync(60_000)
  expect(seen).toHaveLength(1)
  await vi.runAllTimersAsync()
  await sent
})

it('R8: a signal that outlives the call has no listener left', async () => {
  const { signal } = new AbortController()
  const added = vi.spyOn(signal, 'addEventListener')
  const removed = vi.spyOn(signal, 'removeEventListener')
  const { send } = stub(status(503, { 'retry-after-ms': '0' }), status(200))
  await retry()(send)(callOf(safe, { request: { signal } }))
  expect(added.mock.calls.map(([, listener]) => listener)).toEqual(removed.mock.calls.map(([, listener]) => listener))
})
