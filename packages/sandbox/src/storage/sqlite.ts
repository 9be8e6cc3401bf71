import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { setImmediate } from 'node:timers/promises'
import { type Database, type Dialect, type Query, type Row, type SqlValue, UniqueViolation } from './database.ts'
import { openAside, removeLeftover } from './sqlite-aside.ts'
import { createCommitQueue, whenFree } from './sqlite-commit-queue.ts'
import { ofShape, runWork } from './transaction-query.ts'

const dialect: Dialect = {
  name: 'sqlite',
  // There is one writer at a time, so rows need no locks.
  forUpdate: '',
  forUpdateSkipLocked: '',
  now: "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
  serial: 'INTEGER PRIMARY KEY AUTOINCREMENT',
}

/** How many statements are kept prepared, so that texts made on the fly do not fill the memory. */
const maxStatements = 1000

/**
 * Opens SQLite's `:memory:` or a file. Transactions that wait share one commit, which is what makes many at once fast;
 * a failing one is undone alone.
 */
export async function openSqlite(location: string): Promise<Database> {
  removeLeftover(location)
  let connection = await whenFree(() => connect(location))
  let run = createRun(connection)
  const queue = createCommitQueue(connection)
  let closing: Promise<void> | undefined
  let besides: Promise<unknown> = Promise.resolve()

  /** One after the other: a file that somebody reads is not replaced, and there is one place to fill another in. */
  function beside<T>(act: () => Promise<T>): Promise<T> {
    const acted = besides.then(act)
    besides = acted.catch(() => undefined)
    return acted
  }

  /** Runs each statement in a turn of the event loop of its own, until this is closed. */
  const inTurns =
    (run: Run): Query =>
    async <R extends Row>(sql: string, values: readonly SqlValue[] = []) => {
      await setImmediate()
      if (closing) throw new Error('The database is closed')
      return ofShape<R>(run(sql, values))
    }

  async function readFile<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const reader = new DatabaseSync(location, { readOnly: true })
    try {
      reader.exec('BEGIN')
      return await work(inTurns(createRun(reader)))
    } finally {
      reader.close()
    }
  }

  async function replace(fill: (query: Query) => Promise<void>): Promise<void> {
    const aside = openAside(connection, location, () => connect(location))
    try {
      aside.connection.exec('BEGIN')
      await fill(inTurns(createRun(aside.connection)))
      aside.connection.exec('COMMIT')
      await aside.flush()
      await queue.reconnect((use) =>
        aside.promote(connection, (next) => {
          connection = next
          run = createRun(next)
          use(next)
        }),
      )
    } finally {
      aside.discard()
    }
  }

  const query: Query = <R extends Row>(sql: string, values: readonly SqlValue[] = []) =>
    queue.add(async () => ofShape<R>(run(sql, values)))
  return {
    dialect,
    query,
    probe: query,
    transaction: (work) => queue.add(() => runWork(run, work)),
    // Nothing else reaches what is in memory.
    read: (work) =>
      location === ':memory:' ? queue.add(() => runWork(inTurns(run), work)) : beside(() => readFile(work)),
    replace: (fill) => beside(() => replace(fill)),
    close() {
      closing ??= queue.end().then(async () => {
        await besides
        connection.close()
      })
      return closing
    },
  }
}

function connect(location: string): DatabaseSync {
  const connection = new DatabaseSync(location)
  try {
    // NORMAL: a commit is with the operating system, so it survives the end of this process however it ends. FULL
    // would wait for the disk, too, and the event loop with it.
    connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL')
    return connection
  } catch (error) {
    connection.close()
    throw error
  }
}

type Run = (sql: string, values: readonly SqlValue[]) => Row[]

/** Runs statements, each text prepared once. */
function createRun(connection: DatabaseSync): Run {
  const statements = new Map<string, { statement: StatementSync; parameters: number }>()

  function prepare(sql: string) {
    const numbered = numberParameters(sql)
    const prepared = { statement: connection.prepare(numbered.sql), parameters: numbered.parameters }
    if (statements.size >= maxStatements) statements.clear()
    statements.set(sql, prepared)
    return prepared
  }

  return (sql, values) => {
    try {
      const { statement, parameters } = statements.get(sql) ?? prepare(sql)
      // SQLite would take a value that is missing for NULL.
      if (parameters !== values.length) {
        throw new Error(`The statement has ${parameters} parameters, but ${values.length} values were given: ${sql}`)
      }
      return toRows(statement.all(...values))
    } catch (error) {
      throw isUniqueViolation(error) ? new UniqueViolation(error.message) : error
    }
  }
}

/** Rewrites `$1` to SQLite's `?1`, outside of quotes. */
function numberParameters(sql: string): { sql: string; parameters: number } {
  let parameters = 0
  const numbered = sql.replace(/'[^']*'|"[^"]*"|\$(\d+)/g, (text, digits?: string) => {
    if (digits === undefined) return text
    parameters = Math.max(parameters, Number(digits))
    return `?${digits}`
  })
  return { sql: numbered, parameters }
}

function toRows(rows: ReturnType<StatementSync['all']>): Row[] {
  // Sound: the schema has no BLOB columns, and DatabaseSync gives a bigint only where it is asked to.
  return rows as Row[]
}

function isUniqueViolation(error: unknown): error is Error {
  // SQLITE_CONSTRAINT_UNIQUE, _PRIMARYKEY and _ROWID.
  return error instanceof Error && 'errcode' in error && [2067, 1555, 2579].includes(Number(error.errcode))
}
