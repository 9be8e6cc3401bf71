import { Refusal } from '../exchange/refusal.ts'
import { type Database, type Dialect, type Query, type Row, UniqueViolation } from './database.ts'
import { parseSnapshot, type Snapshot } from './snapshot-tables.ts'
import { type ColumnType, columnsOf, serialColumn, type TableName, tableNames } from './tables.ts'

/** Events keep their numbering, so that who asks for those after a number misses none; the others begin at 1 again. */
const renumbered: readonly TableName[] = tableNames.filter((table) => table !== 'events')

/** Everything in the database at one moment. */
export function takeSnapshot({ dialect, transaction }: Database): Promise<Snapshot> {
  return transaction(async (query) => {
    await run(query, statements[dialect.name].readOneMoment)
    const tables: Snapshot['tables'] = {}
    for (const table of tableNames) {
      tables[table] = await readRows(query, table)
    }
    return { version: 1, tables }
  })
}

/** How many rows one statement reads: few enough for the time that a statement has. */
const rowsPerPage = 10_000

async function readRows(query: Query, table: TableName): Promise<Row[]> {
  const serial = serialColumn(table)
  const columns = columnsOf(table)
    .map(([name]) => name)
    .join(', ')
  const sql = `SELECT ${columns} FROM ${table} WHERE ${serial} > $1 ORDER BY ${serial} LIMIT ${rowsPerPage}`
  const pages: Row[][] = []
  for (let last = 0; ; ) {
    const page = await query(sql, [last])
    pages.push(page)
    if (page.length < rowsPerPage) return pages.flat()
    last = Number(page.at(-1)?.[serial])
  }
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
      for (const table of tableNames) {
        const rows = tables[table] ?? []
        await insertRows(query, dialect.name, { table, rows })
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
  /** Inserts rows that are given as the JSON text of a list of lists of cells. */
  insertBatch(table: TableName, columns: readonly (readonly [name: string, type: ColumnType])[]): string
  /** Number the table's next rows after the last, which has been inserted. */
  numberAfter(table: TableName, last: number): readonly string[]
}

const statements: Record<Dialect['name'], SnapshotStatements> = {
  sqlite: {
    readOneMoment: [],
    empty: [
      ...tableNames.map((table) => `DELETE FROM ${table}`),
      ...renumbered.map((table) => `DELETE FROM sqlite_sequence WHERE name = '${table}'`),
    ],
    insertBatch(table, columns) {
      const cells = columns.map((_, at) => `value ->> ${at}`)
      return `${insertInto(table, columns)} SELECT ${cells.join(', ')} FROM json_each($1)`
    },
    // SQLite goes on after the highest number that was inserted.
    numberAfter: () => [],
  },
  postgres: {
    readOneMoment: ['SET TRANSACTION ISOLATION LEVEL REPEATABLE READ'],
    empty: [`TRUNCATE ${tableNames.join(', ')}`, ...renumbered.map((table) => restartWith(table, 1))],
    insertBatch(table, columns) {
      const cells = columns.map(
        ([, type], at) => `(value ->> ${at})${/^(serial|integer)/.test(type) ? '::BIGINT' : ''}`,
      )
      return `${insertInto(table, columns)} SELECT ${cells.join(', ')} FROM json_array_elements($1::JSON)`
    },
    numberAfter: (table, last) => [renumbered.includes(table) ? restartWith(table, last + 1) : goOnAfter(table, last)],
  },
}

function insertInto(table: TableName, columns: readonly (readonly [name: string, type: ColumnType])[]): string {
  return `INSERT INTO ${table} (${columns.map(([name]) => name).join(', ')})`
}

/** Unlike setval, this is undone with the transaction. */
function restartWith(table: TableName, number: number): string {
  return `ALTER TABLE ${table} ALTER COLUMN ${serialColumn(table)} RESTART WITH ${number}`
}

/** After the last, or after the last number there was if that is higher; the table is locked. */
function goOnAfter(table: TableName, last: number): string {
  const sequence = `pg_get_serial_sequence('${table}', '${serialColumn(table)}')`
  return `SELECT setval(${sequence}, GREATEST(${last + 1}, nextval(${sequence})), false)`
}

async function run(query: Query, list: readonly string[]): Promise<void> {
  for (const statement of list) await query(statement)
}

/** How many rows one statement inserts: the same text each time, so that it is prepared once. */
const rowsPerStatement = 1000

async function insertRows(
  query: Query,
  name: Dialect['name'],
  { table, rows }: { table: TableName; rows: readonly Row[] },
): Promise<void> {
  const columns = columnsOf(table)
  const sql = statements[name].insertBatch(table, columns)
  for (let start = 0; start < rows.length; start += rowsPerStatement) {
    // One value for all: binding as many as there are cells takes longer the more there are.
    const batch = rows.slice(start, start + rowsPerStatement)
    await query(sql, [JSON.stringify(batch.map((row) => columns.map(([column]) => row[column] ?? null)))])
  }
}
