import { inspect } from 'node:util'
import { expect, it, vi } from 'vitest'
import { createMinimoClient, type Fetch, type MinimoClient, type MinimoClientOptions } from '../src/index.ts'

// Every value that must not show holds one of these words.
const marks = ['zqemail', 'zqphone', 'zqkey', 'zqfield', 'zqsubject', 'zqhtml', 'zqtext', 'zqparameter']

const email = "Zqemail.O'Neil+tag@example.com"
const phone = '+39 zqphone 7'
const customFields = { CITY: 'zqfield città', deep: { list: ['ZQFIELD two'] } }

/** One call per operation that carries personal data. */
const calls: Record<string, (minimo: MinimoClient) => Promise<unknown>> = {
  upsert: (minimo) => minimo.contacts.upsert({ email, phone, customFields }),
  getByEmail: (minimo) => minimo.contacts.getByEmail(email),
  update: (minimo) => minimo.contacts.update(42, { email, phone, customFields }),
  sendTemplate: (minimo) =>
    minimo.whatsapp.sendTemplate({
      recipient: phone,
      type: 'template',
      template: {
        name: 'hello',
        languageCode: 'it',
        components: [{ type: 'BODY', parameters: [{ type: 'text', text: 'zqparameter & more' }] }],
      },
    }),
  sendEmail: (minimo) =>
    minimo.emails.send({ to: email, subject: 'zqsubject: è qui', html: '<p class="a">zqhtml</p>', text: 'zqtext' }),
  sendStored: (minimo) => minimo.emailTemplates.send({ templateId: '1', recipient: email, customFields }),
}

/** Everything that a logger might print of a value. */
function printed(value: unknown): string {
  const { message, stack } = value instanceof Error ? value : {}
  return [message, stack, String(value), JSON.stringify(value), inspect(value, { depth: 5 })].join('\n').toLowerCase()
}

const leaksIn = (value: unknown) => marks.filter((mark) => printed(value).includes(mark))

/** Every text that a request carried: its key, the values of its path, all texts of its body. */
function textsOf(url: string, { body, headers }: RequestInit): string[] {
  const values: string[] = []
  if (typeof body === 'string') {
    JSON.parse(body, (_, value: unknown) => {
      if (typeof value === 'string') values.push(value)
      return value
    })
  }
  const path = new URL(url).pathname.split('/').map(decodeURIComponent)
  return [...values, ...path, new Headers(headers).get('authorization') ?? ''].filter((text) =>
    marks.some((mark) => text.toLowerCase().includes(mark)),
  )
}

type Answer = (texts: string[]) => Response | Promise<Response>

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

const ways: Record<string, Answer> = {
  'a status text': (texts) => new Response(null, { status: 400, statusText: encodeURIComponent(texts.join()) }),
  'an HTML error': (texts) => new Response(`<html>${texts.join()}</html>`, { status: 502 }),
  'a text error': (texts) => new Response(texts.join(), { status: 400 }),
  'too many requests': (texts) =>
    Response.json({ error: texts.join() }, { status: 429, headers: { 'retry-after': '99' } }),
  'malformed JSON on success': (texts) => new Response(`{"data": "${texts.join()}`),
  'HTML on success': (texts) =>
    new Response(`<html>${texts.join()}</html>`, { headers: { 'content-type': 'text/html' } }),
  'a failing network': () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') })),
  'a server that hangs': () => new Promise(() => undefined),
}
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
  expect(error).toMatchObject({ name: 'MinimoError' })
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
