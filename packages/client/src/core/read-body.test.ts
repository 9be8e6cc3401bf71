import { expect, it, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import type { ApiRequest, Operation, ResolvedOptions } from './call.ts'
import { ResponseParseError } from './errors.ts'
import { contentOf } from './held-response.ts'
import { readBody } from './read-body.ts'
import { createTransport, type Fetch } from './transport.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things/{name}', server: 'api', retry: 'safe' }

const callOf = (request: Partial<ApiRequest> = {}, options: Partial<ResolvedOptions> = {}) =>
  createCall(operation, {
    request: { url: 'https://api.example.com/things/geheim', headers: { a: 'b' }, ...request },
    options,
  })

const isHeld = (response: Response) => contentOf(response) !== undefined

/** A response whose body breaks off after its first bytes. */
const brokenOff = (status = 200) => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":'))
    },
    pull(controller) {
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body, { status })
}

it("E5: an abort surfaces as the signal's reason, also while the body is read", async () => {
  const controller = new AbortController()
  const reason = new Error('enough')
  const fetch: Fetch = async () => {
    controller.abort(reason)
    return brokenOff()
  }
  const send = readBody(createTransport(fetch))
  await expect(send(callOf({ signal: controller.signal }))).rejects.toBe(reason)
})

it('E5: a body that breaks off is a ConnectionError: the request was sent', async () => {
  const send = readBody(createTransport(async () => brokenOff()))
  const sent = send(callOf())
  await expect(sent).rejects.toMatchObject({
    name: 'ConnectionError',
    requestSent: true,
    cause: new TypeError('terminated'),
  })
})

it('reads the body, leaves a whole one as it is, and a stream to its reader', async () => {
  const send = readBody(async () => new Response('ok'))
  const whole = await send(callOf())
  expect([isHeld(whole), await whole.text()]).toEqual([true, 'ok'])
  expect(await readBody(async () => whole)(callOf())).toBe(whole)
  const streamed = await send(callOf({}, { read: () => 'stream' }))
  expect([isHeld(streamed), streamed.bodyUsed]).toEqual([false, false])
})

const mebibyte = 2 ** 20

/** A response whose body comes in chunks for ever, or for so many; how many were asked for, and its cancellation. */
function inChunks(chunk: Uint8Array<ArrayBuffer>, status: number, count = Number.POSITIVE_INFINITY) {
  const cancel = vi.fn()
  let pulled = 0
  const body = new ReadableStream({
    pull(controller) {
      if (++pulled > count) controller.close()
      else controller.enqueue(chunk)
    },
    cancel,
  })
  return { response: new Response(body, { status }), cancel, pulled: () => pulled }
}

const bytes = (length: number) => new Uint8Array(length).fill(97)

it.each([
  ['in chunks', bytes(65_536)],
  ['in chunks that do not fit', bytes(100_003)],
  ['in one', bytes(5 * mebibyte)],
])('E6: an error body that never ends is cut at 1 MiB, and its stream cancelled: %s', async (_, chunk) => {
  const { response, cancel, pulled } = inChunks(chunk, 500)
  const whole = await readBody(async () => response)(callOf())
  expect((await whole.text()).length).toBe(mebibyte)
  expect(cancel).toHaveBeenCalledTimes(1)
  expect(pulled()).toBeLessThanOrEqual(Math.ceil(mebibyte / chunk.length) + 2)
})

it.each([0, 1, 15])('E6: an error body of %d chunks below 1 MiB is read to its end', async (count) => {
  const { response, cancel } = inChunks(bytes(65_536), 404, count)
  const whole = await readBody(async () => response)(callOf())
  expect((await whole.text()).length).toBe(count * 65_536)
  expect(cancel).not.toHaveBeenCalled()
})

it('E6: the body of a success is not cut like that of an error', async () => {
  const { response } = inChunks(bytes(65_536), 200, 20)
  expect((await (await readBody(async () => response)(callOf())).text()).length).toBe(20 * 65_536)
})

it('E6: a character that two chunks share stays whole', async () => {
  const [first, ...rest] = new TextEncoder().encode('è😀')
  const body = new ReadableStream({
    start(controller) {
      for (const part of [[first ?? 0], rest.slice(0, 2), rest.slice(2)]) controller.enqueue(new Uint8Array(part))
      controller.close()
    },
  })
  const whole = await readBody(async () => new Response(body, { status: 400 }))(callOf())
  expect(await whole.text()).toBe('è😀')
})

it.each(['text', 'bytes', 'stream'] as const)(
  'E1, R9: an error is read as text, also where %s was asked for',
  async (read) => {
    const whole = await readBody(async () => Response.json({ message: 'no' }, { status: 400 }))(
      callOf({}, { read: () => read }),
    )
    expect([isHeld(whole), await whole.json()]).toEqual([true, { message: 'no' }])
  },
)

it.each([400, 429, 500])(
  'E1: an error %d whose body breaks off keeps its status, and what came of it',
  async (status) => {
    const answered = await readBody(createTransport(async () => brokenOff(status)))(callOf())
    expect([answered.status, await answered.text()]).toEqual([status, '{"a":'])
  },
)

it.each(['text', 'bytes'] as const)(
  'S7: a success longer than maxResponseBytes is an error, its stream cancelled: as %s',
  async (read) => {
    const { response, cancel, pulled } = inChunks(bytes(1000), 200)
    const call = callOf({}, { read: () => read })
    const limited = { ...call, options: { ...call.options, maxResponseBytes: 2500 } }
    const error: unknown = await readBody(async () => response)(limited).catch((error: unknown) => error)
    expect(error).toBeInstanceOf(ResponseParseError)
    expect(error).toMatchObject({ status: 200, bodyStart: 'a'.repeat(200) })
    expect((error as Error).message).toMatch(/more than 2500 bytes .*maxResponseBytes.*stream/)
    expect(cancel).toHaveBeenCalledTimes(1)
    expect(pulled()).toBeLessThanOrEqual(4)
  },
)

it('S7: a success of exactly maxResponseBytes is read', async () => {
  const { response } = inChunks(bytes(500), 200, 4)
  const limited = callOf({}, { maxResponseBytes: 2000 })
  expect((await (await readBody(async () => response)(limited)).text()).length).toBe(2000)
})

it('reads bodies that are no web streams, as some stand-ins for fetch have them', async () => {
  const foreign = { ok: true, status: 200, headers: new Headers(), body: {}, arrayBuffer: async () => bytes(3).buffer }
  expect(await (await readBody(async () => foreign as unknown as Response)(callOf())).text()).toBe('aaa')
})

it('writes to no response of others, which may be frozen', async () => {
  const frozen = Object.freeze(Response.json({ a: 1 }))
  expect(await (await readBody(async () => frozen)(callOf())).json()).toEqual({ a: 1 })
})

it.each([
  ['says so', { 'content-length': '4' }, false],
  ['says that it is longer', { 'content-length': '4000' }, true],
  ['does not say, as it is compressed', { 'content-length': '4', 'content-encoding': 'gzip' }, true],
  ['does not say', {}, true],
])(
  'S7: a body is read in parts unless its head promises that it is short: one that %s',
  async (_, headers, inParts) => {
    const response = new Response('text', { headers: headers as Record<string, string> })
    const parts = vi.spyOn(response, 'text')
    const call = callOf()
    const limited = { ...call, options: { ...call.options, maxResponseBytes: 100 } }
    expect(await (await readBody(async () => response)(limited)).text()).toBe('text')
    expect(parts).toHaveBeenCalledTimes(inParts ? 0 : 1)
  },
)

it('E5: a body whose length is promised and that breaks off is a ConnectionError', async () => {
  const { body } = brokenOff()
  const answer = async () => new Response(body, { headers: { 'content-length': '9' } })
  await expect(readBody(answer)(callOf())).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true })
})

it('S7: a limit of 0 takes no more than an empty success', async () => {
  const limited = callOf({}, { maxResponseBytes: 0 })
  expect(await (await readBody(async () => new Response(''))(limited)).text()).toBe('')
  await expect(readBody(async () => new Response('a'))(limited)).rejects.toThrow('more than 0 bytes')
})
