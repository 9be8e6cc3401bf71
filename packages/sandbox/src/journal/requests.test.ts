import { gzipSync } from 'node:zlib'
import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { startWebhookReceiver } from '../../test/webhook-receiver.ts'
import type { SandboxOptions } from '../config/config.ts'
import { createSandbox } from '../create-sandbox.ts'
import { createFaults } from '../faults/create-faults.ts'
import { schemas } from '../gen/schemas.ts'
import { demoKey } from '../handlers/authenticate.ts'
import { type AnsweredCall, createDocumentedApi } from '../handlers/documented-api.ts'
import type { Context, Handlers } from '../handlers/handler.ts'
import { handlers } from '../handlers/index.ts'
import { createRateLimiter } from '../rate-limit/create-rate-limiter.ts'
import { DatabaseUnavailable } from '../storage/unavailable.ts'
import { createCheckCompiler } from '../validation/compile-check.ts'

const anna = { email: 'anna@example.com', phone: '+393331234567', customFields: { plan: 'pro' } }
const contacts = '/public/v1/contacts'
const powerless = 'mn-sandbox-powerless'
const whatsapp = '/public/v1/templates/whatsapp/send'

/** How a request in these tests is made. */
interface Sent {
  key?: string | null
  headers?: Record<string, string>
  body?: string | object | Uint8Array<ArrayBuffer>
}

async function open(options: SandboxOptions = {}) {
  const sandbox = await createSandbox({ keys: [{ key: demoKey }, { key: powerless, permissions: [] }], ...options })
  onTestFinished(() => sandbox.close())
  const sendTo =
    (fetch: typeof sandbox.fetch, url: string) =>
    (method: string, path: string, { key = demoKey, headers, body }: Sent = {}) =>
      fetch(`${url}${path}`, {
        method,
        headers: {
          ...(key !== null && { authorization: `Bearer ${key}` }),
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...headers,
        },
        body:
          body === undefined || typeof body === 'string' || body instanceof Uint8Array
            ? (body ?? null)
            : JSON.stringify(body),
      })
  return {
    sandbox,
    send: sendTo(sandbox.fetch, 'http://sandbox'),
    async serve() {
      const { url } = await sandbox.listen()
      return { url, send: sendTo(fetch, url) }
    },
  }
}

const refusals: [
  rule: string,
  status: number,
  request: [method: string, path: string, sent?: Sent],
  message: RegExp,
][] = [
  ['route', 404, ['GET', '/public/v1/contact'], /No operation answers GET/],
  ['route', 405, ['PATCH', contacts], /This path takes POST only/],
  ['route', 404, ['OPTIONS', '/public/v1/contact'], /No operation answers OPTIONS/],
  [
    'fault',
    422,
    ['POST', contacts, { headers: { 'sandbox-fault': 'stats=500' } }],
    /sandbox-fault: there is no "stats"/,
  ],
  ['authentication', 401, ['POST', contacts, { key: null }], /found no such header/],
  ['authentication', 401, ['POST', contacts, { key: 'mn-1-unknown' }], /none of this sandbox/],
  [
    'permission',
    403,
    ['POST', '/public/v1/emails', { key: powerless, body: {} }],
    /needs the permission TRANSACTIONAL/,
  ],
  ['parameters', 404, ['DELETE', `${contacts}/x`], /id: expected integer/],
  ['parameters', 400, ['GET', '/public/v1/custom-fields?groupBy=x'], /groupBy: expected/],
  ['body', 422, ['POST', contacts, { body: '{' }], /body: expected JSON/],
  ['body', 422, ['POST', contacts, { body: { email: 1 } }], /email: expected/],
  ['body', 415, ['POST', contacts, { body: '{}', headers: { 'content-encoding': 'zstd' } }], /content-encoding/],
  ['unknown-name', 422, ['POST', contacts, { body: { emial: 'anna@example.com' } }], /did you mean email/],
  ['unknown-name', 400, ['GET', '/public/v1/custom-fields?group=x'], /did you mean groupBy/],
  ['operation', 404, ['DELETE', `${contacts}/7`], /Contact not found/],
  ['operation', 409, ['POST', contacts, { body: anna }], /belongs to/],
  [
    'operation',
    422,
    [
      'POST',
      whatsapp,
      { body: { recipient: anna.phone, type: 'template', template: { name: 'no', languageCode: 'it' } } },
    ],
    /expected an approved template/,
  ],
]

test.each(refusals)('a request that is refused by %s with %i says so', async (rule, status, request, message) => {
  const { sandbox, send } = await open()
  // Two contacts, so that one request can name both.
  await send('POST', contacts, { body: { email: anna.email } })
  await send('POST', contacts, { body: { phone: anna.phone } })
  const response = await send(...request)
  const [entry, ...others] = await sandbox.requests({ status })
  expect(others).toEqual([])
  expect(entry).toMatchObject({
    id: response.headers.get('x-request-id'),
    refusal: { rule, code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(message) },
    response: { status: response.status },
    events: [],
    runs: [],
  })
  expect(entry?.operation === null).toBe(rule === 'route')
})

test('a request that is one too many says so', async () => {
  const { sandbox, send } = await open({ rateLimit: { perSecond: 1, burst: 1 }, now: () => 0 })
  await send('GET', '/public/v1/custom-fields')
  await send('GET', '/public/v1/custom-fields')
  expect((await sandbox.requests()).map(({ refusal }) => refusal?.rule)).toEqual([undefined, 'rate-limit'])
})

test.each([
  ['database', new DatabaseUnavailable('locked'), 'service_unavailable'],
  ['sandbox', new Error('no anna@example.com'), 'internal_error'],
])('where the %s is to blame, it says so', async (rule, error, code) => {
  const failing: Handlers = { ...handlers, listCustomFields: () => Promise.reject(error) }
  const calls: AnsweredCall[] = []
  const handle = createDocumentedApi({
    keys: [{ key: demoKey }],
    handlers: failing,
    limiter: createRateLimiter(undefined, Date.now),
    createRequestId: () => 'req_1',
    faults: createFaults([]),
    // Sound: the handler that is called here uses nothing else.
    context: { now: () => 0 } as Context,
    closing: new AbortController().signal,
    strict: true,
    onAnswered: (call) => calls.push(call),
  })
  const headers = { authorization: `Bearer ${demoKey}` }
  const signal = () => new AbortController().signal
  const path = '/public/v1/custom-fields'
  await handle({ method: 'GET', path, query: '', headers, body: new Uint8Array(), local: true, signal })
  expect(calls).toMatchObject([{ trace: { refusal: { rule, code, message: expect.not.stringContaining('anna') } } }])
})

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('a request names the events it stored and the runs they set off, as those stand now', async () => {
    const receiver = await startWebhookReceiver()
    const automation = { name: 'any', when: 'contact.updated', webhook: receiver.url } as const
    const { sandbox, send } = await open({ database: await createLocation(), automations: [automation] })
    await send('POST', contacts, { body: anna })
    await send('PUT', `${contacts}/1`, { body: { customFields: { plan: 'free' }, marketingConsent: { email: true } } })
    await send('PUT', `${contacts}/1`, { body: { customFields: { plan: 'free' } } })
    await send('DELETE', `${contacts}/1`)
    await send('GET', `${contacts}/by-email/${anna.email}`)
    await sandbox.idle()
    const events = (await sandbox.events()).map(({ id }) => id)
    const [run] = await sandbox.runs()
    const entries = await sandbox.requests()
    expect(entries.map((entry) => entry.events)).toEqual([
      events.slice(0, 1),
      events.slice(1, 3),
      [],
      events.slice(3),
      [],
    ])
    expect(entries.map(({ runs }) => runs)).toEqual([[], [{ id: run?.id, status: 'delivered' }], [], [], []])
    expect(events).toHaveLength(4)
  })
})

test('a write that is undone names no events', async () => {
  const { sandbox, send } = await open()
  await send('POST', contacts, { body: { email: anna.email } })
  await send('POST', contacts, { body: { phone: anna.phone } })
  await send('PUT', `${contacts}/2`, { body: { email: anna.email, customFields: { plan: 'pro' } } })
  expect((await sandbox.requests()).at(-1)).toMatchObject({ events: [], refusal: { rule: 'operation' } })
})

test('a request names the fault that befell it, and what the operation did all the same', async () => {
  const { sandbox, send } = await open()
  sandbox.faults.add({ operation: 'upsertContact', nth: 1, fault: { status: 503, run: true } })
  await send('POST', contacts, { body: anna })
  await send('POST', contacts, { body: anna, headers: { 'sandbox-fault': 'body=truncated' } })
  await send('POST', contacts, { body: anna, headers: { 'sandbox-fault': 'connection=reset; run=true' } }).catch(
    () => undefined,
  )
  await send('DELETE', `${contacts}/9`, { headers: { 'sandbox-fault': 'status=429; run=true' } })
  const [first, ...others] = await sandbox.requests()
  expect(first).toMatchObject({ fault: { status: 503, run: true }, refusal: null, response: { status: 503 } })
  expect(first?.events).toHaveLength(1)
  expect(others).toMatchObject([
    { fault: { body: 'truncated' }, response: { status: 200, body: '[redacted]' } },
    { fault: { connection: 'reset', run: true }, response: { status: 200 } },
    { fault: { status: 429 }, refusal: { rule: 'operation' }, response: { status: 429 } },
  ])
})

test('over a port it is the same, also for what is compressed, too large or never gets an answer', async () => {
  const { sandbox, serve } = await open({ journal: { personalData: true } })
  const { url, send } = await serve()
  await send('POST', `${contacts}?x=1`, {
    body: gzipSync(JSON.stringify(anna)),
    headers: { 'content-encoding': 'gzip' },
  })
  await send('POST', contacts, { body: 'x'.repeat(1024 * 1024 + 1) })
  await send('GET', '/Anna', { headers: { 'sandbox-fault': 'connection=reset' } })
  await send('POST', contacts, { body: anna, headers: { 'sandbox-fault': 'connection=reset' } }).catch(() => undefined)
  const [compressed, large, missing, reset] = await sandbox.requests()
  expect(compressed?.request).toMatchObject({
    method: 'POST',
    path: contacts,
    query: 'x=1',
    headers: { host: new URL(url).host, authorization: '[redacted]' },
    body: JSON.stringify(anna),
  })
  expect(large).toMatchObject({ request: { body: null, bodySize: null, bodyCut: true }, refusal: { rule: 'body' } })
  expect(missing).toMatchObject({
    request: { path: '/Anna' },
    operation: null,
    fault: null,
    refusal: { rule: 'route' },
  })
  expect(reset).toMatchObject({ fault: { connection: 'reset' }, request: { body: JSON.stringify(anna) } })
})

test('the control API lists and exports them, as it is described, and is not among them', async () => {
  const receiver = await startWebhookReceiver()
  const automations = [{ name: 'new', when: 'contact.created', webhook: receiver.url }] as const
  const { sandbox, send, serve } = await open({ automations })
  const { url } = await serve()
  await send('POST', contacts, { body: anna })
  await send('DELETE', `${contacts}/9`, { headers: { 'sandbox-fault': 'latency=1' } })
  await send('GET', '/nowhere')
  await sandbox.idle()
  const list = Object(
    await (await fetch(`${url}/_sandbox/requests?limit=2&method=DELETE&status=404&operation=deleteContact`)).json(),
  )
  expect(list).toEqual({ data: await sandbox.requests({ operation: 'deleteContact' }) })
  const har = await (await fetch(`${url}/_sandbox/requests.har`)).json()
  expect(har).toEqual(await sandbox.har())
  const compile = createCheckCompiler(schemas)
  const isHar = await compile('/components/schemas/Har', '')
  const isEntry = await compile('/components/schemas/JournalEntry', '')
  expect(isHar(har)).toEqual([])
  expect((await sandbox.requests()).flatMap(isEntry)).toEqual([])
  expect(await sandbox.requests()).toHaveLength(3)
  const { data } = Object(await (await fetch(`${url}/_sandbox/requests?after=${list.data[0].id}`)).json())
  expect(data).toMatchObject([{ operation: null }])
})

test('a filter that is not valid is refused', async () => {
  const { sandbox } = await open()
  await expect(sandbox.requests({ operation: 'upsert' })).rejects.toThrow('operation: expected an operation of the API')
  await expect(sandbox.requests({ method: 'get' })).rejects.toThrow('requests.method: expected text that matches')
  await expect(sandbox.har({ status: 99 })).rejects.toThrow('har.status: expected at least 100')
})

test('a reset forgets them', async () => {
  const { sandbox, send } = await open()
  await send('GET', '/nowhere')
  await sandbox.reset()
  expect(await sandbox.requests()).toEqual([])
})

test('a sandbox that keeps no journal says so', async () => {
  const { sandbox, send, serve } = await open({ journal: false })
  expect((await send('GET', '/nowhere')).status).toBe(404)
  await expect(sandbox.requests()).rejects.toMatchObject({
    status: 404,
    message: expect.stringContaining('journal: false'),
  })
  const { url } = await serve()
  expect((await fetch(`${url}/_sandbox/requests.har`)).status).toBe(404)
  await sandbox.reset()
})

test('so many are kept as it is told', async () => {
  const { sandbox, send } = await open({ journal: { limit: 2 } })
  for (const path of ['/a', '/b', '/c']) await send('GET', path)
  expect(await sandbox.requests()).toHaveLength(2)
  await expect(createSandbox({ journal: { limit: 0 } })).rejects.toThrow(
    'options.journal.limit: expected an integer from 1',
  )
})

test('entries have the time of the sandbox', async () => {
  const { sandbox, send } = await open({ now: () => Date.UTC(2026, 0, 1) })
  await sandbox.clock.advance(1000)
  await send('GET', '/nowhere')
  expect(await sandbox.requests()).toMatchObject([{ at: '2026-01-01T00:00:01.000Z', duration: expect.any(Number) }])
})
