import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createContext } from '../test/create-context.ts'

const createMany =
  "INSERT INTO customers (email) SELECT number || '@example.com' FROM generate_series(1, $1::int) number"

test('two workers together keep to the rate', async () => {
  await using context = await createContext({ settings: { RATE: '50', WITHDRAWAL_SHARE: '0.2', CONCURRENCY: '8' } })
  await context.pool.query(createMany, [100])
  context.run()
  context.run()
  await context.untilInStep()
  const starts = context.seen.map(({ at }) => at)
  expect(starts).toHaveLength(100)
  // 40 of the 50 a second are for other things than withdrawals. None is early by more than a timer and a socket are.
  const early = starts.filter((at, index) => at < (starts[0] ?? 0) + index * 25 - 100)
  expect(early).toEqual([])
})

test('a Retry-After pauses all workers, and all that it refused is sent after it', async () => {
  await using context = await createContext({ settings: { RATE: '100' } })
  const { pool, sandbox, seen } = context
  sandbox.faults.add({ nth: 20, fault: { status: 429, retryAfter: 2 } })
  await pool.query(createMany, [60])
  context.run()
  context.run()
  await context.untilInStep()
  const refused = seen.find(({ status }) => status === 429)?.at ?? 0
  // What had its turn already when the answer came may still go out.
  const during = seen.filter(({ at }) => at > refused + 200 && at < refused + 1900)
  expect(during).toEqual([])
  expect(seen.filter(({ at }) => at > refused + 1900).length).toBeGreaterThan(30)
  expect(await sandbox.contacts()).toHaveLength(60)
})

test('a refused key is not tried again and again', async () => {
  await using context = await createContext({ settings: { MINIMO_API_KEY: 'mn-1-wrong', CONCURRENCY: '2' } })
  await context.pool.query(createMany, [50])
  const worker = context.run()
  while (!worker.output().includes('401')) await sleep(20)
  await sleep(3000)
  expect(context.seen.length).toBeLessThanOrEqual(2)
})

test('a withdrawal does not wait for the many that came before it', async () => {
  await using context = await createContext({ settings: { RATE: '20' } })
  const { pool, seen } = context
  await pool.query("INSERT INTO customers (email, email_consent) VALUES ('anna@example.com', true)")
  context.run()
  context.run()
  await context.untilInStep()
  await pool.query(
    'INSERT INTO customers (email, email_consent) SELECT number || $1, true FROM generate_series(1, 500) number',
    ['@example.com'],
  )
  while (seen.length < 20) await sleep(10)
  const before = seen.length
  await pool.query('UPDATE customers SET email_consent = false WHERE id = 1')
  const withdrawal = { body: { marketingConsent: { email: false } } }
  const isTold = () => seen.findIndex(({ body }) => JSON.stringify(body) === JSON.stringify(withdrawal.body))
  while (isTold() < 0) await sleep(10)
  // As many as pass in the second that looking for a job and the turn may take.
  expect(isTold() - before).toBeLessThan(25)
  expect((await pool.query('SELECT FROM sync.contacts WHERE sent < version')).rowCount).toBeGreaterThan(300)
})
