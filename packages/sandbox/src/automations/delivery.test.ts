import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { createPostgresDatabase } from 'test-postgres'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { createFileLocation, eachDatabase } from '../../test/databases.ts'
import { type ReceivedWebhook, startWebhookReceiver } from '../../test/webhook-receiver.ts'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import { listEvents } from '../events/event-log.ts'
import { createClock } from '../runtime/clock.ts'
import type { Database } from '../storage/database.ts'
import { openDatabase } from '../storage/open-database.ts'
import { createDelivery, type DeliveryOptions, defaultRetryDelays } from './delivery.ts'
import type { Automation } from './match-automations.ts'
import { recordEvents } from './record-events.ts'
import { claimRuns, listRuns } from './runs.ts'
import { demoWebhookSecret } from './webhook.ts'

const contact = showEventContact({ ...emptyContact(7), id: 42 })
const changes = [{ field: 'customFields.plan', before: null, after: 'pro' }]
const ownSecret = 'whsec_b3duLXNlY3JldC1vZi10aGUtYXV0b21hdGlvbg=='

describe.each(eachDatabase)('%s', (name, createLocation) => {
  test('a run is delivered as a signed Standard Webhook', async () => {
    const receiver = await startWebhookReceiver()
    const { database, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    delivery.wake()
    await delivery.idle()
    const [event] = await listEvents(database)
    const [run] = await listRuns(database.query)
    expect(run).toMatchObject({ status: 'delivered', attempts: 1, nextAt: null, lastError: null })
    expect(receiver.received).toHaveLength(1)
    expect(receiver.received[0]?.headers).toMatchObject({ 'webhook-id': run?.id, 'content-type': 'application/json' })
    expect(verify(receiver.received[0])).toEqual({
      type: 'contact.updated',
      timestamp: event?.at,
      data: { id: event?.id, sequence: 1, company: 7, automation: 'plan', contact, changes },
    })
  })

  test('a failed attempt is repeated with the same id and body when it is due, not before', async () => {
    const receiver = await startWebhookReceiver((nth) => [500, 302, 200][nth])
    const { database, clock, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    await delivery.idle()
    await delivery.idle()
    const [waiting] = await listRuns(database.query)
    expect(waiting).toMatchObject({ status: 'pending', attempts: 1, lastError: expect.stringContaining('500') })
    expect(Date.parse(waiting?.nextAt ?? '')).toBe(clock.now() + 5000)
    clock.advance(4999)
    await delivery.idle()
    expect(receiver.received).toHaveLength(1)
    clock.advance(1)
    await delivery.idle()
    expect((await listRuns(database.query))[0]).toMatchObject({
      attempts: 2,
      lastError: expect.stringContaining('302'),
    })
    clock.advance(300_000)
    await delivery.idle()
    expect((await listRuns(database.query))[0]).toMatchObject({ status: 'delivered', attempts: 3, lastError: null })
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1)
  })

  test('a run whose attempts are exhausted has failed and is left alone', async () => {
    const receiver = await startWebhookReceiver(() => 500)
    const { database, clock, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    for (const _ of Array(defaultRetryDelays.length + 3)) {
      await delivery.idle()
      clock.advance(36_000_000)
    }
    expect(await listRuns(database.query, { status: 'failed' })).toMatchObject([
      { attempts: 7, nextAt: null, lastError: 'The webhook answered with 500; expected 2xx' },
    ])
    expect(receiver.received).toHaveLength(7)
  })

  test('a receiver that never answers is given up after the timeout', async () => {
    const receiver = await startWebhookReceiver(() => undefined)
    const { database, delivery, record } = await start(await createLocation(), receiver.url, { timeout: 50 })
    await record()
    await delivery.idle()
    const [run] = await listRuns(database.query)
    expect(run).toMatchObject({ status: 'pending', lastError: 'The webhook gave no answer within 50 ms' })
  })

  test('advancing the clock far does not repeat a delivery under way', async () => {
    const answer = Promise.withResolvers<number>()
    const receiver = await startWebhookReceiver(() => answer.promise)
    const { database, clock, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    delivery.wake()
    await receiver.arrived(1)
    clock.advance(86_400_000)
    delivery.wake()
    await record()
    delivery.wake()
    await receiver.arrived(2)
    answer.resolve(200)
    await delivery.idle()
    expect(await listRuns(database.query)).toMatchObject([
      { status: 'delivered', attempts: 1 },
      { status: 'delivered', attempts: 1 },
    ])
    expect(receiver.received).toHaveLength(2)
  })

  test('at most eight webhooks of a receiver are told at a time, and all in the end', async () => {
    const answer = Promise.withResolvers<number>()
    const receiver = await startWebhookReceiver(() => answer.promise)
    const { database, delivery, record } = await start(await createLocation(), receiver.url)
    await record(20)
    delivery.wake()
    await receiver.arrived(8)
    expect((await listRuns(database.query)).filter(({ attempts }) => attempts > 0)).toHaveLength(8)
    answer.resolve(200)
    await delivery.idle()
    expect(await listRuns(database.query, { status: 'delivered' })).toHaveLength(20)
  })

  test('a receiver that hangs delays no other', async () => {
    const [hanging, healthy] = [await startWebhookReceiver(() => undefined), await startWebhookReceiver()]
    const { database, delivery, record } = await start(await createLocation(), hanging.url, { closingGrace: 0 })
    await record(40)
    delivery.wake()
    await hanging.arrived(8)
    await record(20, healthy.url)
    delivery.wake()
    await expect.poll(() => listRuns(database.query, { status: 'delivered' })).toHaveLength(20)
    await delivery.close()
    expect(hanging.received).toHaveLength(8)
    expect((await listRuns(database.query)).filter(({ webhook }) => webhook === healthy.url)).toMatchObject(
      Array(20).fill({ status: 'delivered', attempts: 1 }),
    )
  })

  test('a receiver that answers 410 is told no more of the event', async () => {
    const receiver = await startWebhookReceiver(() => 410)
    const { database, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    await delivery.idle()
    expect(await listRuns(database.query)).toMatchObject([{ status: 'failed', attempts: 1, nextAt: null }])
  })

  test('closing leaves what a receiver does not answer in time to the next process', async () => {
    const receiver = await startWebhookReceiver((nth) => (nth === 0 ? undefined : 204))
    const location = await createLocation()
    const { database, clock, delivery, record } = await start(location, receiver.url, { closingGrace: 50 })
    await record()
    delivery.wake()
    await receiver.arrived(1)
    await delivery.close()
    expect(await listRuns(database.query)).toMatchObject([{ status: 'pending', attempts: 1, lastError: null }])
    const next = createDelivery({ ...defaults, database, clock, automations: [automation(receiver.url)] })
    await next.idle()
    await next.close()
    expect(await listRuns(database.query)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  })

  test('closing waits for deliveries under way and begins no more', async () => {
    const answer = Promise.withResolvers<number>()
    const receiver = await startWebhookReceiver(() => answer.promise)
    const { database, delivery, record } = await start(await createLocation(), receiver.url)
    await record(10)
    delivery.wake()
    await receiver.arrived(8)
    const closed = delivery.close()
    answer.resolve(200)
    await closed
    delivery.wake()
    await delivery.idle()
    expect(await listRuns(database.query, { status: 'delivered' })).toHaveLength(8)
    expect(receiver.received).toHaveLength(8)
  })

  test('a run whose process was killed during the attempt is tried again', async () => {
    const receiver = await startWebhookReceiver()
    const { database, clock, delivery, record } = await start(await createLocation(), receiver.url)
    await record()
    await claimRuns(database, { now: clock.now(), lease: 30_000, perReceiver: 8, underWay: [] })
    await delivery.idle()
    if (name === 'PostgreSQL') {
      expect(receiver.received).toHaveLength(0)
      clock.advance(30_000)
      await delivery.idle()
      expect(receiver.received).toHaveLength(0)
      // As if the lease had gone by in the database's time, too.
      await database.query('UPDATE runs SET leased_until = 0')
      await delivery.idle()
    }
    expect(await listRuns(database.query)).toMatchObject([{ status: 'delivered', attempts: 2 }])
  })

  test('a run of an automation that the config no longer has goes where it was recorded for', async () => {
    const receiver = await startWebhookReceiver()
    const { delivery, record } = await start(await createLocation(), receiver.url, { automations: [] })
    await record()
    await delivery.idle()
    expect(verify(receiver.received[0])).toMatchObject({ data: { automation: 'plan' } })
  })
})

test.each(eachDatabase.filter(([name]) => name !== 'SQLite in memory'))(
  'what an earlier process recorded in a %s is delivered',
  async (_, createLocation) => {
    const receiver = await startWebhookReceiver()
    const location = await createLocation()
    const earlier = await start(location, receiver.url)
    await earlier.record(3)
    await earlier.database.close()
    const later = await start(location, receiver.url)
    later.delivery.wake()
    await later.delivery.idle()
    expect(await listRuns(later.database.query, { status: 'delivered' })).toHaveLength(3)
  },
)

test('replicas on one PostgreSQL deliver each run once', async () => {
  const receiver = await startWebhookReceiver()
  const location = await createPostgresDatabase(inject('postgresUrl'))
  const replicas = [await start(location, receiver.url), await start(location, receiver.url)]
  await Promise.all(replicas.map(({ record }) => record(40)))
  await Promise.all(replicas.map(({ delivery }) => delivery.idle()))
  const runs = await listRuns(replicas[0]?.database.query ?? expect.fail(), { status: 'delivered' })
  expect(runs.filter(({ attempts }) => attempts === 1)).toHaveLength(80)
  expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(80)
  expect(receiver.received).toHaveLength(80)
})

test('a replica delivers what another recorded and did not deliver', async () => {
  const receiver = await startWebhookReceiver()
  const location = await createPostgresDatabase(inject('postgresUrl'))
  const awake = await start(location, receiver.url)
  await awake.delivery.idle()
  const other = await start(location, receiver.url)
  await other.record()
  await receiver.arrived(1)
})

test('a retry happens by itself when its time has come', async () => {
  const receiver = await startWebhookReceiver((nth) => (nth === 0 ? 503 : 200))
  const { delivery, record } = await start(':memory:', receiver.url, { clock: createClock(), retryDelays: [30] })
  await record()
  delivery.wake()
  await receiver.arrived(2)
})

test('an automation’s own secret signs its webhooks', async () => {
  const receiver = await startWebhookReceiver()
  const automations = [{ ...automation(receiver.url), secret: ownSecret }]
  const { delivery, record } = await start(':memory:', receiver.url, { automations })
  await record()
  await delivery.idle()
  expect(verify(receiver.received[0], ownSecret)).toMatchObject({ type: 'contact.updated' })
  expect(() => verify(receiver.received[0])).toThrow('No matching signature')
})

test.each(['', 'whsec_', 'whsec_not/base64!', 'hunter2'])(
  'the secret %o is refused without repeating it',
  async (secret) => {
    const named = start(':memory:', 'http://127.0.0.1', {
      automations: [{ ...automation('http://127.0.0.1'), secret }],
    })
    await expect(named).rejects.toThrow(
      /^The secret of automation "plan" is no Standard Webhooks secret. Expected whsec_/,
    )
    const common = await start(':memory:', 'http://127.0.0.1', { webhookSecret: secret }).catch(String)
    expect(common).toMatch(/webhookSecret is no Standard Webhooks secret/)
    if (secret.length > 6) expect(common).not.toContain(secret)
  },
)

test('a database that is gone makes idle reject, and nothing else', async () => {
  const { database, delivery } = await start(await createFileLocation(), 'http://127.0.0.1')
  await database.close()
  delivery.wake()
  await expect(delivery.idle()).rejects.toThrow('closed')
})

test('whatever receivers answer, a run is tried until the first success or the last attempt', async () => {
  const answer = fc.constantFrom<number | 'throws'>(200, 204, 299, 301, 400, 429, 500, 'throws')
  const delays = fc.array(fc.integer({ min: 0, max: 100_000 }), { maxLength: 4 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(answer, { maxLength: 5 }), { maxLength: 12 }), delays, async (plans, delays) => {
      const attempts = new Map<string, number>()
      const fetch: DeliveryOptions['fetch'] = async (url) => {
        const nth = attempts.get(url) ?? 0
        attempts.set(url, nth + 1)
        const planned = plans[Number(new URL(url).port) - 1000]?.[nth] ?? 500
        if (planned === 'throws') throw new TypeError('fetch failed')
        return new Response(null, { status: planned })
      }
      const { database, clock, delivery, record } = await start(':memory:', '', { fetch, retryDelays: delays })
      for (const [index] of plans.entries()) await record(1, `http://127.0.0.1:${1000 + index}/`)
      for (const _ of [0, ...delays]) {
        await delivery.idle()
        clock.advance(100_000)
      }
      const expected = plans.map((plan) => {
        const success = plan.findIndex((status) => typeof status === 'number' && status < 300)
        const delivered = success >= 0 && success <= delays.length
        return { status: delivered ? 'delivered' : 'failed', attempts: delivered ? success + 1 : delays.length + 1 }
      })
      const runs = await listRuns(database.query)
      expect(runs.map(({ status, attempts }) => ({ status, attempts }))).toEqual(expected)
      expect(runs.map(({ webhook }) => attempts.get(webhook))).toEqual(expected.map(({ attempts }) => attempts))
      await delivery.close()
      await database.close()
    }),
    { numRuns: 50 },
  )
})

/** An automation that every recorded event sets off. */
function automation(webhook: string): Automation {
  return { name: 'plan', when: 'contact.updated', webhook }
}

const defaults = { webhookSecret: demoWebhookSecret, retryDelays: defaultRetryDelays, fetch: globalThis.fetch }

/** Opens a database and delivers from it with a clock that only `advance` moves. */
async function start(location: string, url: string, options: Partial<DeliveryOptions> = {}) {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  const clock = options.clock ?? createClock(() => Date.UTC(2026, 0, 1))
  const delivery = createDelivery({
    database,
    clock,
    automations: [automation(url)],
    ...defaults,
    ...options,
  })
  onTestFinished(() => delivery.close())
  return { database, clock, delivery, record: createRecord(database, clock.now, url) }
}

/** Records events that each set off one run. */
function createRecord(database: Database, now: () => number, defaultUrl: string) {
  return async (count = 1, url = defaultUrl) => {
    const events = Array.from({ length: count }, () => ({ type: 'contact.updated', contact, changes }) as const)
    const automations = [automation(url)]
    await database.transaction(async (query) => recordEvents(query, events, { automations, now: now() }))
  }
}

function verify(webhook: ReceivedWebhook | undefined, secret = demoWebhookSecret): unknown {
  const { headers, body } = webhook ?? expect.fail('no webhook arrived')
  return new Webhook(secret).verify(body, Object.fromEntries(Object.entries(headers).map(([k, v]) => [k, String(v)])))
}
