import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startPostgresProxy } from '../../test/postgres-proxy.ts'
import { createRandom } from '../runtime/random.ts'
import type { Database, Query } from './database.ts'
import { openDatabase } from './open-database.ts'
import { DatabaseUnavailable } from './unavailable.ts'

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
  const { database, replaceNext } = await openCounters()
  replaceNext('BEGIN', 'BEGUN')
  await expect(database.transaction(work)).rejects.toThrow(/syntax error at or near "BEGUN"/)
  expect(await database.query('SELECT id FROM counters')).toEqual([{ id: 0 }])
  await increment(database)
})

test('a COMMIT that is refused fails its own transaction, and not the one that went out behind it', async () => {
  const { database, replaceNext } = await openCounters()
  replaceNext('COMMIT', 'COMMUT')
  const outcomes = await Promise.allSettled(Array.from({ length: 3 }, () => increment(database, 'a')))
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  expect(await counterOf(database)).toBe(2)
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

test.each([1, 2])(
  'with statements cancelled and connections cut at random, what is told is what is kept (seed %i)',
  async (seed) => {
    const random = createRandom(seed)
    const { database } = await openCounters()
    await database.query('CREATE TABLE notes (note TEXT NOT NULL, part BIGINT NOT NULL)')
    const sabotage = await startSabotage(database, random)
    const told = { committed: [] as string[], unknown: [] as string[] }
    const write = async (note: string, turn?: string) => {
      const wanted = random()
      const work = async (query: Query) => {
        if (wanted < 0.1) query('INSERT INTO notes VALUES ($1, 1)', [note])
        const [row] = await read(query)
        if (wanted >= 0.1) query('INSERT INTO notes VALUES ($1, 1)', [note])
        query('UPDATE counters SET value = $1 WHERE id = 0', [(row?.value ?? Number.NaN) + 1])
        if (wanted > 0.9) throw new RangeError('not wanted')
        if (wanted > 0.8) query('INSERT INTO counters VALUES (0, 0)')
        if (wanted > 0.7) await query('SELECT 1')
        query('INSERT INTO notes VALUES ($1, 2)', [note])
      }
      try {
        await database.transaction(work, turn === undefined ? {} : { turn })
        told.committed.push(note)
      } catch (error) {
        if (error instanceof DatabaseUnavailable && error.reason === 'unreachable') told.unknown.push(note)
        else if (error instanceof DatabaseUnavailable) expect(['timeout', 'locked', 'busy']).toContain(error.reason)
        else expect(String(error)).toMatch(/^(RangeError|UniqueViolation)/)
      }
    }
    const writer = async (number: number) => {
      for (let count = 0; count < 15; count++) await write(`${number} ${count}`, number % 3 === 0 ? undefined : 'a')
    }
    await Promise.all(Array.from({ length: 24 }, (_, number) => writer(number)))
    await sabotage.end()
    const notes = await database.query<{ note: string; parts: number }>(
      'SELECT note, SUM(part) AS parts FROM notes GROUP BY note',
    )
    expect(notes.filter(({ parts }) => parts !== 3)).toEqual([])
    const kept = new Set(notes.map(({ note }) => note))
    expect(told.committed.filter((note) => !kept.has(note))).toEqual([])
    expect([...kept].filter((note) => ![...told.committed, ...told.unknown].includes(note))).toEqual([])
    expect(kept.size).toBeGreaterThan(0)
    expect(await counterOf(database)).toBe(kept.size)
  },
)

/** Cancels what other connections do, again and again, and ends a few of them. */
async function startSabotage(database: Database, random: () => number) {
  let over = false
  const acts = async () => {
    while (!over) {
      const act = random() < 0.9 ? 'pg_cancel_backend' : 'pg_terminate_backend'
      const others = "pid <> pg_backend_pid() AND datname = current_database() AND state <> 'idle'"
      const sql = `SELECT ${act}(pid) FROM pg_stat_activity WHERE ${others} ORDER BY random() LIMIT 1`
      await database.probe(sql)
    }
  }
  const acting = acts()
  return {
    end() {
      over = true
      return acting
    },
  }
}

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
