import { access, constants, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import type { Database } from './database.ts'
import { migrate } from './migrate.ts'
import { migrations } from './migrations.ts'
import { type DatabaseUnavailable, reasonOf } from './unavailable.ts'
import { watchDatabase } from './watch-database.ts'

const expected = 'Expected :memory:, the path of a SQLite file, or postgres://user:password@host:port/database'

/** What goes with a database that is open. */
export interface OpenOptions {
  /** Hears of what the database has failed of; default: nobody does. */
  report?: (failure: DatabaseUnavailable) => void
}

/**
 * Opens a database and brings its schema up to date. The location is `:memory:`, the path of a SQLite file (created
 * where there is none), or a `postgres://` URL. Throws where it cannot be opened, or the file is already open, saying
 * what to do.
 */
export async function openDatabase(location: string, options: OpenOptions = {}): Promise<Database> {
  const { report = () => undefined } = options
  const { database, lock } = await open(location)
  return watchDatabase(await upToDate(database, lock), report)
}

async function open(location: string): Promise<{ database: Database; lock?: string }> {
  // Each kind is loaded when it is asked for: older versions of Node have no `node:sqlite`, but a message to show.
  if (/^postgres(ql)?:\/\//i.test(location)) {
    const { openPostgres, migrationLock } = await import('./postgres.ts')
    return { database: await openPostgres(location), lock: migrationLock }
  }
  if (location === ':memory:') {
    const { openSqlite } = await import('./sqlite.ts')
    return { database: await openSqlite(location) }
  }
  await checkFile(location)
  return { database: await openFile(location) }
}

/** How often a replica that starts waits for another that migrates, each time for as long as a lock may take. */
const migrateAttempts = 10

async function upToDate(database: Database, lock?: string): Promise<Database> {
  try {
    for (let attempt = 1; ; attempt++) {
      try {
        await migrate(database, migrations, lock)
        return database
      } catch (error) {
        if (reasonOf(error) !== 'locked' || lock === undefined || attempt === migrateAttempts) throw error
      }
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** Throws where SQLite's own message would not say what is wrong. */
async function checkFile(path: string): Promise<void> {
  // Two letters or more: one is a drive of Windows.
  const [, protocol] = /^([a-z][a-z0-9+.-]+):/i.exec(path) ?? []
  if (protocol !== undefined) throw new Error(`No database speaks ${protocol}: here. ${expected}`)
  if (path.trim() === '') throw new Error(`The location of the database is empty. ${expected}`)
  const found = await stat(path).catch(() => undefined)
  if (found?.isDirectory()) {
    throw new Error(`${path} is a folder, not a SQLite file: name a file in it, such as ${resolve(path, 'sandbox.db')}`)
  }
  if (found && !(await isWritable(path))) {
    throw new Error(`${path} is read-only: let this user write to it, or name another file`)
  }
  const folder = dirname(resolve(path))
  if (!(await stat(folder).catch(() => undefined))?.isDirectory()) {
    throw new Error(`The SQLite file ${path} cannot be created: there is no folder ${folder}. Create it first`)
  }
  if (!(await isWritable(folder))) {
    throw new Error(
      `${folder} is read-only: SQLite has files beside ${path}; let this user write there, or name another`,
    )
  }
}

async function isWritable(path: string): Promise<boolean> {
  return access(path, constants.W_OK).then(
    () => true,
    () => false,
  )
}

async function openFile(path: string): Promise<Database> {
  const [{ lockFile }, { openSqlite }] = await Promise.all([import('./file-lock.ts'), import('./sqlite.ts')])
  let release: (() => void) | undefined
  try {
    release = await lockFile(path)
    if (release) return releasedOnClose(await openSqlite(path), release)
  } catch (error) {
    release?.()
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(
      `${path} could not be opened as a SQLite file (${reason}): name another file, or one that does not exist yet`,
      { cause: error },
    )
  }
  throw new Error(
    `${path} is in use by another sandbox: end that one, name another file, or share a PostgreSQL database (postgres://…)`,
  )
}

function releasedOnClose(database: Database, release: () => void): Database {
  let closing: Promise<void> | undefined
  return {
    ...database,
    close() {
      closing ??= database.close().finally(release)
      return closing
    },
  }
}
