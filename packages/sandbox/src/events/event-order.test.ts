import { setTimeout } from 'node:timers/promises'
import { Client } from 'pg'
import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import { createRandom } from '../runtime/random.ts'
import type { Database, Write } from '../storage/database.ts'
import { openDatabase } from '../storage/open-database.ts'
import { createEventStream, listEvents } from './event-log.ts'
import { insertEvents } from './event-rows.ts'

test('an event that is committed after one with a higher number holds that one back, and both come in order', async () => {
  const location = await createLocation()
  const [database, other] = [await open(location), await open(location)]
  const frozen = await startFrozen(database)
  await database.transaction(async (query) => store(query, 2))
  expect(await numbers(database)).toEqual([])
  expect(await numbers(other)).toEqual([])
  await frozen.goOn()
  expect(await numbers(database)).toEqual([1, 2, 3])
  expect(await numbers(other, 1)).toEqual([2, 3])
})

test('a writer that is gone holds back nothing', async () => {
  const location = await createLocation()
  const database = await open(location)
  const kill = await startDoomed(location)
  await database.transaction(async (query) => store(query, 1))
  expect(await numbers(database)).toEqual([])
  await kill()
  await expect.poll(() => numbers(database), { timeout: 10_000 }).toEqual([2])
})

test('a restored log is read at once, up to its last event', async () => {
  const database = await open(await createLocation())
  await database.transaction(async (query) => {
    store(query, 3)
    await query("SELECT setval('events_sequence_seq', 90, false)")
  })
  expect(await numbers(database)).toEqual([1, 2, 3])
  await database.transaction(async (query) => store(query, 1))
  expect(await numbers(database, 3)).toEqual([90])
})

test.each([1, 2, 3])('readers anywhere, with any cursor, get every event once and in order (seed %i)', async (seed) => {
  const random = createRandom(seed)
  const location = await createLocation()
  const replicas = [await open(location), await open(location)] as const
  const last = Promise.withResolvers<number>()
  const readers = replicas.flatMap((database) => [
    poll(database, random, last.promise),
    follow(database, random, last.promise),
  ])
  const frozen = await startFrozen(replicas[0])
  const kill = await startDoomed(location)
  const writers = Array.from({ length: 12 }, async (_, writer) => {
    for (let count = 0; count < 25; count++) {
      const wait = random() * 4
      await replicas[writer % 2 === 0 ? 0 : 1].transaction(async (query) => {
        store(query, 1 + Math.floor(random() * 3))
        if (wait > 2) await setTimeout(wait)
        if (wait > 3) store(query, 1)
      })
    }
  })
  await Promise.all(writers.slice(0, 6))
  // A slow machine lets it stand for longer than the database waits: then it is undone.
  await frozen.goOn().catch(() => undefined)
  await kill()
  await Promise.all(writers)
  const stored = await replicas[0].query<{ sequence: number }>('SELECT sequence FROM events ORDER BY sequence')
  last.resolve(stored.at(-1)?.sequence ?? 0)
  for (const got of await Promise.all(readers)) expect(got).toEqual(stored.map(({ sequence }) => sequence))
})

const createLocation = () => createPostgresDatabase(inject('postgresUrl'))

async function open(location: string): Promise<Database> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}

function store(write: Write, count: number): void {
  const contact = showEventContact({ ...emptyContact(1), id: 1, email: 'anna@example.com' })
  const event = { type: 'contact.updated', contact, changes: [] } as const
  insertEvents(write, Array(count).fill(event), Date.UTC(2026, 0, 1))
}

async function numbers(database: Database, after = 0): Promise<number[]> {
  return (await listEvents(database, { after, limit: 10_000 })).map(({ sequence }) => sequence)
}

/** A transaction that has stored an event and commits only when it is told to go on. */
async function startFrozen(database: Database) {
  const stored = Promise.withResolvers<void>()
  const commit = Promise.withResolvers<void>()
  const done = database.transaction(async (query) => {
    store(query, 1)
    // What came before has been answered, too.
    await query('SELECT 1')
    stored.resolve()
    await commit.promise
  })
  await stored.promise
  return {
    goOn() {
      commit.resolve()
      return done
    },
  }
}

/** A transaction that has stored an event in a session that ends before it commits; returns what ends the session. */
async function startDoomed(location: string): Promise<() => Promise<void>> {
  const client = new Client({ connectionString: location })
  client.on('error', () => {})
  await client.connect()
  await client.query('BEGIN')
  store((sql, values = []) => client.query(sql, [...values]), 1)
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid')
  return async () => {
    const killer = new Client({ connectionString: location })
    await killer.connect()
    await killer.query('SELECT pg_terminate_backend($1)', [rows[0].pid])
    await killer.end()
  }
}

/** Lists again and again from the last number, by pages of any size, until it has the last one that is stored. */
async function poll(database: Database, random: () => number, last: Promise<number>): Promise<number[]> {
  const got: number[] = []
  while (got.at(-1) !== (await soFar(last))) {
    const page = await listEvents(database, { after: got.at(-1) ?? 0, limit: 1 + Math.floor(random() * 40) })
    got.push(...page.map(({ sequence }) => sequence))
    if (page.length === 0) await setTimeout(1)
  }
  return got
}

/** Follows, leaves after a while and comes back with the last number, until it has the last one that is stored. */
async function follow(database: Database, random: () => number, last: Promise<number>): Promise<number[]> {
  const stream = createEventStream({ database, pollInterval: 2 })
  onTestFinished(() => stream.close())
  const got: number[] = []
  while (got.at(-1) !== (await soFar(last))) {
    // In the end it stays: on a slow machine nothing comes as fast as it leaves.
    const leave = AbortSignal.timeout((await soFar(last)) === null ? 5 + Math.floor(random() * 40) : 60_000)
    for await (const { sequence } of stream.followEvents({ after: got.at(-1) ?? 0 }, leave)) {
      got.push(sequence)
      if (sequence === (await soFar(last))) break
    }
  }
  return got
}

/** What the promise has come to; `null` while it has come to nothing. */
const soFar = (promise: Promise<number>) => Promise.race([promise, Promise.resolve(null)])
