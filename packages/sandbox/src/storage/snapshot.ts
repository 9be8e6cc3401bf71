import { Refusal } from '../exchange/refusal.ts'
import { type Database, type Dialect, type Query, type SqlValue, UniqueViolation } from './database.ts'
import { parseSnapshot, type Snapshot, serialColumn, stateTables } from './snapshot-tables.ts'

const tableNames = Object.keys(stateTables)

/** Events keep their numbering, so that who asks for those after a number misses none; the others begin at 1 again. */
const renumbered = tableNames.filter((table) => table !== 'events')

/** Everything in the database at one moment. */
export function takeSnapshot({ dialect, transaction }: Database): Promise<Snapshot> {
  return transaction(async (query) => {
    await run(query, statements[dialect.name].readOneMoment)
    const tables: Snapshot['tables'] = {}
    for (const table of tableNames) {
      const columns = Object.keys(stateTables[table] ?? {}).join(', ')
      tables[table] = await query(`SELECT ${columns} FROM ${table} ORDER BY ${serialColumn(table)}`)
    }
    return { version: 1, tables }
  })
}

/**
 * Replaces everything in the database with what the snapshot holds. New rows are numbered after its last, new events
 * also after the last number there was. Throws a `Refusal` with status 422 and changes nothing where it is no snapshot,
 * or two of its rows contradict each other.
 */
export async function restoreSnapshot({ dialect, transaction }: Database, snapshot: unknown): Promise<void> {
  const { tables } = parseSnapshot(snapshot)
  try {
    await transaction(async (query) => {
      await run(query, statements[dialect.name].empty)
      for (const [table, rows] of Object.entries(tables)) {
        await insertRows(query, table, rows)
        const numbers = rows.map((row) => Number(row[serialColumn(table)]))
        const last = numbers.reduce((a, b) => Math.max(a, b), 0)
        await run(query, statements[dialect.name].numberAfter(table, last))
      }
    })
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    throw new Refusal(422, 'snapshot: two rows of a table have the same id, e-mail, phone or key; nothing was restored')
  }
}

/** Empties the database. New rows are numbered from 1 again, but events go on after the last number there was. */
export function resetDatabase({ dialect, transaction }: Database): Promise<void> {
  return transaction((query) => run(query, statements[dialect.name].empty))
}

/** What only one of the databases knows: statements to run one after the other. */
interface SnapshotStatements {
  /** Make the transaction's later statements see the same moment. */
  readOneMoment: readonly string[]
  /** Empty all tables and number their rows from 1, all but events. */
  empty: readonly string[]
  /** Number the table's next rows after the last, which has been inserted. */
  numberAfter(table: string, last: number): readonly string[]
}

const statements: Record<Dialect['name'], SnapshotStatements> = {
  sqlite: {
    readOneMoment: [],
    empty: [
      ...tableNames.map((table) => `DELETE FROM ${table}`),
      ...renumbered.map((table) => `DELETE FROM sqlite_sequence WHERE name = '${table}'`),
    ],
    // SQLite goes on after the highest number that was inserted.
    numberAfter: () => [],
  },
  postgres: {
    readOneMoment: ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
    empty: [`TRUNCATE ${tableNames.join(', ')}`, ...renumbered.map((table) => restartWith(table, 1))],
    numberAfter: (table, last) => [renumbered.includes(table) ? restartWith(table, last + 1) : goOnAfter(table, last)],
  },
}

/** Unlike setval, this is undone with the transaction. */
function restartWith(table: string, number: number): string {
  return `ALTER TABLE ${table} ALTER COLUMN ${serialColumn(table)} RESTART WITH ${number}`
}

/** After the last, or after the last number there was if that is higher; the table is locked. */
function goOnAfter(table: string, last: number): string {
  const sequence = `pg_get_serial_sequence('${table}', '${serialColumn(table)}')`
  return `SELECT setval(${sequence}, GREATEST(${last + 1}, nextval(${sequence})), false)`
}

async function run(query: Query, list: readonly string[]): Promise<void> {
  for (const statement of list) await query(statement)
}

/** Below what either database takes in one statement. */
const maxValues = 10_000

async function insertRows(query: Query, table: string, rows: Snapshot['tables'][string]): Promise<void> {
  const columns = Object.keys(stateTables[table] ?? {})
  const rowsPerStatement = Math.floor(maxValues / columns.length)
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    const batch = rows.slice(start, start + rowsPerStatement)
    const tuples = batch.map((_, row) => `(${columns.map((_, at) => `$${row * columns.length + at + 1}`).join(', ')})`)
    const values: SqlValue[] = batch.flatMap((row) => columns.map((column) => row[column] ?? null))
    await query(`INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')}`, values)
  }
}
