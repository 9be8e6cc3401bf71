import { readdir, stat, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { createPostgresDatabase } from 'test-postgres'
import { expect, inject, test } from 'vitest'
import { createFileLocation } from '../../test/databases.ts'
import { migrations } from './migrations.ts'
import { openDatabase } from './open-database.ts'

async function failureOf(location: string): Promise<string> {
  try {
    await (await openDatabase(location)).close()
  } catch (error) {
    if (error instanceof Error) return error.message
  }
  throw new Error('It opened, or threw something that is no error')
}

/** The URL of the running server with some parts replaced. */
function postgresUrl(parts: Partial<Pick<URL, 'password' | 'pathname' | 'port' | 'host'>>): string {
  return Object.assign(new URL(inject('postgresUrl')), parts).href
}

test('a file in a folder that does not exist is refused, and the folder is not made', async () => {
  const location = join(dirname(await createFileLocation()), 'nowhere', 'sandbox.db')
  expect(await failureOf(location)).toMatch(/there is no folder .*nowhere\. Create it first/)
  await expect(stat(dirname(location))).rejects.toThrow('ENOENT')
})

test('a folder is refused with a name to use', async () => {
  expect(await failureOf(dirname(await createFileLocation()))).toMatch(/is a folder.*sandbox\.db/)
})

test('a file that is no database is refused and stays as it is', async () => {
  const location = await createFileLocation()
  await writeFile(location, 'Dear diary, '.repeat(1000))
  expect(await failureOf(location)).toMatch(/not a database.*name another file/)
  expect((await stat(location)).size).toBe(12_000)
  expect(await readdir(dirname(location))).toEqual(['sandbox.db'])
})

test.each(['mysql://root:hunter2@localhost/shop', 'file:sandbox.db', 'sqlite://sandbox.db', '', ' '])(
  'the location "%s" is refused with those that are expected',
  async (location) => {
    const message = await failureOf(location)
    expect(message).toMatch(/Expected :memory:, the path of a SQLite file, or postgres:/)
    expect(message).not.toContain('hunter2')
  },
)

test('a malformed URL is refused without its password', async () => {
  for (const location of ['postgres://me:hunter2@[host/db', 'postgres://me:hunter2@host:port/db']) {
    const message = await failureOf(location)
    expect(message).toMatch(/malformed.*percent-encoded/)
    expect(message).not.toContain('hunter2')
  }
})

test('a server that cannot be reached is refused with its address', async () => {
  const message = await failureOf('postgres://me:hunter2@127.0.0.1:1/db')
  expect(message).toMatch(/127\.0\.0\.1:1 could not be reached .*ECONNREFUSED.*start it/)
  expect(message).not.toContain('hunter2')
  expect(await failureOf('postgres://me:hunter2@host.invalid/db')).toMatch(/host\.invalid:5432 could not be reached/)
})

test('a server that is not PostgreSQL is refused', async () => {
  const server = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('No port')
  expect(await failureOf(`postgres://me:hunter2@127.0.0.1:${address.port}/db`)).toMatch(/could not be reached/)
  server.close()
})

test('a wrong password is refused without repeating it', async () => {
  const message = await failureOf(postgresUrl({ password: 'hunter2' }))
  expect(message).toMatch(/refused the user postgres: check the user and the password/)
  expect(message).not.toContain('hunter2')
})

test('a PostgreSQL database that does not exist is refused', async () => {
  expect(await failureOf(postgresUrl({ pathname: '/nowhere' }))).toMatch(/has no database nowhere: create it/)
})

test('a file that another process is writing to is waited for', async () => {
  const location = await createFileLocation()
  const other = new DatabaseSync(location)
  const order: string[] = []
  async function whileOtherWrites<T>(work: () => Promise<T>): Promise<T> {
    other.exec('BEGIN IMMEDIATE')
    const working = work().finally(() => order.push('database'))
    await new Promise((resolve) => setTimeout(resolve, 30))
    order.push('other')
    other.exec('COMMIT')
    return working
  }
  const database = await whileOtherWrites(() => openDatabase(location))
  await whileOtherWrites(() => database.query('SELECT 1'))
  expect(order).toEqual(['other', 'database', 'other', 'database'])
  other.close()
  await database.close()
})

test('a file that is open is refused, also by another name, until it is closed', async () => {
  const location = await createFileLocation()
  const link = join(dirname(location), 'link.db')
  const database = await openDatabase(location)
  await symlink(location, link)
  for (const name of [location, link]) expect(await failureOf(name)).toMatch(/is in use by another sandbox.*PostgreSQL/)
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  await database.close()
  const next = await openDatabase(link)
  expect(await failureOf(location)).toMatch(/is in use/)
  await next.close()
  expect((await readdir(dirname(location))).toSorted()).toEqual(['link.db', 'sandbox.db'])
})

test('a file that is about to be closed is waited for', async () => {
  const location = await createFileLocation()
  const database = await openDatabase(location)
  const opening = openDatabase(location)
  await database.close()
  await (await opening).close()
})

test('of many that open a file at once, one has it', async () => {
  const location = await createFileLocation()
  const outcomes = await Promise.allSettled(Array.from({ length: 8 }, () => openDatabase(location)))
  const opened = outcomes.filter((outcome) => outcome.status === 'fulfilled')
  expect(opened).toHaveLength(1)
  for (const { value } of opened) await value.close()
})

test('where a full disk undoes a whole batch, none of it is acknowledged', async () => {
  const database = await openDatabase(':memory:')
  await database.query('CREATE TABLE texts (text TEXT)')
  await database.query('PRAGMA max_page_count = 60')
  const outcomes = await Promise.allSettled(
    [10, 10, 1_000_000, 10].map((length) => database.query('INSERT INTO texts VALUES ($1)', ['x'.repeat(length)])),
  )
  expect(outcomes).toMatchObject(Array(4).fill({ status: 'rejected', reason: { reason: 'full' } }))
  expect(await database.query('SELECT * FROM texts')).toEqual([])
  await database.close()
})

test('a connection that is lost rejects its transaction, and the next one gets another', async () => {
  const database = await openDatabase(await createPostgresDatabase(inject('postgresUrl')))
  const lost = database.transaction(async (query) => {
    await query("INSERT INTO migrations VALUES ('lost')")
    await query('SELECT pg_terminate_backend(pg_backend_pid())')
  })
  await expect(lost).rejects.toMatchObject({ status: 503, reason: 'unreachable' })
  expect(await database.query('SELECT name FROM migrations')).toHaveLength(migrations.length)
  // An idle connection may go as well.
  await database.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()',
  )
  expect(await database.query('SELECT 1 AS one')).toEqual([{ one: 1 }])
  await database.close()
})

test('deadlocked transactions run again until both are committed', async () => {
  const database = await openDatabase(await createPostgresDatabase(inject('postgresUrl')))
  await database.query('CREATE TABLE counters (id BIGINT PRIMARY KEY, value BIGINT)')
  await database.query('INSERT INTO counters VALUES (1, 0), (2, 0)')
  const increment = 'UPDATE counters SET value = value + 1 WHERE id = $1'
  await Promise.all(
    [
      [1, 2],
      [2, 1],
    ].map(([first = 0, second = 0]) =>
      database.transaction(async (query) => {
        await query(increment, [first])
        await query('SELECT pg_sleep(0.1)')
        query(increment, [second])
      }),
    ),
  )
  expect(await database.query('SELECT value FROM counters')).toEqual([{ value: 2 }, { value: 2 }])
  await database.close()
})
