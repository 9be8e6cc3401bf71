import { randomUUID } from 'node:crypto'
import { readdir, symlink, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, expect, test } from 'vitest'
import { createFileLocation, eachDatabase } from '../../test/databases.ts'
import { seedContacts } from '../contacts/seed.ts'
import type { Database, SqlValue } from './database.ts'
import { openDatabase } from './open-database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from './snapshot.ts'
import type { Snapshot } from './snapshot-tables.ts'
import { columnsOf, tableNames } from './tables.ts'

const row = (values: Record<string, SqlValue> = {}): Record<string, SqlValue> => ({
  id: 9,
  company: 1,
  email: 'anna@example.com',
  email_key: 'anna@example.com',
  source: 'API',
  custom_fields: '{"plan":"pro"}',
  deleted: 0,
  ...values,
})

const noRows = Object.fromEntries(tableNames.map((table) => [table, []]))
const snapshotOf = (...contacts: Record<string, SqlValue>[]): Snapshot => ({
  version: 1,
  tables: { ...noRows, contacts },
})

/** A snapshot with a row in every table. */
const full: Snapshot = {
  version: 1,
  tables: Object.fromEntries(
    tableNames.map((table) => {
      const cells = columnsOf(table).map(([column, type]) => [
        column,
        type === 'serial' ? 5 : type.startsWith('integer') ? 1 : type.startsWith('json') ? '{"è":1}' : 'text',
      ])
      return [table, [Object.fromEntries(cells)]]
    }),
  ),
}

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('a snapshot restores everything, also into another database', async () => {
    await using database = await open(await createLocation())
    await seedContacts(database, { contacts: 2500, company: 1 })
    const seeded = await takeSnapshot(database)
    await restoreSnapshot(database, full)
    expect(await takeSnapshot(database)).toEqual(full)
    await using other = await open(await createLocation())
    await restoreSnapshot(other, JSON.parse(JSON.stringify(seeded)))
    expect(await takeSnapshot(other)).toEqual(seeded)
  })

  test('the JSON of a snapshot restores it, too', async () => {
    await using database = await open(await createLocation())
    await restoreSnapshot(database, new TextEncoder().encode(JSON.stringify(full, null, 1)))
    expect(await takeSnapshot(database)).toEqual(full)
    const broken = new TextEncoder().encode(JSON.stringify(full).slice(0, -3))
    await expect(restoreSnapshot(database, broken)).rejects.toMatchObject({ status: 400 })
    const other = new TextEncoder().encode(JSON.stringify(snapshotOf(row(), row({ deleted: 'no' }))))
    await expect(restoreSnapshot(database, other)).rejects.toThrow('contacts[1].deleted: expected an integer')
    expect(await takeSnapshot(database)).toEqual(full)
  })

  test('while a snapshot is restored, others read what was there, and what they write is replaced', async () => {
    await using database = await open(await createLocation())
    await addContact(database, 'old@example.com')
    const rows = Array.from({ length: 20_000 }, (_, at) => row({ id: at + 1, email: null, email_key: null }))
    let isOver = false
    const restored = restoreSnapshot(database, snapshotOf(...rows)).finally(() => {
      isOver = true
    })
    const found = new Set<number | undefined>()
    const writes: Promise<unknown>[] = []
    for (let round = 0; !isOver; round++) {
      found.add(
        (await database.query<{ count: number }>('SELECT COUNT(*) AS count FROM contacts WHERE deleted = 0'))[0]?.count,
      )
      if (round < 3) writes.push(database.transaction((query) => query('UPDATE contacts SET deleted = 0')))
    }
    await restored
    expect(found.has(1)).toBe(true)
    expect([...found].every((count) => count === 1 || count === 20_000)).toBe(true)
    await Promise.all(writes)
    expect((await takeSnapshot(database)).tables.contacts).toHaveLength(20_000)
  })

  test('of snapshots that are restored at once, the last one stays', async () => {
    await using database = await open(await createLocation())
    await Promise.all([restoreSnapshot(database, full), restoreSnapshot(database, snapshotOf(row()))])
    expect([9, 5]).toContain((await takeSnapshot(database)).tables.contacts?.[0]?.id)
    expect((await takeSnapshot(database)).tables.contacts).toHaveLength(1)
  })

  test('closing ends a restore, of which nothing is left', async () => {
    const location = await createLocation()
    const database = await openDatabase(location)
    await addContact(database)
    const rows = Array.from({ length: 50_000 }, (_, at) => row({ id: at + 1, email: null, email_key: null }))
    const restored = restoreSnapshot(database, snapshotOf(...rows)).catch((error: Error) => error.message)
    await database.query('SELECT 1 AS one')
    await database.close()
    expect(await restored).toBe('The database is closed')
    if (location === ':memory:') return
    await using again = await open(location)
    expect((await takeSnapshot(again)).tables.contacts).toHaveLength(1)
  })

  test('texts come back as they were, however odd', async () => {
    await using database = await open(await createLocation())
    const odd = ['"', '\\', "'", '\n\t\u0001', '😀 è', '', ' ', '12', 'null', '[1]', '\u2028']
    const rows = odd.map((text, at) => row({ id: at + 1, email: text, email_key: `${at}`, source: text }))
    const snapshot = snapshotOf(...rows)
    await restoreSnapshot(database, snapshot)
    expect((await takeSnapshot(database)).tables.contacts).toMatchObject(rows)
  })

  test('new rows are numbered after those that were restored', async () => {
    await using database = await open(await createLocation())
    await restoreSnapshot(database, snapshotOf(row(), row({ id: 4, email: null, email_key: null })))
    expect(await addContact(database)).toBe(10)
    await restoreSnapshot(database, snapshotOf())
    expect(await addContact(database)).toBe(1)
  })

  test('a reset leaves nothing, and numbers of contacts begin at 1', async () => {
    await using database = await open(await createLocation())
    await restoreSnapshot(database, full)
    await resetDatabase(database)
    for (const rows of Object.values((await takeSnapshot(database)).tables)) expect(rows).toEqual([])
    expect(await addContact(database)).toBe(1)
  })

  test('events go on after the highest number there ever was, in every way to lose it', async () => {
    await using database = await open(await createLocation())
    await restoreSnapshot(database, full)
    expect(await addEvent(database)).toBe(6)
    await restoreSnapshot(database, full)
    expect(await addEvent(database)).toBe(7)
    await restoreSnapshot(database, snapshotOf())
    await resetDatabase(database)
    await resetDatabase(database)
    expect(await addEvent(database)).toBe(8)
    await using other = await open(await createLocation())
    await resetDatabase(other)
    expect(await addEvent(other)).toBe(1)
  })

  test('a snapshot that contradicts itself changes nothing', async () => {
    await using database = await open(await createLocation())
    await addContact(database)
    const before = await takeSnapshot(database)
    await expect(restoreSnapshot(database, snapshotOf(row({ id: 90 }), row({ id: 91 })))).rejects.toMatchObject({
      status: 422,
    })
    expect(await takeSnapshot(database)).toEqual(before)
    expect(await addContact(database, 'b@example.com')).toBe(2)
  })

  test.each([
    ['nothing', null, 'snapshot: expected an object, found null'],
    ['another format', { version: 2, tables: {} }, 'snapshot.version: expected the format 1'],
    ['no tables', { version: 1 }, 'snapshot: tables is missing'],
    ['no table', { version: 1, tables: {} }, 'contacts, events, runs, custom_fields, messages is missing'],
    ['only one table', { version: 1, tables: { contacts: [] } }, 'tables: events, runs, custom_fields, messages is'],
    ['tables in a list', { version: 1, tables: [] }, 'snapshot.tables: expected an object'],
    ['an unknown table', { version: 1, tables: { migrations: [] } }, 'there is no "migrations"; expected contacts'],
    ['rows that are none', { version: 1, tables: { contacts: {} } }, 'snapshot.tables.contacts: expected a list'],
    ['an unknown column', snapshotOf(row({ 'id) --': 1 })), 'snapshot.tables.contacts[0]: there is no "id) --"'],
    ['a missing value', snapshotOf(row({ company: null })), 'contacts[0].company: expected an integer'],
    ['a text for a number', snapshotOf(row({ deleted: 'no' })), 'contacts[0].deleted: expected an integer'],
    ['a number for a text', snapshotOf(row(), row({ source: 1 })), 'contacts[1].source: expected a text'],
    ['a time beyond all dates', snapshotOf(row({ consent_email: 9e15 })), 'contacts[0].consent_email'],
    ['a fraction', snapshotOf(row({ deleted: 0.5 })), 'contacts[0].deleted'],
    ['text that is not JSON', snapshotOf(row({ custom_fields: '{' })), 'contacts[0].custom_fields: expected the JSON'],
    ['text with NUL', snapshotOf(row({ source: 'a\0' })), 'contacts[0].source: expected a text without NUL'],
    ['half a character', snapshotOf(row({ source: '\ud800' })), 'contacts[0].source: expected a text without NUL'],
  ])('%s is refused and changes nothing', async (_what, snapshot, message) => {
    await using database = await open(await createLocation())
    await addContact(database)
    const before = await takeSnapshot(database)
    await expect(restoreSnapshot(database, snapshot)).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining(message),
    })
    expect(await takeSnapshot(database)).toEqual(before)
  })
})

test('a file is replaced where a link leads to, and nothing is left beside it', async () => {
  const path = await createFileLocation()
  const link = `${path}-link`
  await (await open(path)).close()
  await symlink(path, link)
  await writeFile(`${path}-restore`, 'what a killed process left')
  {
    await using database = await open(link)
    expect(await readdir(dirname(path))).not.toContain('sandbox.db-restore')
    await restoreSnapshot(database, full)
    await expect(restoreSnapshot(database, snapshotOf(row({ id: 90 }), row({ id: 91 })))).rejects.toThrow('same id')
    await addContact(database)
  }
  expect((await readdir(dirname(path))).toSorted()).toEqual(['sandbox.db', 'sandbox.db-link'])
  await using database = await open(path)
  expect(await database.query('SELECT id FROM contacts ORDER BY id')).toEqual([{ id: 5 }, { id: 6 }])
  expect(await database.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }])
})

test('a file that another program reads is not replaced, and goes on as it was', async () => {
  const path = await createFileLocation()
  await using database = await open(path)
  await addContact(database)
  const reader = new DatabaseSync(path, { readOnly: true })
  reader.prepare('SELECT * FROM contacts').all()
  await expect(restoreSnapshot(database, full)).rejects.toMatchObject({ status: 503, reason: 'locked' })
  expect(await addContact(database, 'other@example.com')).toBe(2)
  reader.close()
  await restoreSnapshot(database, full)
  expect(await takeSnapshot(database)).toEqual(full)
})

async function addContact(database: Database, email = 'new@example.com'): Promise<number | undefined> {
  const [added] = await database.query<{ id: number }>(
    `INSERT INTO contacts (company, email, email_key, source, custom_fields, deleted)
      VALUES (1, $1, $1, 'API', '{}', 0) RETURNING id`,
    [email],
  )
  return added?.id
}

async function addEvent(database: Database): Promise<number | undefined> {
  const [added] = await database.query<{ sequence: number }>(
    `INSERT INTO events (id, type, company, at, contact, changes)
      VALUES ($1, 'contact.created', 1, 0, '{}', '[]') RETURNING sequence`,
    [randomUUID()],
  )
  return added?.sequence
}

async function open(location: string) {
  const database = await openDatabase(location)
  return { ...database, [Symbol.asyncDispose]: () => database.close() }
}
