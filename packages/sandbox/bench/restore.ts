// `node bench/restore.ts [--contacts 100000] [--rounds 3]`: how long restoring a snapshot of contacts takes beside
// seeding as many, on every database, in one run: medians of interleaved rounds.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startPostgres } from 'test-postgres'
import { seedContacts } from '../src/contacts/seed.ts'
import type { Database } from '../src/storage/database.ts'
import { openDatabase } from '../src/storage/open-database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from '../src/storage/snapshot.ts'

const { values } = parseArgs({
  options: { contacts: { type: 'string', default: '100000' }, rounds: { type: 'string', default: '3' } },
})
const [contacts, rounds] = [Number(values.contacts), Number(values.rounds)]
const folder = await mkdtemp(join(tmpdir(), 'sandbox-bench-'))
const server = await startPostgres()
try {
  const subjects = [
    { name: 'SQLite in memory', database: await openDatabase(':memory:'), seed: [], restore: [] },
    { name: 'SQLite file', database: await openDatabase(join(folder, 'sandbox.db')), seed: [], restore: [] },
    { name: 'PostgreSQL', database: await openDatabase(await server.createDatabase()), seed: [], restore: [] },
  ] satisfies Subject[]
  for (let round = 0; round < rounds; round++) for (const subject of subjects) await measure(subject)
  console.table(subjects.map(toRow))
  for (const { database } of subjects) await database.close()
} finally {
  await server.close()
  await rm(folder, { recursive: true, force: true, maxRetries: 3 })
}

/** A database, and how long each round took, in milliseconds. */
interface Subject {
  name: string
  database: Database
  seed: number[]
  restore: number[]
}

async function measure({ database, seed, restore }: Subject): Promise<void> {
  await resetDatabase(database)
  seed.push(await time(() => seedContacts(database, { contacts, company: 1 })))
  const snapshot = await takeSnapshot(database)
  restore.push(await time(() => restoreSnapshot(database, snapshot)))
}

async function time(act: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await act()
  return performance.now() - start
}

function toRow({ name, seed, restore }: Subject) {
  const [seeding, restoring] = [median(seed), median(restore)]
  return {
    database: name,
    contacts,
    'seed, s': (seeding / 1000).toFixed(2),
    'restore, s': (restoring / 1000).toFixed(2),
    ratio: (restoring / seeding).toFixed(2),
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}
