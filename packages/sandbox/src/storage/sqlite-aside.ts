import { close, closeSync, existsSync, fsyncSync, openSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { DatabaseSync } from 'node:sqlite'
import { DatabaseUnavailable } from './unavailable.ts'

/** A database that is filled beside another one, to take its place. */
export interface Aside {
  connection: DatabaseSync
  /** Writes to the disk what is in it so far, so that little is left to do for `promote`. */
  flush(): Promise<void>
  /** Takes the place of the old one, whose connection it closes; `use` gets another. Where it throws, the old one stays. */
  promote(old: DatabaseSync, use: (connection: DatabaseSync) => void): void
  /** Closes and removes it. Does nothing once it has taken the other's place. */
  discard(): void
}

/** Where what is filled beside a file is; a link to a file has the same. */
const besideFile = (location: string) => `${realpathSync(location)}-restore`

/** Removes what a process has left that ended while it filled a database beside a file. */
export function removeLeftover(location: string): void {
  if (existsSync(location)) rmSync(besideFile(location), { force: true })
}

/** Opens an empty database beside the one at a location, with the same tables. `reopen` opens that location. */
export function openAside(old: DatabaseSync, location: string, reopen: () => DatabaseSync): Aside {
  const isInMemory = location === ':memory:'
  const path = isInMemory ? location : besideFile(location)
  removeLeftover(location)
  const connection = new DatabaseSync(path)
  // It is thrown away unless it is finished, so that it needs no journal. Indexes are filled in any order: in memory.
  connection.exec('PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -64000')
  copySchema(old, connection)
  let isOpen = true

  function closeConnection(): void {
    if (isOpen) connection.close()
    isOpen = false
  }

  return {
    connection,
    async flush() {
      if (isInMemory) return
      const file = await open(path, 'r+')
      await file.sync()
      await file.close()
    },
    promote(old, use) {
      keepNumbers(old, connection)
      if (isInMemory) {
        old.close()
        isOpen = false
        return use(connection)
      }
      closeConnection()
      flush(path)
      leaveWal(old)
      // First: Windows replaces no open file.
      old.close()
      try {
        replaceFile(path, realpathSync(location))
      } finally {
        use(reopen())
      }
    },
    discard() {
      closeConnection()
      removeLeftover(location)
    },
  }
}

function copySchema(from: DatabaseSync, to: DatabaseSync): void {
  const statements = from.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
  for (const { sql } of statements.all()) to.exec(String(sql))
  const insert = to.prepare('INSERT INTO migrations (name) VALUES (?)')
  for (const { name } of from.prepare('SELECT name FROM migrations').all()) insert.run(String(name))
}

/** Lets events go on after the last number there was. */
function keepNumbers(from: DatabaseSync, to: DatabaseSync): void {
  const last = "SELECT COALESCE(MAX(seq), 0) AS seq FROM sqlite_sequence WHERE name = 'events'"
  const [before, after] = [from, to].map((connection) => Number(connection.prepare(last).get()?.seq))
  to.exec("DELETE FROM sqlite_sequence WHERE name = 'events'")
  to.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('events', ?)").run(Math.max(before ?? 0, after ?? 0))
}

/** Frees the room of a large file without waiting for it. */
function replaceFile(path: string, replaced: string): void {
  const held = process.platform === 'win32' ? undefined : openSync(replaced, 'r')
  renameSync(path, replaced)
  if (held !== undefined) close(held)
}

function flush(path: string): void {
  const file = openSync(path, 'r+')
  fsyncSync(file)
  closeSync(file)
}

/** Writes what is in the log to the file and removes the log: it would be taken for that of the new file. */
function leaveWal(connection: DatabaseSync): void {
  const [row] = connection.prepare('PRAGMA journal_mode = DELETE').all()
  if (row?.journal_mode !== 'delete') throw new DatabaseUnavailable('locked')
}
