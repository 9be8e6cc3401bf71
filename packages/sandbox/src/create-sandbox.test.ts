import { Webhook } from 'standardwebhooks'
import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test, vi } from 'vitest'
import { createFileLocation } from '../test/databases.ts'
import { type ReceivedWebhook, startWebhookReceiver } from '../test/webhook-receiver.ts'
import type { Automation } from './automations/match-automations.ts'
import { demoWebhookSecret } from './automations/webhook.ts'
import type { SandboxOptions } from './config/config.ts'
import type { Sandbox } from './create-sandbox.ts'
import { demoKey } from './handlers/authenticate.ts'
import { createSandbox, type SandboxEvent } from './index.ts'

const start = Date.UTC(2026, 0, 1)
const anna = { email: 'anna@example.com', customFields: { plan: 'free', address: { city: 'Roma', zip: '00100' } } }

test('two sandboxes share no state', async () => {
  const first = await open()
  const second = await open()
  await first.upsert(anna)
  first.sandbox.faults.add({ fault: { status: 429 }, operation: 'listCustomFields' })
  await first.sandbox.clock.advance(86_400_000)
  expect((await second.get(anna.email)).status).toBe(404)
  expect(await second.sandbox.events()).toEqual([])
  expect((await second.call('GET', '/public/v1/custom-fields')).status).toBe(200)
  expect(first.sandbox.clock.now() - second.sandbox.clock.now()).toBeGreaterThan(80_000_000)
})

test('a sandbox keeps the time it is given, moved forward by hand', async () => {
  const { sandbox, upsert } = await open({ now: () => start })
  await upsert(anna)
  await sandbox.clock.advance(90_000)
  await upsert({ ...anna, customFields: { plan: 'pro' } })
  expect((await sandbox.events()).map(({ at }) => at)).toEqual(['2026-01-01T00:00:00.000Z', '2026-01-01T00:01:30.000Z'])
  expect((await sandbox.health()).time).toBe('2026-01-01T00:01:30.000Z')
})

test('an automation tells its webhook of a change, signed as Standard Webhooks has it', async () => {
  const receiver = await startWebhookReceiver()
  const automation = { ...planChanged(receiver.url), field: 'customFields.plan', to: 'pro' }
  const { sandbox, upsert, update } = await open({ automations: [automation] })
  const id = await upsert(anna)
  await update(id, { customFields: { plan: 'business' } })
  await update(id, { customFields: { plan: 'pro', address: { city: 'Torino' } } })
  // By itself: `idle` would look for what is due.
  await receiver.arrived(1)
  await sandbox.idle()
  expect(receiver.received).toHaveLength(1)
  const event = (await sandbox.events()).at(-1) ?? expect.fail()
  expect(verify(receiver.received[0])).toEqual({
    type: 'contact.updated',
    timestamp: event.at,
    data: {
      id: event.id,
      sequence: 3,
      company: 1,
      automation: 'plan',
      contact: expect.objectContaining({
        email: anna.email,
        custom_fields: { plan: 'pro', address: { city: 'Torino', zip: '00100' } },
      }),
      changes: [
        { field: 'customFields.address.city', before: 'Roma', after: 'Torino' },
        { field: 'customFields.plan', before: 'business', after: 'pro' },
      ],
    },
  })
  expect(await sandbox.runs()).toMatchObject([
    { automation: 'plan', event: event.id, status: 'delivered', attempts: 1 },
  ])
})

test('a webhook that fails is told again later and later, until it is told', async () => {
  const receiver = await startWebhookReceiver((nth) => [500, 503, 200][nth])
  const { sandbox, upsert, update } = await open({ automations: [planChanged(receiver.url)], now: () => start })
  await update(await upsert(anna), { customFields: { plan: 'pro' } })
  await sandbox.idle()
  expect(receiver.received).toHaveLength(1)
  for (const [milliseconds, received] of [
    [4999, 1],
    [1, 2],
    [299_999, 2],
    [1, 3],
    [86_400_000, 3],
  ] as const) {
    await sandbox.clock.advance(milliseconds)
    expect(receiver.received).toHaveLength(received)
  }
  expect(await sandbox.runs()).toMatchObject([{ status: 'delivered', attempts: 3, lastError: null }])
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  for (const webhook of receiver.received) expect(verify(webhook)).toMatchObject({ type: 'contact.updated' })
})

test('a run that waits for its next attempt survives a restart', async () => {
  const receiver = await startWebhookReceiver((nth) => [500, 200][nth])
  const database = await createFileLocation()
  const automations = [planChanged(receiver.url)]
  const before = await open({ database, automations, now: () => start })
  await before.update(await before.upsert(anna), { customFields: { plan: 'pro' } })
  await before.sandbox.idle()
  const [waiting] = await before.sandbox.runs({ status: 'pending' })
  await before.sandbox.close()
  const after = await open({ database, automations, now: () => start + 5000 })
  await after.sandbox.idle()
  expect(await after.sandbox.runs()).toEqual([
    { ...waiting, status: 'delivered', attempts: 2, nextAt: null, lastError: null },
  ])
  expect(receiver.received).toHaveLength(2)
})

test('the fetch it is given delivers webhooks', async () => {
  const urls: string[] = []
  const automations = [planChanged('https://hooks.example.com/plan')]
  const { sandbox, upsert, update } = await open({
    automations,
    fetch: async (url) => {
      urls.push(url)
      return new Response()
    },
  })
  await update(await upsert(anna), { customFields: { plan: 'pro' } })
  await sandbox.idle()
  expect(urls).toEqual(['https://hooks.example.com/plan'])
})

test('an update that changes nothing fires nothing', async () => {
  const receiver = await startWebhookReceiver()
  const { sandbox, upsert, update } = await open({ automations: [planChanged(receiver.url)] })
  const id = await upsert(anna)
  const before = await sandbox.snapshot()
  expect((await update(id, anna)).status).toBe(200)
  expect((await update(id, {})).status).toBe(200)
  await sandbox.idle()
  expect(await sandbox.snapshot()).toEqual(before)
  expect(receiver.received).toEqual([])
})

test('to the key of another company a contact does not exist', async () => {
  const other = 'mn-other-secret'
  const { call, upsert } = await open({ keys: [{ key: demoKey }, { key: other, company: 2 }] })
  const id = await upsert(anna)
  const unknown = await call('PUT', '/public/v1/contacts/99', { key: other, body: {} })
  expect(unknown).toEqual({ status: 404, body: { message: 'Contact not found' } })
  const path = `/public/v1/contacts/${id}`
  expect(await call('PUT', path, { key: other, body: { phone: '+39111' } })).toEqual(unknown)
  expect(await call('DELETE', path, { key: other })).toEqual(unknown)
  expect((await call('GET', `/public/v1/contacts/by-email/${anna.email}`, { key: other })).status).toBe(404)
  expect((await call('PUT', path, { body: {} })).status).toBe(200)
})

test('a key without a permission is refused what needs it, and nothing else', async () => {
  const reader = 'mn-reader-secret'
  const { sandbox, call } = await open({ keys: [{ key: demoKey }, { key: reader, permissions: [] }] })
  const body = { to: anna.email, subject: 'Hello', html: '<p>Hello</p>' }
  const code = 'forbidden'
  const message = 'This key needs the permission TRANSACTIONAL.'
  expect(await call('POST', '/public/v1/emails', { key: reader, body })).toEqual({
    status: 403,
    body: { error: { code, message } },
  })
  expect(await sandbox.outbox()).toEqual([])
  expect((await call('POST', '/public/v1/contacts', { key: reader, body: anna })).status).toBe(200)
  expect((await call('POST', '/public/v1/emails', { body })).status).toBe(200)
})

test('replicas on one PostgreSQL see each other’s writes and lose none', async () => {
  const database = await createPostgresDatabase(inject('postgresUrl'))
  const replicas = await Promise.all([open({ database }), open({ database })])
  const [first, second] = replicas
  const id = await first.upsert(anna)
  expect(await second.get(anna.email)).toMatchObject({ status: 200, body: { data: { id } } })
  const numbers = Array.from({ length: 60 }, (_, number) => number)
  const answers = await Promise.all(
    numbers.map((number) =>
      (number % 2 ? first : second).update(id, {
        customFields: { [`f${number}`]: number, shared: { [number]: true } },
      }),
    ),
  )
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
  for (const replica of replicas) {
    expect(await replica.get(anna.email)).toMatchObject({
      body: {
        data: {
          custom_fields: {
            ...anna.customFields,
            ...Object.fromEntries(numbers.map((number) => [`f${number}`, number])),
            shared: Object.fromEntries(numbers.map((number) => [number, true])),
          },
        },
      },
    })
  }
  expect(await second.sandbox.events()).toHaveLength(61)
})

test('who follows the events of one replica hears of those of another', async () => {
  const database = await createPostgresDatabase(inject('postgresUrl'))
  const writer = await open({ database })
  const reader = await open({ database })
  const heard: SandboxEvent[] = []
  const over = new AbortController()
  const following = (async () => {
    for await (const event of reader.sandbox.followEvents({}, over.signal)) {
      heard.push(event)
      if (heard.length === 3) over.abort()
    }
  })()
  const id = await writer.upsert(anna)
  await writer.update(id, { customFields: { plan: 'pro' } })
  await writer.call('DELETE', `/public/v1/contacts/${id}`)
  await following
  expect(heard.map(({ type }) => type)).toEqual(['contact.created', 'contact.updated', 'contact.deleted'])
  expect(heard).toEqual(await writer.sandbox.events())
})

test('of events no more are kept than was asked for', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const { sandbox, upsert } = await open({ retention: { count: 2 } })
  for (const email of ['a@example.com', 'b@example.com', 'c@example.com']) await upsert({ email })
  vi.advanceTimersByTime(10_000)
  await expect.poll(async () => (await sandbox.events()).map(({ sequence }) => sequence)).toEqual([2, 3])
})

test('closing answers what is under way, and closing again does nothing', async () => {
  const { sandbox } = await open({ faults: [{ fault: { latency: 100 } }] })
  const { url } = await sandbox.listen()
  const headers = { authorization: `Bearer ${demoKey}` }
  const answer = fetch(`${url}/public/v1/custom-fields`, { headers })
  while (sandbox.faults.list()[0]?.hit !== 1) await new Promise((resolve) => setTimeout(resolve, 5))
  await sandbox.close()
  expect((await answer).status).toBe(200)
  await sandbox.close()
})

test('a closed sandbox answers 503, and listens no more', async () => {
  const { sandbox, get } = await open()
  await sandbox.close()
  expect(await get(anna.email)).toEqual({
    status: 503,
    body: { error: { code: 'service_unavailable', message: 'The sandbox is closed: create another' } },
  })
  await expect(sandbox.listen()).rejects.toThrow('The sandbox is closed')
})

test.each([
  [{ databse: 'x.db' }, 'options: there is no "databse"; expected keys, automations'],
  [{ database: 5 }, 'options.database: expected a text, found a number'],
  [{ database: '' }, 'The location of the database is empty'],
  [{ keys: [] }, 'options.keys: expected at least one key, found none'],
  [{ keys: [{ key: 'hunter2' }] }, 'options.keys[0].key: expected a key of the form mn-<clientId>-<secret>'],
  [{ keys: [{ key: demoKey, permission: [] }] }, 'options.keys[0]: there is no "permission"'],
  [{ automations: [{ name: 'a', when: 'created' }] }, 'options.automations[0].when: expected one of contact.created'],
  [{ webhookSecret: 'hunter2' }, 'options.webhookSecret: expected a secret of the form whsec_'],
  [{ retryDelays: [-1] }, 'options.retryDelays[0]: expected an integer from 0'],
  [{ whatsappTemplates: [{}] }, 'options.whatsappTemplates[0].id: expected a value, found nothing'],
  [{ faults: [{ fault: { status: 99 } }] }, 'options.faults[0]: rule.fault.status: expected an integer'],
  [{ control: 'remote' }, 'options.control: expected one of local, all'],
  [{ now: 5 }, 'options.now: expected a function, found 5'],
  [{ fetch: 'https://example.com' }, 'options.fetch: expected a function, found "https://example.com"'],
  [null, 'options: expected an object, found null'],
])('the options %j are refused', async (options: unknown, message) => {
  const refused = createSandbox(options as SandboxOptions).then((sandbox) => sandbox.close())
  await expect(refused).rejects.toThrow(expect.objectContaining({ message: expect.stringContaining(message) }))
  await expect(refused).rejects.not.toThrow('hunter2')
})

test('options that are undefined have their defaults', async () => {
  // Sound at run time only: callers that compile without exact optional properties may do this.
  const options = { database: undefined, keys: undefined, now: undefined } as unknown as SandboxOptions
  const { upsert } = await open(options)
  expect(await upsert(anna)).toBe(1)
})

function planChanged(webhook: string): Automation {
  return { name: 'plan', when: 'contact.updated', webhook }
}

/** Opens a sandbox, closed after the test, and makes what calls it. */
async function open(options: SandboxOptions = {}) {
  const sandbox = await createSandbox(options)
  onTestFinished(() => sandbox.close())
  const call = createCall(sandbox)
  return {
    sandbox,
    call,
    get: (email: string) => call('GET', `/public/v1/contacts/by-email/${email}`),
    update: (id: number, body: object) => call('PUT', `/public/v1/contacts/${id}`, { body }),
    /** Resolves to the contact's id. */
    async upsert(body: object): Promise<number> {
      const answer = await call('POST', '/public/v1/contacts', { body })
      expect(answer).toEqual({ status: 200, body: { id: expect.any(Number), phone: null } })
      return Number(Object(answer.body).id)
    },
  }
}

function createCall({ fetch }: Sandbox) {
  return async (method: string, path: string, { key = demoKey, body }: { key?: string; body?: object } = {}) => {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
    const init = { method, headers, body: body ? JSON.stringify(body) : null }
    const response = await fetch(`https://api.minimo.it${path}`, init)
    const text = await response.text()
    const answered: unknown = text === '' ? undefined : JSON.parse(text)
    return { status: response.status, body: answered }
  }
}

function verify(webhook: ReceivedWebhook | undefined): unknown {
  const { headers, body } = webhook ?? expect.fail('no webhook arrived')
  const named = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  return new Webhook(demoWebhookSecret).verify(body, named)
}
