import { setTimeout as sleep } from 'node:timers/promises'
import { createMinimoClient } from '@minimo/client'
import { expect, test } from 'vitest'
import { type Context, createContext } from '../test/create-context.ts'
import { readConfig } from './sides.ts'
import { install } from './worker.ts'

const create = 'INSERT INTO customers (email, phone, plan) VALUES ($1, $2, $3)'

/** What somebody else does at Minimo. */
const elsewhere = ({ sandbox, env }: Context) =>
  createMinimoClient({ apiKey: env.MINIMO_API_KEY ?? '', fetch: sandbox.fetch }).contacts

test('a new e-mail is an update of the same contact', async () => {
  await using context = await createContext()
  const { pool, sandbox, seen } = context
  await pool.query(create, ['anna@example.com', '+393300000001', 'free'])
  context.run()
  await context.untilInStep()
  await pool.query("UPDATE customers SET email = 'anna@new.example'")
  await context.untilInStep()
  expect(seen.map(({ operation }) => operation)).toEqual(['upsertContact', 'updateContactById', 'updateContactById'])
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@new.example', phone: '+393300000001' }])
})

test('a customer that Minimo knew before is found by the e-mail that is changed', async () => {
  await using context = await createContext({ isInstalled: false })
  const { pool, sandbox, seen, env } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  const { id } = await elsewhere(context).upsert({ email: 'anna@example.com', customFields: { CITY: 'Turin' } })
  await install(readConfig(env))
  await pool.query("UPDATE customers SET email = 'anna@new.example'")
  context.run()
  await context.untilInStep()
  expect(seen).toMatchObject([
    { operation: 'getContactByEmail', path: { email: 'anna@example.com' } },
    { operation: 'updateContactById', path: { id: String(id) } },
  ])
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@new.example', custom_fields: { CITY: 'Turin' } }])
})

test('who died between the change of an e-mail and writing it down finds the contact by the new one', async () => {
  await using context = await createContext({ isInstalled: false })
  const { pool, sandbox, env } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  const { id } = await elsewhere(context).upsert({ email: 'anna@example.com' })
  await install(readConfig(env))
  await pool.query("UPDATE customers SET email = 'anna@new.example'")
  await elsewhere(context).update(id, { email: 'anna@new.example' })
  context.run()
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ id, email: 'anna@new.example', custom_fields: { PLAN: 'free' } }])
})

test('a contact that was created, though nobody heard of it, is not created again under a new e-mail', async () => {
  await using context = await createContext()
  const { pool, sandbox, seen } = context
  sandbox.faults.add({ operation: 'upsertContact', nth: 1, fault: { connection: 'reset', run: true } })
  await pool.query(create, ['anna@example.com', null, 'free'])
  context.run()
  while (seen.length === 0) await sleep(10)
  await pool.query("UPDATE customers SET email = 'anna@new.example'")
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@new.example' }])
})

test('a customer that is removed is deleted at Minimo, and comes back with what it had', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', null, 'pro'])
  context.run()
  await context.untilInStep()
  const [{ id } = { id: 0 }] = await sandbox.contacts()
  await elsewhere(context).update(id, { customFields: { CITY: 'Turin' } })
  await pool.query('UPDATE customers SET deleted_at = now()')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ id, deleted: true }])
  await pool.query('UPDATE customers SET deleted_at = NULL')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { id, deleted: false, custom_fields: { CITY: 'Turin', PLAN: 'pro' } },
  ])
  await pool.query('DELETE FROM customers')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ id, deleted: true }])
})

test('a withdrawal of a removed customer is told, and the contact stays deleted', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query("INSERT INTO customers (email, email_consent) VALUES ('anna@example.com', true)")
  context.run()
  await context.untilInStep()
  await pool.query('UPDATE customers SET deleted_at = now()')
  await context.untilInStep()
  await pool.query('UPDATE customers SET email_consent = false')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ deleted: true, marketing_consent: { email: false } }])
})

test('what the API refuses is parked with its reason; withdrawals and others go on; mending it is enough', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', '+393300000001', 'free'])
  await pool.query('UPDATE customers SET email_consent = true')
  context.run()
  await context.untilInStep()
  await pool.query("UPDATE customers SET phone = '123', plan = 'pro'")
  await pool.query(create, ['bruno@example.com', null, 'free'])
  await context.untilInStep()
  const parked = await pool.query('SELECT customer, parked FROM sync.contacts WHERE parked IS NOT NULL')
  expect(parked.rows).toEqual([{ customer: '1', parked: expect.stringContaining('422 invalid_phone_number') }])
  await pool.query('UPDATE customers SET email_consent = false WHERE id = 1')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { email: 'anna@example.com', custom_fields: { PLAN: 'free' }, marketing_consent: { email: false } },
    { email: 'bruno@example.com' },
  ])
  await pool.query("UPDATE customers SET phone = '+393300000002' WHERE id = 1")
  await context.untilInStep()
  expect(await sandbox.contacts({ id: 1 })).toMatchObject([{ phone: '+393300000002', custom_fields: { PLAN: 'pro' } }])
})

test('who wants an e-mail that another customer still has is parked, and released once it is free', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  await pool.query(create, ['bruno@example.com', null, 'free'])
  context.run()
  await context.untilInStep()
  await pool.query(`BEGIN; UPDATE customers SET email = 'anna@new.example', phone = 'wrong' WHERE id = 1;
    UPDATE customers SET email = 'anna@example.com' WHERE id = 2; COMMIT`)
  await context.untilInStep()
  const parked = await pool.query('SELECT customer, parked FROM sync.contacts WHERE parked IS NOT NULL ORDER BY 1')
  expect(parked.rows).toEqual([
    { customer: '1', parked: expect.stringContaining('422') },
    { customer: '2', parked: expect.stringContaining('409') },
  ])
  await pool.query('UPDATE customers SET phone = NULL WHERE id = 1')
  await context.untilInStep()
  const emails = (await sandbox.contacts()).map(({ email }) => email)
  expect(emails).toEqual(['anna@new.example', 'anna@example.com'])
})

test('two customers with one phone stay two contacts', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query('ALTER TABLE customers DROP CONSTRAINT customers_phone_key')
  await pool.query(create, ['anna@example.com', '+393300000001', 'pro'])
  context.run()
  await context.untilInStep()
  await pool.query(create, ['bruno@example.com', '+393300000001', 'free'])
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([
    { email: 'anna@example.com', phone: '+393300000001', custom_fields: { PLAN: 'pro' } },
    { email: 'bruno@example.com', phone: null, custom_fields: { PLAN: 'free' } },
  ])
  expect((await pool.query('SELECT customer FROM sync.contacts WHERE parked IS NOT NULL')).rows).toEqual([
    { customer: '2' },
  ])
})

test('a new customer with the e-mail of a removed one is that contact', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  context.run()
  await context.untilInStep()
  await pool.query('DELETE FROM customers')
  await context.untilInStep()
  await pool.query(create, ['anna@example.com', null, 'pro'])
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ deleted: false, custom_fields: { PLAN: 'pro' } }])
  expect((await pool.query('SELECT customer FROM sync.contacts WHERE id IS NOT NULL')).rows).toEqual([
    { customer: '2' },
  ])
})

test('two customers with one e-mail are one contact and one that is parked', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query('ALTER TABLE customers DROP CONSTRAINT customers_email_key')
  await pool.query(create, ['anna@example.com', null, 'pro'])
  context.run()
  await context.untilInStep()
  await pool.query(create, ['Anna@example.com', null, 'free'])
  await context.untilInStep()
  const parked = await pool.query('SELECT customer, parked FROM sync.contacts WHERE parked IS NOT NULL')
  expect(parked.rows).toEqual([{ customer: '2', parked: 'another customer is contact 1' }])
  expect(await sandbox.contacts()).toMatchObject([{ custom_fields: { PLAN: 'pro' } }])
})

test('a contact that Minimo has lost is created again, with its consents', async () => {
  await using context = await createContext()
  const { pool, sandbox } = context
  await pool.query(create, ['anna@example.com', null, 'free'])
  context.run()
  await context.untilInStep()
  await sandbox.reset()
  await pool.query('UPDATE customers SET email_consent = true')
  await context.untilInStep()
  expect(await sandbox.contacts()).toMatchObject([{ email: 'anna@example.com', marketing_consent: { email: true } }])
})
