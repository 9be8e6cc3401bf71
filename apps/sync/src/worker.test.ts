import { setTimeout as sleep } from 'node:timers/promises'
import { assertNoPersonalData } from '@minimo/client/testing'
import { expect, test } from 'vitest'
import { startPostgres } from '../demo/start-postgres.ts'
import { createContext } from '../test/create-context.ts'

const createMany = `INSERT INTO customers (email, phone, first_name)
  SELECT 'person-' || number || '@example.com', '+3933' || (10000000 + number), 'Person ' || number
  FROM generate_series((SELECT count(*) FROM customers) + 1, $1::int) number`

test('SIGTERM finishes the call under way, and leaves the rest to others', async () => {
  await using context = await createContext({ settings: { CONCURRENCY: '1' } })
  const { pool, sandbox, seen } = context
  sandbox.faults.add({ fault: { latency: 700 } })
  await pool.query(createMany, [3])
  const worker = context.run()
  while (seen.length === 0) await sleep(10)
  worker.process.kill('SIGTERM')
  expect(await worker.end()).toBe(0)
  expect(seen[0]).toMatchObject({ status: 200 })
  const { rows } = await pool.query("SELECT state FROM pgboss.job WHERE state = 'active'")
  expect(rows).toEqual([])
  sandbox.faults.remove()
  context.run()
  await context.untilInStep()
  expect(await sandbox.contacts()).toHaveLength(3)
})

test('a second signal ends it at once', async () => {
  await using context = await createContext()
  const { pool, sandbox, seen } = context
  sandbox.faults.add({ fault: { latency: 4000 } })
  await pool.query(createMany, [1])
  const worker = context.run()
  while (seen.length === 0) await sleep(10)
  worker.process.kill('SIGINT')
  await sleep(100)
  worker.process.kill('SIGTERM')
  await worker.end()
  expect(worker.process.signalCode).toBe('SIGTERM')
})

test('no log and no job shows personal data, whatever the API answers', async () => {
  await using context = await createContext({ settings: { CONCURRENCY: '2' } })
  const { pool, sandbox, seen } = context
  const faults = [
    { status: 409 },
    { status: 422 },
    { status: 500 },
    { connection: 'reset' as const },
    { body: 'invalid-json' as const },
  ]
  for (const [index, fault] of faults.entries()) sandbox.faults.add({ nth: [index + 1, index + 11], fault })
  await pool.query(createMany, [20])
  const worker = context.run()
  await context.untilInStep()
  await pool.query("UPDATE customers SET phone = id, email = 'person-' || id || '@new.example' WHERE id < 4")
  await context.untilInStep()
  const jobs = await pool.query('SELECT output FROM pgboss.job WHERE output IS NOT NULL')
  expect(worker.output()).toContain('"customer":"')
  assertNoPersonalData([worker.output(), JSON.stringify(jobs.rows)], { requests: seen })
})

test('a worker whose database goes away goes on once it is back', async () => {
  const postgres = await startPostgres()
  await using context = await createContext({ postgres: postgres.url })
  const worker = context.run()
  await context.pool.query(createMany, [1])
  await context.untilInStep()
  await postgres.stop()
  while (!worker.output().includes('ECONNREFUSED')) await sleep(20)
  await postgres.start()
  await context.pool.query(createMany, [3])
  await context.untilInStep()
  await worker.kill('SIGTERM')
  await postgres.close()
})

test('a worker says what to do where nothing is installed', async () => {
  await using context = await createContext({ isInstalled: false })
  const worker = context.run()
  expect(await worker.end()).toBe(1)
  expect(worker.output()).toContain('run install on it first')
  expect(worker.output()).not.toContain('    at ')
})
