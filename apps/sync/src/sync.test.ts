import { setTimeout as sleep } from 'node:timers/promises'
import { createMinimoClient } from '@minimo/client'
import { expect, test } from 'vitest'
import { type Context, createContext } from '../test/create-context.ts'
import { readConfig } from './sides.ts'
import { install } from './worker.ts'

const create = 'INSERT INTO customers (email, phone, plan) VALUES ($1, $2, $3)'

const elsewhere = ({ sandbox, env }: Context) =>
  createMinimoClient({ apiKey: env.MINIMO_API_KEY ?? '', fetch: sandbox.fetch }).contacts

/** Runs a command to its end. */
async function run(context: Context, args: string[], settings?: NodeJS.ProcessEnv) {
  const command = context.run(args, settings)
  return { code: await command.end(), output: command.output() }
}

test('all that is wrong in the environment is told at once, without secrets', async () => {
  await using context = await createContext()
  const { code, output } = await run(context, ['worker'], {
    DATABASE_URL: 'mysql://user:secret@host/shop',
    MINIMO_API_KEY: '',
    RATE: 'fast',
    CONCURRENCY: '0.5',
    WITHDRAWAL_SHARE: '2',
    MINIMO_API_URL: 'minimo',
  })
  expect(code).toBe(1)
  expect(output).toBe(`Set these in the environment, and start again:
  DATABASE_URL: expected postgres://user:password@host/database, found something else
  MINIMO_API_KEY: expected a key such as mn-1-secret, found nothing
  MINIMO_API_URL: expected a URL, or nothing for the real API, found something else
  RATE: expected calls a second, above 0, found "fast"
  WITHDRAWAL_SHARE: expected a number between 0 and 1, found "2"
  CONCURRENCY: expected a whole number from 1, found "0.5"
`)
})

test('an unknown command is told, with those there are', async () => {
  await using context = await createContext()
  const { code, output } = await run(context, ['restart'])
  expect(code).toBe(1)
  expect(output).toContain("unknown command 'restart'")
})

test('parked contacts are listed with their reasons, and tried again once released', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await elsewhere(context).upsert({ email: 'somebody@example.com', phone: '+393300000001' })
  await pool.query(create, ['anna@example.com', '+393300000001', 'free'])
  await pool.query(create, ['bruno@example.com', '12', 'free'])
  context.run()
  await context.untilInStep()
  const parked = await run(context, ['parked'])
  expect(parked).toMatchObject({ code: 0, output: expect.stringContaining('409 duplicate_resource') })
  expect(parked.output).toContain('422 invalid_phone_number')
  expect(parked.output).not.toContain('anna@example.com')
  // Mended at Minimo, where no trigger sees it.
  await elsewhere(context).update(1, { phone: '+393300000009' })
  expect((await run(context, ['release', '1'])).output).toContain("'1'")
  await context.untilInStep()
  const left = await run(context, ['parked'])
  expect(left.output).not.toContain('409')
  expect(left.output).toContain('422')
  expect(await sandbox.contacts({ email: 'anna@example.com' })).toMatchObject([{ phone: '+393300000001' }])
})

test('reconcile takes up customers from before, and sends what differs, without consent', async () => {
  await using context = await createContext({ isInstalled: false })
  const { pool, sandbox, env, seen } = context
  await pool.query(create, ['same@example.com', null, 'pro'])
  await pool.query(create, ['other@example.com', null, 'pro'])
  await pool.query(create, ['missing@example.com', null, 'pro'])
  await pool.query(create, ['removed@example.com', null, 'pro'])
  await pool.query('UPDATE customers SET email_consent = true, deleted_at = CASE WHEN id = 4 THEN now() END')
  for (const [name, plan] of Object.entries({ same: 'pro', other: 'free', removed: 'pro' })) {
    const customFields = { PLAN: plan, FIRST_NAME: null, CITY: 'Turin' }
    await elsewhere(context).upsert({ email: `${name}@example.com`, customFields, marketingConsent: { email: false } })
  }
  await install(readConfig(env))
  const { code, output } = await run(context, ['reconcile'])
  expect(output).toMatch(/compared.*4/)
  expect(output).toMatch(/different.*3/)
  expect(code).toBe(0)
  seen.splice(0)
  context.run()
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { email: 'same@example.com', marketing_consent: { email: false } },
    { email: 'other@example.com', custom_fields: { PLAN: 'pro', CITY: 'Turin' }, marketing_consent: { email: false } },
    { email: 'removed@example.com', deleted: true, marketing_consent: { email: false } },
    { email: 'missing@example.com', custom_fields: { PLAN: 'pro' }, marketing_consent: { email: null } },
  ])
  const changes = seen.filter(({ operation }) => operation !== 'getContactByEmail')
  expect(changes).toHaveLength(3)
  expect((await run(context, ['reconcile'])).output).toMatch(/different.*0/)
})

test('reconcile queues what was changed at Minimo, what contact_of says anew, and what lost its job', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  await pool.query(create, ['bruno@example.com', '+393300000001', 'free'])
  context.run()
  await context.untilInStep()
  await elsewhere(context).delete(1)
  await elsewhere(context).update(2, { phone: '+393300000002' })
  await pool.query("UPDATE customers SET plan = 'pro', email_consent = true WHERE id = 2; DELETE FROM pgboss.job")
  await pool.query('ALTER TABLE customers DISABLE TRIGGER sync')
  await pool.query(create, ['carla@example.com', null, 'free'])
  await pool.query("UPDATE customers SET plan = 'team' WHERE id = 1")
  await run(context, ['reconcile'])
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { email: 'anna@example.com', deleted: false, custom_fields: { PLAN: 'team' } },
    { email: 'bruno@example.com', phone: '+393300000001', custom_fields: { PLAN: 'pro' } },
    { email: 'carla@example.com' },
  ])
})

test('start shows all on this machine, and leaves nothing behind', async () => {
  await using context = await createContext()
  const { PATH } = process.env
  const started = context.run([], { PATH, DATABASE_URL: '', MINIMO_API_KEY: '', MINIMO_API_URL: '' })
  while (!/"done":"[1-9]/.test(started.output())) await sleep(50)
  const [line = ''] = started.output().split('\n')
  expect(Object.keys(JSON.parse(line))).toEqual(['behind', 'in flight', 'done', 'parked', 'oldest change', 'rate'])
  started.process.kill('SIGINT')
  expect(await started.end()).toBe(0)
})

test('the shop that start shows never stumbles', async () => {
  await using context = await createContext()
  await context.pool.query('SELECT somebody_comes() FROM generate_series(1, 3000)')
  const { rows } = await context.pool.query('SELECT count(*)::int FROM sync.contacts')
  expect(rows[0].count).toBeGreaterThan(500)
})

test('start never brings a real database and a sandbox together', async () => {
  await using context = await createContext({ isInstalled: false })
  const { code, output } = await run(context, ['start'], { MINIMO_API_KEY: '' })
  expect(code).toBe(1)
  expect(output).toContain('MINIMO_API_KEY: expected a key such as mn-1-secret, found nothing')
  expect((await context.pool.query("SELECT to_regnamespace('sync') AS found")).rows).toEqual([{ found: null }])
})

test('start takes a database and a key in the place of its own, and changes no customer', async () => {
  await using context = await createContext({ isInstalled: false })
  const { pool, sandbox } = context
  const started = context.run(['start'])
  while (!started.output().includes('"behind"')) await sleep(50)
  await pool.query(create, ['anna@example.com', null, 'free'])
  await context.untilInStep()
  started.process.kill('SIGTERM')
  expect(await started.end()).toBe(0)
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@example.com' }])
  expect((await pool.query('SELECT FROM customers')).rowCount).toBe(1)
})

test('install gives up where it would keep those who write customers waiting', async () => {
  await using context = await createContext({ isInstalled: false })
  const { pool, env } = context
  const writer = await pool.connect()
  await writer.query(`BEGIN; ${create.replace('$1, $2, $3', "'anna@example.com', NULL, 'free'")}`)
  const { code, output } = await run(context, ['install'])
  expect(output).toContain('lock timeout')
  expect(code).toBe(1)
  await writer.query('COMMIT')
  writer.release()
  await install(readConfig(env))
})
