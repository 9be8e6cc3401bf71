import { expect, it, vi } from 'vitest'
import { createMinimoClient, type Fetch, type MinimoClient, type MinimoClientOptions } from '../src/index.ts'
import { type Answer, calls, email, leaksIn, textsOf, ways } from './marked.ts'

/** Makes a call that is to fail, and gives its error. */
async function failureOf(
  does: (minimo: MinimoClient) => Promise<unknown>,
  answer: Answer,
  options: MinimoClientOptions = {},
) {
  const fetch: Fetch = async (url, init) => answer(textsOf(url, init).filter((text) => !text.startsWith('Bearer')))
  const minimo = createMinimoClient({ apiKey: 'mn-zqkey', fetch, retries: 0, ...options })
  return does(minimo).then(
    () => expect.unreachable('the call should fail'),
    (error: unknown) => error,
  )
}

const spellings: Record<string, (text: string) => string> = {
  'as they are': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  'in lower case': (text) => text.toLowerCase(),
  'percent-encoded': encodeURIComponent,
  'percent-encoded in lower case': (text) => encodeURIComponent(text).toLowerCase(),
  'encoded as a form': (text) => new URLSearchParams({ '': text }).toString().slice(1),
}

const envelopes: Record<string, (message: string) => unknown> = {
  '{ error: { message } }': (message) => ({ error: { code: 'bad', message, details: { message } } }),
  '{ error }': (error) => ({ error }),
  '{ message }': (message) => ({ message }),
}

const repeating = Object.keys(calls).flatMap((call) =>
  Object.keys(spellings).flatMap((spelling) =>
    Object.keys(envelopes).map((envelope) => [call, spelling, envelope] as const),
  ),
)
it.each(repeating)('E4: %s hides the values that the server repeats %s in %s', async (call, spelling, envelope) => {
  const spell = spellings[spelling] ?? String
  const error = await failureOf(calls[call] as NonNullable<(typeof calls)[string]>, (texts) => {
    expect(texts).not.toEqual([])
    const message = `refused: ${texts.map(spell).join(', ')}.`
    return Response.json(envelopes[envelope]?.(message), { status: 422 })
  })
  expect(leaksIn(error)).toEqual([])
  expect(error).toMatchObject({ name: 'ApiError', message: expect.stringContaining('[redacted]') })
})

const failing = Object.keys(calls).flatMap((call) => Object.keys(ways).map((way) => [call, way] as const))
it.each(failing)('E4: %s shows no value after %s', async (call, way) => {
  const does = calls[call] as NonNullable<(typeof calls)[string]>
  const error = await failureOf(does, ways[way] as Answer, { timeout: 20 })
  expect(leaksIn(error)).toEqual([])
  expect(error).toMatchObject({ operation: expect.any(String) })
})

it.each(Object.keys(calls))('E4: %s prints nothing, whether it succeeds or fails', async (call) => {
  const methods = ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const
  const spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined))
  const does = calls[call] as NonNullable<(typeof calls)[string]>
  await does(createMinimoClient({ apiKey: 'mn-zqkey', fetch: async () => Response.json({}) }))
  await failureOf(does, () => Response.json({}, { status: 400 }))
  expect(spies.flatMap((spy) => spy.mock.calls)).toEqual([])
  vi.restoreAllMocks()
})

const wrongUses: Record<string, (minimo: MinimoClient) => Promise<unknown>> = {
  'a path value of the wrong kind': (minimo) => minimo.contacts.getByEmail([email] as unknown as string),
  'text as an id': (minimo) => minimo.contacts.delete(email as unknown as number),
  'an object in a query': (minimo) =>
    minimo.call('listCustomFields', { query: { groupBy: { email } as unknown as 'category' } }),
  'a header that cannot be sent': (minimo) =>
    minimo.customFields.list({ headers: { Authorization: 'Bearer mn-zqkey\n2' } }),
  'no valid Unicode': (minimo) => minimo.contacts.getByEmail(`${email}\ud800`),
}
it.each(Object.entries(wrongUses))('E4: an error about %s does not show it', async (_, does) => {
  const error = await failureOf(does, () => Response.json({}))
  expect(leaksIn(error)).toEqual([])
  expect(error).toMatchObject({ name: 'ClientError' })
})

it('E4: a URL that fetch refuses is not shown in the error or its cause', async () => {
  const minimo = createMinimoClient({ apiKey: 'mn-zqkey', retries: 0, baseUrl: 'http://localhost:1 ' })
  const error: unknown = await minimo.contacts.getByEmail(email).catch((error: unknown) => error)
  expect(leaksIn(error)).toEqual([])
})

it('E4: the details and the body stay reachable', async () => {
  const body = { error: { code: 'bad', message: email, details: { email } } }
  const error = await failureOf(
    (minimo) => minimo.contacts.getByEmail(email),
    () => Response.json(body, { status: 400 }),
  )
  expect(error).toMatchObject({ body, details: { email } })
})

it('C3: an error about a key does not show it', async () => {
  const apiKey = async () => 'mn-zqkey\n'
  const error = await failureOf(
    (minimo) => minimo.customFields.list(),
    () => Response.json({}),
    { apiKey },
  )
  expect(leaksIn(error)).toEqual([])
})

it('E4: a client does not show its key', () => {
  expect(leaksIn(createMinimoClient({ apiKey: 'mn-zqkey' }))).toEqual([])
})
