import { expect, it, vi } from 'vitest'
import { createCall } from '../../test/create-call.ts'
import { type ApiKey, auth } from './auth.ts'
import type { HeaderValues, Operation, Send } from './call.ts'
import { ClientError } from './errors.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

const callOf = (headers: Record<string, string> = {}, given: HeaderValues = {}) =>
  createCall(operation, { request: { headers }, options: { headers: given } })

/** The headers that a call with this key is sent with. */
async function headersWith(apiKey: ApiKey, call = callOf()) {
  const send = vi.fn<Send>(async () => new Response())
  await auth(apiKey)(send)(call)
  return send.mock.calls[0]?.[0].request.headers
}

it('C2: sends the key as a bearer token, next to the other headers', async () => {
  expect(await headersWith('mn-1-abc', callOf({ accept: '*/*' }))).toEqual({
    accept: '*/*',
    authorization: 'Bearer mn-1-abc',
  })
})

it('C2: asks a function for the key on every attempt', async () => {
  const keys = ['first', 'second', 'third']
  const send = vi.fn<Send>(async () => new Response())
  const authorized = auth(async () => keys.shift() ?? '')(send)
  await authorized(callOf())
  await authorized(callOf())
  expect(send.mock.calls.map(([call]) => call.request.headers.authorization)).toEqual(['Bearer first', 'Bearer second'])
  expect(keys).toEqual(['third'])
})

it('C2: takes a key from a function that is not async', async () => {
  expect(await headersWith(() => 'mn-1-abc')).toEqual({ authorization: 'Bearer mn-1-abc' })
})

it.each([
  ['throws', () => Promise.reject(new Error('vault is shut'))],
  [
    'throws at once',
    () => {
      throw new Error('vault is shut')
    },
  ],
] satisfies [string, ApiKey][])('C2: a function that %s ends the call with its error as cause', async (_, apiKey) => {
  const send = vi.fn<Send>()
  const error: unknown = await auth(apiKey)(send)(callOf()).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect(error).toMatchObject({ operation: 'getThing', cause: { message: 'vault is shut' } })
  expect(send).not.toHaveBeenCalled()
})

it.each(['', '  ', undefined, null, 42, {}].map((key) => [key]))(
  'C2: a function that gives %j ends the call, and nothing is sent',
  async (key) => {
    const send = vi.fn<Send>()
    const sent = auth(() => key as string)(send)(callOf())
    await expect(sent).rejects.toThrow(/^GET \/things: apiKey must be a non-empty string/)
    expect(send).not.toHaveBeenCalled()
  },
)

const illegal = ['geheim\n', 'ge\r\nheim', 'geheim\0', 'geheim key', 'geheim\u00e9', 'geheim\u2028', '\tgeheim']

it.each(illegal)('C3: the key %j is refused when the client is made, and not printed', (key) => {
  expect(() => auth(key)).toThrow(/^apiKey must be/)
  expect(() => auth(key)).not.toThrow('geheim')
})

it.each(illegal)('C3: the key %j from a function is refused before sending, and not printed', async (key) => {
  const send = vi.fn<Send>()
  const error: unknown = await auth(() => key)(send)(callOf()).catch((error: unknown) => error)
  expect(error).toMatchObject({ operation: 'getThing', message: expect.stringContaining('apiKey must be') })
  expect(JSON.stringify(error)).not.toContain('heim')
  expect(send).not.toHaveBeenCalled()
})

it('P3: an authorization header that was set wins, and the function is not asked', async () => {
  const apiKey = vi.fn(() => 'mn-1-abc')
  expect(await headersWith(apiKey, callOf({ authorization: 'Basic x' }))).toEqual({ authorization: 'Basic x' })
  expect(apiKey).not.toHaveBeenCalled()
})

it.each(['authorization', 'Authorization', 'AUTHORIZATION'])('P3: null for %s sends no key', async (name) => {
  expect(await headersWith('mn-1-abc', callOf({}, { [name]: null }))).toEqual({})
})

it('P3: undefined for the authorization header does not remove the key', async () => {
  expect(await headersWith('mn-1-abc', callOf({}, { authorization: undefined, 'x-a': null }))).toEqual({
    authorization: 'Bearer mn-1-abc',
  })
})

it.each([[], [['basic']]])('an operation whose security is %j is sent no bearer token', async (...security) => {
  const call = callOf()
  expect(await headersWith('mn-1-abc', { ...call, operation: { ...operation, security } })).toEqual({})
})

/** Answers with the statuses in turn; and the keys it was sent. */
function answering(...statuses: number[]) {
  const keys: (string | undefined)[] = []
  const send: Send = async ({ request }) => {
    keys.push(request.headers.authorization)
    return Response.json({}, { status: statuses.shift() ?? 200 })
  }
  return { keys, send }
}

/** Gives another key each time. */
function rotating() {
  let asked = 0
  return vi.fn(async () => `key${++asked}`)
}

it.each([
  ['the success that follows', [401, 200], 200],
  ['the second refusal', [401, 401, 200], 401],
  ['whatever follows', [401, 403, 200], 403],
])('R13: on a 401 a key function is asked again, and the call tried once more: %s', async (_, statuses, want) => {
  const { keys, send } = answering(...statuses)
  const apiKey = rotating()
  expect((await auth(apiKey)(send)(callOf())).status).toBe(want)
  expect(keys).toEqual(['Bearer key1', 'Bearer key2'])
  expect(apiKey).toHaveBeenCalledTimes(2)
})

it.each([400, 403, 404, 429, 500])('R13: on a %d it is not', async (status) => {
  const { keys, send } = answering(status, 200)
  expect((await auth(rotating())(send)(callOf())).status).toBe(status)
  expect(keys).toEqual(['Bearer key1'])
})

it('R13: a fixed key is not tried twice', async () => {
  const { keys, send } = answering(401, 200)
  expect((await auth('mn-1-abc')(send)(callOf())).status).toBe(401)
  expect(keys).toEqual(['Bearer mn-1-abc'])
})

it('R13: nor is a header that was set', async () => {
  const { keys, send } = answering(401, 200)
  expect((await auth(rotating())(send)(callOf({ authorization: 'Basic x' }))).status).toBe(401)
  expect(keys).toEqual(['Basic x'])
})

it('R13, P5: a stream is not sent again', async () => {
  const { keys, send } = answering(401, 200)
  const call = callOf()
  const apiKey = rotating()
  const response = await auth(apiKey)(send)({ ...call, request: { ...call.request, body: new ReadableStream() } })
  expect([response.status, keys, apiKey.mock.calls.length]).toEqual([401, ['Bearer key1'], 1])
})

it('R13: a key function that fails when it is asked again ends the call with its error as cause', async () => {
  const { send } = answering(401, 200)
  const cause = new Error('vault is shut')
  const apiKey = vi
    .fn(async () => 'key')
    .mockImplementationOnce(async () => 'key1')
    .mockRejectedValueOnce(cause)
  await expect(auth(apiKey)(send)(callOf())).rejects.toMatchObject({ name: 'ClientError', cause })
})
