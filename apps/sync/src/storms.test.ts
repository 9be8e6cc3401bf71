// Everything at once: random writes, two workers that are killed, an API that fails, a database that goes away.
//   SYNC_RUNS=20 SYNC_SEED=1 npx vitest run src/storms.test.ts    so many runs from a seed, of half a minute each
import { setTimeout as sleep } from 'node:timers/promises'
import type { FaultRule } from '@minimo/sandbox'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { startPostgres } from '../demo/start-postgres.ts'
import { type Context, createContext, type Running } from '../test/create-context.ts'
import { type Customer, openShop, type Shop, transactions } from '../test/shop.ts'

const { SYNC_RUNS = '1', SYNC_SEED = '7' } = process.env

const faults: FaultRule['fault'][] = [
  { status: 429, retryAfter: 1 },
  { status: 429 },
  { status: 503 },
  { status: 500, run: true },
  { connection: 'reset' },
  { connection: 'reset', run: true },
  { connection: 'reset-body' },
  { latency: 300 },
]

const is = <Name extends string>(name: Name) => fc.constant(name)
const steps = fc.oneof(
  { weight: 30, arbitrary: fc.record({ is: is('transaction'), transaction: transactions }) },
  { weight: 5, arbitrary: fc.record({ is: is('create'), consents: fc.tuple(fc.nat(2), fc.nat(2)) }) },
  { weight: 2, arbitrary: fc.record({ is: is('handOver'), who: fc.nat(1000) }) },
  { weight: 1, arbitrary: fc.record({ is: is('delete'), who: fc.nat(1000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      is: is('fault'),
      fault: fc.constantFrom(...faults),
      probability: fc.constantFrom(0.2, 0.5, 1),
      seed: fc.nat(1000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ is: is('calm') }) },
  { weight: 1, arbitrary: fc.record({ is: is('kill'), which: fc.nat(1) }) },
  { weight: 10, arbitrary: fc.record({ is: is('wait'), milliseconds: fc.nat(150) }) },
)
type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

/** Lets everything happen, with PostgreSQL stopped and started half-way; then all is calm again. */
async function weather(context: Context, shop: Shop, { list, restart }: { list: Step[]; restart(): Promise<void> }) {
  const { sandbox } = context
  const workers: Running[] = [context.run(), context.run()]
  for (const [index, step] of list.entries()) {
    if (index === Math.floor(list.length / 2)) await restart()
    // Whoever started while the database was away has ended, as it says.
    for (const which of [0, 1]) if (workers[which]?.process.exitCode === 1) workers[which] = context.run()
    if (step.is === 'transaction') await shop.commit(step.transaction)
    if (step.is === 'create') await shop.create(step.consents)
    if (step.is === 'handOver') await shop.handOver(step.who)
    if (step.is === 'delete') await shop.delete(step.who)
    if (step.is === 'wait') await sleep(step.milliseconds)
    if (step.is === 'calm') sandbox.faults.remove()
    if (step.is === 'fault') {
      const { fault, probability, seed } = step
      sandbox.faults.add({ fault, probability, seed })
    }
    if (step.is === 'kill') {
      await workers[step.which]?.kill('SIGKILL')
      workers[step.which] = context.run()
    }
  }
  sandbox.faults.remove()
}

async function untilCalm(context: Context) {
  // The pauses that have grown are not waited for.
  const hurry = "UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'"
  const timer = setInterval(() => context.pool.query(hurry).catch(() => undefined), 1000)
  await context.untilInStep(60_000).finally(() => clearInterval(timer))
}

/** Compares what Minimo has with what the shop has. */
async function compare({ sandbox, pool, seen }: Context, { customers, gone }: Shop) {
  const { rows } = await pool.query('SELECT customer, id::int, parked FROM sync.contacts')
  const rowOf = new Map(rows.map((row) => [row.customer, row]))
  const contacts = new Map((await sandbox.contacts()).map((contact) => [contact.id, contact]))
  const events = await sandbox.events({ type: 'contact.consent_changed', limit: 10_000 })
  for (const customer of [...customers, ...gone.map((one) => ({ ...one, isDeleted: true }))]) {
    const who = `customer ${customer.id}`
    const row = rowOf.get(customer.id)
    const contact = contacts.get(row?.id)
    const isWrong = customer.phone?.startsWith('wrong') && !customer.isDeleted
    expect(row?.parked === null, `${who} is parked: ${row?.parked}`).toBe(!isWrong)
    if (!contact) {
      expect(customer.isDeleted || isWrong, `${who} has no contact`).toBe(true)
      continue
    }
    contacts.delete(contact.id)
    const { email, phone, plan, history } = customer
    const last = { email: history.email.at(-1) ?? null, whatsapp: history.whatsapp.at(-1) ?? null }
    expect(contact.marketing_consent, who).toEqual(last)
    // What is parked stays as it was.
    if (!isWrong) expect(contact.deleted, who).toBe(customer.isDeleted)
    if (!isWrong && !customer.isDeleted) {
      expect(contact, who).toMatchObject({ email, ...(phone && { phone }), custom_fields: { PLAN: plan } })
    }
    const own = events.filter((event) => event.contact.id === contact.id).flatMap(({ changes }) => changes)
    const calls = seen.filter(({ path }) => path.id === String(contact.id))
    for (const channel of ['email', 'whatsapp'] as const) expectNoneOvertaken(customer, channel, { own, calls })
  }
  expect([...contacts.values()], 'contacts of nobody').toEqual([])
}

/** Each withdrawal was a call of its own, and no grant came before the withdrawal that it followed. */
function expectNoneOvertaken(
  { id, history }: Customer,
  channel: 'email' | 'whatsapp',
  { own, calls }: { own: { field: string; after: unknown }[]; calls: Context['seen'] },
) {
  const withdrawals = history[channel].filter((granted) => !granted)
  const told = calls.filter(({ body }) => {
    const { marketingConsent } = (body ?? {}) as { marketingConsent?: Record<string, boolean> }
    return marketingConsent?.[channel] === false
  })
  expect(told.length, `withdrawals of customer ${id}`).toBeGreaterThanOrEqual(withdrawals.length)
  const words = own.flatMap(({ field, after }) => (field === `marketingConsent.${channel}` ? [after] : []))
  if (history[channel][0] === false) expect(words[0], `customer ${id}`).toBe(false)
  expect(words.at(-1), `customer ${id}`).toBe(history[channel].at(-1))
}

const storm = fc.asyncProperty(fc.array(steps, { minLength: 150, maxLength: 200 }), async (list) => {
  const postgres = await startPostgres()
  try {
    await using context = await createContext({ postgres: postgres.url, settings: { RATE: '200' } })
    const shop = openShop(context.pool)
    for (let count = 0; count < 8; count++) await shop.create([count % 3, count % 2])
    const restart = async () => {
      await postgres.stop()
      await sleep(1000)
      await postgres.start()
    }
    await weather(context, shop, { list, restart })
    await untilCalm(context)
    await compare(context, shop)
    // All of these may be repeated. None that may not is ever called.
    const repeatable = ['deleteContact', 'getContactByEmail', 'updateContactById', 'upsertContact']
    for (const { operation } of context.seen) expect(repeatable).toContain(operation)
  } finally {
    await postgres.close()
  }
})

const title = 'under storms, outages and kills every contact becomes its customer, and no withdrawal is overtaken'
test(title, { timeout: Number(SYNC_RUNS) * 120_000 }, () =>
  fc.assert(storm, { numRuns: Number(SYNC_RUNS), seed: Number(SYNC_SEED), endOnFailure: true }),
)
