import { expect, it, vi } from 'vitest'
import type { ApiRequest, Call, Operation, ResolvedOptions } from './call.ts'
import { ConnectionError } from './errors.ts'
import { createTransport, type Fetch, readBody } from './transport.ts'
import { isWhole } from './whole-response.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things/{name}', server: 'api', retry: 'safe' }

const callOf = (request: Partial<ApiRequest> = {}, read: ResolvedOptions['read'] = 'text'): Call => ({
  operation,
  request: { method: 'GET', url: 'https://api.example.com/things/geheim', headers: { a: 'b' }, ...request },
  attempt: 1,
  options: { timeout: false, deadline: false, retries: 2, maxRetryAfter: 60_000, headers: {}, read },
  expires: Number.POSITIVE_INFINITY,
  plugins: [],
  progress: { attempts: 0, secrets: [] },
})

const failure = (code: string, wrapped = true) => {
  const cause = Object.assign(new Error(code), { code })
  return wrapped ? new TypeError('fetch failed', { cause }) : cause
}

/** A response whose body breaks off after its first bytes. */
const brokenOff = () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"a":'))
    },
    pull(controller) {
      controller.error(new TypeError('terminated'))
    },
  })
  return new Response(body)
}

it('P4: hands fetch the URL, and the request as it is', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response('ok'))
  const { signal } = new AbortController()
  await createTransport(fetch)(callOf({ method: 'PUT', body: '{}', redirect: 'manual', signal }))
  expect(fetch.mock.calls).toEqual([
    [
      'https://api.example.com/things/geheim',
      expect.objectContaining({ method: 'PUT', headers: { a: 'b' }, body: '{}', redirect: 'manual', signal }),
    ],
  ])
})

it.each([
  ['ENOTFOUND', false],
  ['EAI_AGAIN', false],
  ['ECONNREFUSED', false],
  ['EHOSTUNREACH', false],
  ['ENETUNREACH', false],
  ['UND_ERR_CONNECT_TIMEOUT', false],
  ['ECONNRESET', true],
  ['EPIPE', true],
  ['UND_ERR_SOCKET', true],
  ['UND_ERR_HEADERS_TIMEOUT', true],
])('E5: %s is a ConnectionError; the server may have seen the request: %s', async (code, requestSent) => {
  for (const cause of [failure(code), failure(code, false)]) {
    const error: unknown = await createTransport(() => Promise.reject(cause))(callOf()).catch((e: unknown) => e)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ requestSent, cause, operation: 'getThing' })
    expect((error as ConnectionError).message).toMatch(/^GET \/things\/\{name\}: ./)
    expect((error as ConnectionError).message).not.toContain('geheim')
  }
})

it.each([undefined, null, 'text', new Error('unknown')])(
  'R2: after a failure of unknown kind (%o) the request may have been sent',
  async (cause) => {
    const sent = createTransport(() => Promise.reject(cause))(callOf())
    await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true })
  },
)

it('E5: a URL that fetch refuses is a ConnectionError too', async () => {
  const sent = createTransport(globalThis.fetch)(callOf({ url: 'no url' }))
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError' })
})

it('R7: sends nothing once the signal is aborted, also where fetch would', async () => {
  const fetch = vi.fn<Fetch>(async () => new Response())
  const sent = createTransport(fetch)(callOf({ signal: AbortSignal.abort('early') }))
  await expect(sent).rejects.toBe('early')
  expect(fetch).not.toHaveBeenCalled()
})

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
  expect([isWhole(whole), await whole.text()]).toEqual([true, 'ok'])
  expect(await readBody(async () => whole)(callOf())).toBe(whole)
  const streamed = await send(callOf({}, 'stream'))
  expect([isWhole(streamed), streamed.bodyUsed]).toEqual([false, false])
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
  expect(pulled()).toBeLessThanOrEqual(Math.ceil(mebibyte / chunk.length) + 1)
})

it.each([0, 1, 15])('E6: an error body of %d chunks below 1 MiB is read to its end', async (count) => {
  const { response, cancel } = inChunks(bytes(65_536), 404, count)
  const whole = await readBody(async () => response)(callOf())
  expect((await whole.text()).length).toBe(count * 65_536)
  expect(cancel).not.toHaveBeenCalled()
})

it('E6: the body of a success is not cut', async () => {
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
    const whole = await readBody(async () => Response.json({ message: 'no' }, { status: 400 }))(callOf({}, read))
    expect([isWhole(whole), await whole.json()]).toEqual([true, { message: 'no' }])
  },
)

it('E5: a failure that is its own cause is a ConnectionError like any other', async () => {
  const cause: Error = new TypeError('fetch failed')
  cause.cause = cause
  const sent = createTransport(() => Promise.reject(cause))(callOf())
  await expect(sent).rejects.toMatchObject({ name: 'ConnectionError', requestSent: true })
})
