import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import type { Trace } from '../api/trace.ts'
import type { AnsweredCall } from '../handlers/documented-api.ts'
import { openDatabase } from '../storage/open-database.ts'
import { createJournal, type Journal } from './create-journal.ts'
import type { JournalOptions } from './journal-entry.ts'

const at = Date.UTC(2026, 0, 1, 12)

/** What a call in these tests is made of; everything else is that of a successful upsert. */
interface Given {
  id?: string
  method?: string
  path?: string
  query?: string
  headers?: Record<string, string>
  body?: AnsweredCall['request']['body'] | string | object
  status?: number
  answer?: string | object | undefined
  trace?: Trace
}

const of = (operation: string): Trace => ({ check: 'operation', operation })

function callOf(given: Given = {}): AnsweredCall {
  const { id = 'req_1', method = 'POST', path = '/public/v1/contacts', query = '', headers = {}, status = 200 } = given
  const { trace = of('upsertContact') } = given
  const { body = { email: 'anna@example.com', marketingConsent: { email: true } }, answer = { id: 1, phone: null } } =
    given
  const bytes = (value: string | object) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
  return {
    request: {
      method,
      path,
      query,
      headers: { 'content-type': 'application/json', ...headers },
      body: body === 'too-large' || body instanceof Uint8Array ? body : bytes(body),
      local: true,
      signal: () => new AbortController().signal,
    },
    response: {
      status,
      headers: { 'content-type': 'application/json', 'x-request-id': id },
      body: typeof answer === 'object' ? JSON.stringify(answer) : answer,
    },
    trace,
    at,
    duration: 1.23456,
  }
}

async function open(options: JournalOptions = {}): Promise<Journal> {
  const database = await openDatabase(':memory:')
  onTestFinished(() => database.close())
  return createJournal({ ...options, query: database.query })
}

/** The entry of one call. */
async function entryOf(given: Given, options: JournalOptions = {}) {
  const journal = await open(options)
  journal.record(callOf(given))
  const [entry] = await journal.list()
  return entry ?? expect.fail()
}

const noBody = { body: '', answer: undefined }

test('an entry says what was asked and answered, without what the spec marks as personal', async () => {
  const headers = { authorization: 'Bearer mn-1-secret', 'user-agent': 'curl/8', 'x-customer': 'Anna' }
  expect(await entryOf({ headers, query: 'x=1' })).toEqual({
    id: 'req_1',
    at: '2026-01-01T12:00:00.000Z',
    duration: 1.235,
    operation: 'upsertContact',
    request: {
      method: 'POST',
      path: '/public/v1/contacts',
      query: 'x=[redacted]',
      headers: {
        'content-type': 'application/json',
        authorization: '[redacted]',
        'user-agent': 'curl/8',
        'x-customer': '[redacted]',
      },
      body: '{"email":"[redacted]","marketingConsent":{"email":true}}',
      bodySize: 62,
      bodyCut: false,
    },
    response: {
      status: 200,
      headers: { 'content-type': 'application/json', 'x-request-id': 'req_1' },
      body: '{"id":1,"phone":null}',
      bodySize: 21,
      bodyCut: false,
    },
    refusal: null,
    fault: null,
    events: [],
    runs: [],
  })
})

test('personal data is listed where that is asked for, but never a key', async () => {
  const headers = { authorization: 'Bearer mn-1-secret', cookie: 'a=b', 'x-customer': 'Anna mn-1-secret' }
  const query = 'key=mn-1-secret&name=Anna'
  const { request } = await entryOf(
    { headers, query, body: '{"name":"Anna","key":"mn-1-secret"' },
    { personalData: true },
  )
  expect(request).toMatchObject({
    query: 'key=[redacted]&name=Anna',
    headers: { authorization: '[redacted]', cookie: '[redacted]', 'x-customer': 'Anna [redacted]' },
    body: '{"name":"Anna","key":"[redacted]"',
  })
})

test.each<[string, Given, object]>([
  [
    'custom fields as a whole',
    { body: { customFields: { name: 'Anna', age: 30 } } },
    { body: '{"customFields":"[redacted]"}' },
  ],
  ['what is of another type', { body: { marketingConsent: { email: 'Anna' } } }, { body: /"email":"\[redacted\]"/ }],
  [
    'what the spec does not know',
    { body: { nome: 'Anna', 'Anna B.': 1 } },
    { body: /^{"nome":"\[redacted\]","\[a name of 7/ },
  ],
  ['what is no JSON', { body: 'name=Anna' }, { body: '[redacted]' }],
  ['what is nested too deep', { body: '['.repeat(5000) + ']'.repeat(5000) }, { body: /^\[{64}"\[redacted\]"\]{64}$/ }],
  [
    'a marked parameter of the path',
    { ...noBody, path: '/public/v1/contacts/by-email/anna%40example.com', trace: of('getContactByEmail') },
    { path: '/public/v1/contacts/by-email/[redacted]', body: null },
  ],
  [
    'a parameter of another type',
    { ...noBody, path: '/public/v1/contacts/Anna', trace: of('deleteContact') },
    { path: '/public/v1/contacts/[redacted]' },
  ],
  [
    'an address where an id belongs',
    { ...noBody, path: '/public/v1/emails/anna%40example.com/stats', trace: of('getEmailStats') },
    { path: '/public/v1/emails/[redacted]/stats' },
  ],
  [
    'segments where no operation answers',
    { ...noBody, path: '/public/v1/contacts/Anna/emails', trace: { check: 'route' } },
    { path: '/public/v1/contacts/[redacted]/emails' },
  ],
])('it hides %s', async (_, given, expected) => {
  const { request } = await entryOf(given)
  for (const [name, value] of Object.entries(expected)) {
    if (value instanceof RegExp) expect(Object(request)[name]).toMatch(value)
    else expect(request).toHaveProperty(name, value)
  }
})

test('it shows what the spec knows and does not mark', async () => {
  const template = {
    name: 'welcome',
    languageCode: 'it',
    components: [{ type: 'BODY', parameters: [{ text: 'Anna' }] }],
  }
  const body = { recipient: '+393331234567', type: 'template', template }
  const { request } = await entryOf({ body, trace: of('sendWhatsAppTemplate') })
  expect(JSON.parse(request.body ?? '')).toMatchObject({
    recipient: '[redacted]',
    type: 'template',
    template: { name: 'welcome', languageCode: 'it', components: [{ parameters: [{ text: '[redacted]' }] }] },
  })
  const grouped = await entryOf({ ...noBody, query: 'groupBy=category', trace: of('listCustomFields') })
  expect(grouped.request.query).toBe('groupBy=category')
  const stats = await entryOf({ ...noBody, path: '/public/v1/contacts/42', trace: of('deleteContact') })
  expect(stats.request.path).toBe('/public/v1/contacts/42')
})

test('it hides what the spec marks of answers, and keeps what errors say', async () => {
  const contact = { id: 1, email: 'anna@example.com', phone: null, status: 'active', custom_fields: { name: 'Anna' } }
  const { response } = await entryOf({ ...noBody, answer: { data: contact }, trace: of('getContactByEmail') })
  expect(response.body).toBe(
    '{"data":{"id":1,"email":"[redacted]","phone":null,"status":"active","custom_fields":"[redacted]"}}',
  )
  const error = { error: { code: 'validation_error', message: 'phone: expected +39…', details: [{ field: 'phone' }] } }
  expect((await entryOf({ status: 422, answer: error })).response.body).toBe(JSON.stringify(error))
  const refusal = { rule: 'body', code: 'validation_error', message: 'found anna@example.com' } as const
  expect((await entryOf({ status: 422, trace: { ...of('upsertContact'), refusal } })).refusal?.message).toBe(
    'found [redacted]',
  )
})

test('a compressed body is read, and one that cannot be is shown as it came', async () => {
  const headers = { 'content-encoding': 'gzip' }
  const body = gzipSync('{"email":"anna@example.com"}')
  expect((await entryOf({ headers, body })).request).toMatchObject({
    body: '{"email":"[redacted]"}',
    bodySize: body.length,
  })
  expect((await entryOf({ headers, body: 'no gzip' }, { personalData: true })).request.body).toBe('no gzip')
  const other = { 'content-encoding': 'zstd' }
  expect((await entryOf({ headers: other, body: 'zstd?' }, { personalData: true })).request.body).toBe('zstd?')
})

test('long bodies are cut, and say so', async () => {
  const long = 'è'.repeat(10_000)
  const given = { body: long, answer: long }
  const { request, response } = await entryOf(given, { personalData: true })
  expect(request).toMatchObject({ body: long.slice(0, 8192), bodySize: 20_000, bodyCut: true })
  expect(response).toMatchObject({ body: long.slice(0, 8192), bodySize: 20_000, bodyCut: true })
  const unpacked = await entryOf(
    { headers: { 'content-encoding': 'gzip' }, body: gzipSync(long) },
    { personalData: true },
  )
  expect(unpacked.request).toMatchObject({ body: long.slice(0, 8192), bodyCut: true })
  expect((await entryOf(given)).request).toMatchObject({ body: '[redacted]', bodySize: 20_000, bodyCut: true })
  expect((await entryOf({ body: 'too-large' })).request).toMatchObject({ body: null, bodySize: null, bodyCut: true })
})

test('a HEAD request has an answer without a body', async () => {
  const { response } = await entryOf({ ...noBody, method: 'HEAD', answer: { data: [] } })
  expect(response).toMatchObject({ body: null, bodySize: 0, bodyCut: false })
})

test('only the newest calls are kept', async () => {
  const journal = await open({ limit: 3 })
  for (let count = 1; count <= 5; count++) journal.record(callOf({ id: `req_${count}` }))
  expect((await journal.list()).map(({ id }) => id)).toEqual(['req_3', 'req_4', 'req_5'])
})

test('however large calls are, what is kept of them stays within 16 MiB', async () => {
  const journal = await open({ limit: 100_000 })
  const before = usedMemory()
  for (let count = 1; count <= 700; count++) {
    journal.record(
      callOf({ id: `req_${count}`, body: Buffer.alloc(200_000, 'x'), answer: `${count}${'y'.repeat(200_000)}` }),
    )
  }
  // What is no longer reachable may take a while to go.
  await expect.poll(() => usedMemory() - before, { timeout: 30_000 }).toBeLessThan(24 * 1024 * 1024)
  const entries = await journal.list({ limit: 10_000 })
  expect(entries.length).toBeGreaterThan(480)
  expect(entries.at(-1)?.id).toBe('req_700')
})

/** What is reachable, in bytes. */
function usedMemory(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('a call that is larger than all that is kept leaves nothing', async () => {
  const journal = await open()
  journal.record(callOf({ headers: { 'x-large': 'x'.repeat(17 * 1024 * 1024) } }))
  expect(await journal.list()).toEqual([])
})

test('a filter wants an operation, a status or a method, and pages of them', async () => {
  const journal = await open()
  journal.record(callOf({ id: 'a' }))
  journal.record(callOf({ id: 'b', status: 422 }))
  journal.record(callOf({ id: 'c', method: 'DELETE', trace: of('deleteContact') }))
  journal.record(callOf({ id: 'd', method: 'GET', trace: { check: 'route' }, status: 404 }))
  const ids = async (filter: Parameters<Journal['list']>[0]) =>
    (await journal.list(filter)).map(({ id }) => id).join('')
  expect(await ids({})).toBe('abcd')
  expect(await ids({ operation: 'upsertContact' })).toBe('ab')
  expect(await ids({ status: 422 })).toBe('b')
  expect(await ids({ method: 'DELETE' })).toBe('c')
  expect(await ids({ limit: 2 })).toBe('ab')
  expect(await ids({ after: 'b', limit: 1 })).toBe('c')
  expect(await ids({ after: 'd' })).toBe('')
  expect(await ids({ after: 'no longer kept' })).toBe('abcd')
})

test('a reset forgets all', async () => {
  const journal = await open()
  journal.record(callOf())
  journal.reset()
  expect(await journal.list()).toEqual([])
})

test('what is listed is a copy, also of the fault that befell', async () => {
  const fault = { status: 429, retryAfter: 1 }
  const journal = await open()
  journal.record(callOf({ trace: { ...of('upsertContact'), fault } }))
  const [first] = await journal.list()
  Object.assign(first?.fault ?? {}, { status: 500 })
  expect((await journal.list())[0]?.fault).toEqual({ status: 429, retryAfter: 1 })
})
