import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'pg'
import { PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'
import { createContext } from '../test/create-context.ts'

const create = "INSERT INTO customers (email, first_name) VALUES ('anna@example.com', 'Anna') RETURNING id"
const jobs = 'SELECT name, state, singleton_key, priority FROM pgboss.job ORDER BY name'

test('a new customer becomes a contact in one call, and each of its consents in one more', async () => {
  await using context = await createContext()
  await context.pool.query(`INSERT INTO customers (email, first_name, plan, email_consent, whatsapp_consent)
    VALUES ('anna@example.com', 'Anna', 'pro', true, false)`)
  context.run()
  await context.untilInStep()
  const [created, ...consents] = context.seen.filter(({ operation }) => operation !== 'getContactByEmail')
  expect(created).toMatchObject({
    operation: 'upsertContact',
    body: { email: 'anna@example.com', customFields: { FIRST_NAME: 'Anna', PLAN: 'pro' } },
  })
  expect(consents.map(({ body }) => body)).toEqual([
    { marketingConsent: { whatsapp: false } },
    { marketingConsent: { email: true } },
  ])
})

test('a transaction that is rolled back queues nothing', async () => {
  await using context = await createContext()
  await context.pool.query(`BEGIN; ${create}; UPDATE customers SET email_consent = true; ROLLBACK`)
  expect((await context.pool.query(jobs)).rows).toEqual([])
  expect((await context.pool.query('SELECT FROM sync.contacts')).rowCount).toBe(0)
})

test('a burst of changes is one call, with the latest of each', async () => {
  await using context = await createContext()
  await context.pool.query(create)
  for (const plan of ['pro', 'team', 'free', 'pro']) {
    await context.pool.query('UPDATE customers SET plan = $1', [plan])
  }
  expect((await context.pool.query(jobs)).rows).toMatchObject([{ name: 'contacts', state: 'created' }])
  context.run()
  await context.untilInStep()
  expect(context.seen).toMatchObject([{ operation: 'upsertContact', body: { customFields: { PLAN: 'pro' } } }])
})

test('a change that comes during a call is sent after it', async () => {
  await using context = await createContext()
  const { pool, sandbox, seen } = context
  sandbox.faults.add({ nth: 1, fault: { latency: 500 } })
  await pool.query(create)
  context.run()
  while (seen.length === 0) await sleep(10)
  await pool.query("UPDATE customers SET plan = 'pro', email = 'anna@new.example'")
  await context.untilInStep()
  expect(seen.map(({ operation }) => operation)).toEqual(['upsertContact', 'updateContactById'])
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@new.example', custom_fields: { PLAN: 'pro' } }])
})

test('a job that begins before a transaction has ended sees what it changed', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create)
  const partner = await pool.connect()
  await partner.query("BEGIN; UPDATE customers SET plan = 'pro', email_consent = true")
  const worker = context.run()
  // It has the job, and has to wait for the row longer than it does.
  while (!worker.output().includes('lock timeout')) await sleep(20)
  await partner.query('COMMIT')
  partner.release()
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { custom_fields: { PLAN: 'pro' }, marketing_consent: { email: true } },
  ])
})

test('what Minimo is not told queues nothing', async () => {
  await using context = await createContext()
  await context.pool.query(create)
  await context.pool.query('DELETE FROM pgboss.job')
  await context.pool.query('UPDATE customers SET last_seen = now(), plan = plan')
  expect((await context.pool.query(jobs)).rows).toEqual([])
})

test('the job that the trigger queues is the one that the send of pg-boss would', async () => {
  await using context = await createContext()
  const { pool, env } = context
  const { rows } = await pool.query(create)
  const boss = new PgBoss({ connectionString: env.DATABASE_URL ?? '', supervise: false, schedule: false })
  await boss.start()
  await boss.send('contacts', { customer: '0' }, { singletonKey: '0' })
  await boss.stop()
  const own = await pool.query('SELECT * FROM pgboss.job ORDER BY singleton_key')
  const [sent, queued] = own.rows
  const { id, created_on, start_after, keep_until } = sent
  const comparable = { ...queued, id, created_on, start_after, keep_until, singleton_key: '0', data: { customer: '0' } }
  expect(comparable).toEqual(sent)
  expect(queued).toMatchObject({ singleton_key: rows[0].id, data: { customer: rows[0].id } })
  const keeps = (job: typeof sent) => Math.round((job.keep_until - job.start_after) / 1000)
  expect(keeps(queued)).toBe(keeps(sent))
  expect(await boss.isInstalled().catch(() => true)).toBe(true)
})

test('a withdrawal and the grant after it are both told, in this order, however late', async () => {
  await using context = await createContext()
  const { pool } = context
  await pool.query("INSERT INTO customers (email, email_consent) VALUES ('anna@example.com', true)")
  const worker = context.run()
  await context.untilInStep()
  await worker.kill('SIGTERM')
  context.seen.splice(0)
  await pool.query('UPDATE customers SET email_consent = false')
  await pool.query("UPDATE customers SET email_consent = true, plan = 'pro'")
  await pool.query('UPDATE customers SET email_consent = NULL')
  await pool.query('UPDATE customers SET email_consent = true')
  context.run()
  await context.untilInStep()
  const consents = context.seen.flatMap(({ body }) => (body as { marketingConsent?: object })?.marketingConsent ?? [])
  expect(consents).toEqual([{ email: false }, { email: false }, { email: true }])
  expect(context.seen).toHaveLength(4)
})

test('consent is told only where it changed here, so what somebody withdrew elsewhere stays withdrawn', async () => {
  await using context = await createContext()
  const { pool, sandbox, env } = context
  await pool.query(
    "INSERT INTO customers (email, email_consent, whatsapp_consent) VALUES ('anna@example.com', true, true)",
  )
  context.run()
  await context.untilInStep()
  const [contact] = await sandbox.contacts()
  await sandbox.fetch(`http://sandbox/public/v1/contacts/${contact?.id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${env.MINIMO_API_KEY}`, 'content-type': 'application/json' },
    body: '{"marketingConsent": {"email": false}}',
  })
  await pool.query("UPDATE customers SET plan = 'pro', whatsapp_consent = false")
  await pool.query('UPDATE customers SET whatsapp_consent = true, deleted_at = now()')
  await pool.query('UPDATE customers SET deleted_at = NULL')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { marketing_consent: { email: false, whatsapp: true }, deleted: false },
  ])
})

test('an application that may only write its own table need not know of any of this', async () => {
  await using context = await createContext()
  const { pool, env } = context
  const role = `shop_${new URL(env.DATABASE_URL ?? '').pathname.slice(1)}`
  await pool.query(`CREATE ROLE ${role} LOGIN PASSWORD 'shop'; GRANT INSERT, UPDATE, SELECT ON customers TO ${role}`)
  const url = Object.assign(new URL(env.DATABASE_URL ?? ''), { username: role, password: 'shop' })
  const shop = new Client({ connectionString: url.href })
  await shop.connect()
  await shop.query(create)
  await expect(shop.query('SELECT FROM sync.contacts')).rejects.toThrow('permission denied')
  await shop.end()
  context.run()
  await context.untilInStep()
  expect(await context.sandbox.contacts()).toHaveLength(1)
})

test('a statement that changes a thousand customers queues each of them once', async () => {
  await using context = await createContext()
  const { pool } = context
  await pool.query("INSERT INTO customers (email) SELECT number || '@example.com' FROM generate_series(1, 1000) number")
  await pool.query("UPDATE customers SET plan = 'pro', email_consent = true")
  const { rows } = await pool.query('SELECT name, count(*)::int FROM pgboss.job GROUP BY name ORDER BY name')
  expect(rows).toEqual([
    { name: 'consents', count: 1000 },
    { name: 'contacts', count: 1000 },
  ])
})
