import { DatabaseSync, type StatementSync } from 'node:sqlite'
import { type Database, type Dialect, type Query, type Row, type SqlValue, UniqueViolation } from './database.ts'
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
  const connection = new DatabaseSync(location)
  try {
    // NORMAL: a commit is with the operating system, so it survives the end of this process however it ends. FULL
    // would wait for the disk, too, and the event loop with it.
    await whenFree(() => connection.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL'))
  } catch (error) {
    connection.close()
    throw error
  }
  const run = createRun(connection)
  const queue = createCommitQueue(connection)
  let closing: Promise<void> | undefined
  const query: Query = <R extends Row>(sql: string, values: readonly SqlValue[] = []) =>
    queue.add(async () => ofShape<R>(run(sql, values)))
  return {
    dialect,
    query,
    probe: query,
    transaction: (work) => queue.add(() => runWork(run, work)),
    close() {
      closing ??= queue.end().then(() => connection.close())
      return closing
    },
  }
}

/** Runs statements, each text prepared once. */
function createRun(connection: DatabaseSync): (sql: string, values: readonly SqlValue[]) => Row[] {
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
