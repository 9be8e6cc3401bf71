import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startPostgresProxy } from '../../test/postgres-proxy.ts'
import type { Database, Query } from './database.ts'
import { openDatabase } from './open-database.ts'

test('BEGIN travels with the first statement, and COMMIT with those that are not awaited', async () => {
  const { database, roundTrips } = await openCounters()
  const before = roundTrips()
  await increment(database)
  expect(roundTrips() - before).toBe(2)
})

test('those of one turn need one round trip each: the next goes out behind the COMMIT of the one before', async () => {
  const { database, roundTrips } = await openCounters()
  const before = roundTrips()
  await Promise.all(Array.from({ length: 30 }, () => increment(database, 'a')))
  expect(roundTrips() - before).toBe(31)
  expect(await counterOf(database)).toBe(30)
})

test('where all connections are in use, who waits goes out behind the COMMIT of another', async () => {
  const { database, roundTrips } = await openCounters()
  const add = (id: number) =>
    database.transaction(async (query) => {
      await query('SELECT pg_sleep(0.05)')
      query('INSERT INTO counters VALUES ($1, 0)', [id])
    })
  await Promise.all(Array.from({ length: 8 }, (_, index) => add(1 + index)))
  const before = roundTrips()
  await Promise.all(Array.from({ length: 16 }, (_, index) => add(9 + index)))
  // On each of the 8: BEGIN, COMMIT and BEGIN, COMMIT.
  expect(roundTrips() - before).toBe(24)
  expect(await database.query('SELECT COUNT(*) AS count FROM counters')).toEqual([{ count: 25 }])
})

test.each<[string, (query: Query) => Promise<unknown>]>([
  ['that writes first', (query) => query('INSERT INTO counters VALUES (1, 0)')],
  ['that reads first', (query) => read(query).then(() => query('INSERT INTO counters VALUES (1, 0)'))],
  ['that awaits nothing', async (query) => void [read(query), query('INSERT INTO counters VALUES (1, 0)')]],
])('where BEGIN is refused, a transaction %s writes nothing', async (_name, work) => {
  const { database, replace } = await openCounters()
  replace('BEGIN', 'BEGUN')
  await expect(database.transaction(work)).rejects.toThrow(/syntax error at or near "BEGUN"/)
  replace('BEGUN', 'BEGIN')
  expect(await database.query('SELECT id FROM counters')).toEqual([{ id: 0 }])
  await increment(database)
})

test('a connection that is lost fails both transactions that use it, and the next has another', async () => {
  const { database } = await openCounters()
  const outcomes = await Promise.allSettled([
    database.transaction(
      async (query) => {
        await read(query)
        query('SELECT pg_terminate_backend(pg_backend_pid())')
      },
      { turn: 'a' },
    ),
    increment(database, 'a'),
    increment(database, 'a'),
  ])
  expect(outcomes).toMatchObject([
    { status: 'rejected', reason: { status: 503, reason: 'unreachable' } },
    { status: 'rejected', reason: { status: 503, reason: 'unreachable' } },
    { status: 'fulfilled' },
  ])
  expect(await counterOf(database)).toBe(1)
})

/** A database with one counter, which has written before, and the proxy that it is reached by. */
async function openCounters() {
  const proxy = await startPostgresProxy(await createPostgresDatabase(inject('postgresUrl')))
  const database = await openDatabase(proxy.location)
  onTestFinished(() => database.close())
  await database.transaction(async (query) => {
    await query('CREATE TABLE counters (id BIGINT PRIMARY KEY, value BIGINT NOT NULL)')
    await query('INSERT INTO counters VALUES (0, 0)')
  })
  return { database, ...proxy }
}

const read = (query: Query) => query<{ value: number }>('SELECT value FROM counters WHERE id = 0 FOR UPDATE')

const counterOf = async ({ query }: Database) =>
  (await query<{ value: number }>('SELECT value FROM counters WHERE id = 0'))[0]?.value

function increment(database: Database, turn?: string): Promise<void> {
  const work = async (query: Query) => {
    const [row] = await read(query)
    query('UPDATE counters SET value = $1 WHERE id = 0', [(row?.value ?? Number.NaN) + 1])
  }
  return database.transaction(work, turn === undefined ? {} : { turn })
}
