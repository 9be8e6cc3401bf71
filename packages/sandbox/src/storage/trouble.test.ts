import { spawnSync } from 'node:child_process'
import { chmod } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Client } from 'pg'
import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, onTestFinished, test } from 'vitest'
import { createFileLocation } from '../../test/databases.ts'
import { startPostgresProxy } from '../../test/postgres-proxy.ts'
import { seedContacts } from '../contacts/seed.ts'
import type { Database } from './database.ts'
import { openDatabase } from './open-database.ts'

const locked = { status: 503, reason: 'locked', details: { cause: 'locked' }, headers: { 'retry-after': '1' } }

test('while somebody holds a contact, its writers are refused after a while and all others are answered', async () => {
  const location = await createLocation()
  const database = await open(location)
  await seedContacts(database, { contacts: 2, company: 1 })
  const holder = await connectTo(location)
  await holder.query('BEGIN; SELECT * FROM contacts WHERE id = 1 FOR UPDATE')
  const stuck = Promise.allSettled(Array.from({ length: 20 }, () => write(database, 1)))
  await write(database, 2)
  expect(await database.query('SELECT deleted FROM contacts WHERE id = 1')).toEqual([{ deleted: 0 }])
  expect(await database.probe('SELECT COUNT(*) AS count FROM contacts')).toEqual([{ count: 2 }])
  for (const outcome of await stuck) expect(outcome).toMatchObject({ status: 'rejected', reason: locked })
  await holder.query('COMMIT')
  await write(database, 1)
})

test('a process that is frozen in a transaction gives back what it holds', async () => {
  const database = await open(await createLocation())
  await seedContacts(database, { contacts: 1, company: 1 })
  const freeze = Promise.withResolvers<void>()
  const held = Promise.withResolvers<void>()
  const frozen = database.transaction(async (query) => {
    await query('SELECT * FROM contacts WHERE id = 1 FOR UPDATE')
    held.resolve()
    await freeze.promise
    await query('UPDATE contacts SET deleted = 0 WHERE id = 1')
  })
  await held.promise
  await expect.poll(() => write(database, 1).then(() => 'written'), { timeout: 30_000 }).toBe('written')
  freeze.resolve()
  await expect(frozen).rejects.toMatchObject({ status: 503 })
})

test('a server that falls silent is told of, and closing does not wait for it', async () => {
  const proxy = await startPostgresProxy(await createLocation())
  const failures: string[] = []
  const database = await openDatabase(proxy.location, { report: ({ reason }) => failures.push(reason) })
  await seedContacts(database, { contacts: 1, company: 1 })
  proxy.fallSilent()
  const outcomes = await Promise.allSettled([
    write(database, 1),
    database.query('SELECT 1 AS one'),
    database.probe('SELECT 1 AS one'),
  ])
  for (const outcome of outcomes) expect(outcome).toMatchObject({ status: 'rejected', reason: { status: 503 } })
  expect(failures).toHaveLength(3)
  const late = write(database, 1).catch((error) => error)
  await database.close()
  expect(await late).toMatchObject({ status: 503 })
})

test('where the server gives few connections, all writers are answered with those', async () => {
  const location = await createLocation()
  const admin = await connectTo(location)
  const role = `few_${Date.now()}`
  await admin.query(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD 'few'`)
  await admin.query(`ALTER ROLE ${role} NOSUPERUSER CONNECTION LIMIT 2; GRANT CREATE ON SCHEMA public TO ${role}`)
  const database = await open(Object.assign(new URL(location), { username: role, password: 'few' }).href)
  await seedContacts(database, { contacts: 60, company: 1 })
  await Promise.all(Array.from({ length: 60 }, (_, index) => write(database, index + 1)))
  expect(await database.transaction((query) => query('SELECT SUM(deleted) AS sum FROM contacts'))).toEqual([
    { sum: 60 },
  ])
})

test('a full disk is told by whoever asks for health, until something could be written again', async () => {
  const database = await open(':memory:')
  const full = { status: 503, details: { cause: 'full' } }
  await database.query('CREATE TABLE texts (text TEXT)')
  await database.query('PRAGMA max_page_count = 60')
  const insert = (length: number) => database.query('INSERT INTO texts VALUES ($1)', ['x'.repeat(length)])
  await expect(insert(1_000_000)).rejects.toMatchObject(full)
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  await expect(database.probe('SELECT 1 AS one')).rejects.toMatchObject(full)
  await insert(1)
  expect(await database.probe('SELECT 1 AS one')).toEqual([{ one: 1 }])
})

test('a file that cannot be written is refused, and so is one in such a folder', async () => {
  const location = await createFileLocation()
  await (await openDatabase(location)).close()
  const folder = dirname(location)
  await chmod(location, 0o444)
  await chmod(folder, 0o777)
  expect(openAsUser(location)).toContain(`${location} is read-only: let this user write to it`)
  await chmod(location, 0o666)
  await chmod(folder, 0o555)
  expect(openAsUser(location)).toContain(`${folder} is read-only: SQLite has files beside`)
  await chmod(folder, 0o777)
})

/** What a program says that opens a file for who may not write everywhere: another user, where this is root. */
function openAsUser(location: string): string {
  const module = JSON.stringify(new URL('open-database.ts', import.meta.url))
  const program = `const { openDatabase } = await import(${module}); await openDatabase(${JSON.stringify(location)})`
  const user = process.geteuid?.() === 0 ? { uid: 65534 } : {}
  return spawnSync(process.execPath, ['--input-type=module', '-e', program], { ...user, encoding: 'utf8' }).stderr
}

const createLocation = () => createPostgresDatabase(inject('postgresUrl'))

async function open(location: string): Promise<Database> {
  const database = await openDatabase(location)
  onTestFinished(() => database.close())
  return database
}

function write(database: Database, id: number): Promise<unknown> {
  return database.transaction((query) => query('UPDATE contacts SET deleted = 1 WHERE id = $1', [id]), {
    turn: `${id}`,
  })
}

async function connectTo(location: string): Promise<Client> {
  const client = new Client({ connectionString: location })
  await client.connect()
  onTestFinished(() => client.end())
  return client
}
