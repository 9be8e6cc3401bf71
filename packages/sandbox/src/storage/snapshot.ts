import { Refusal } from '../exchange/refusal.ts'
import { type Database, type Dialect, type Query, type Row, UniqueViolation } from './database.ts'
import { type Batch, parseSnapshot, type Snapshot } from './snapshot-tables.ts'
import { type ColumnType, columnsOf, serialColumn, type TableName, tableNames } from './tables.ts'

/** Events keep their numbering, so that who asks for those after a number misses none; the others begin at 1 again. */
const renumbered: readonly TableName[] = tableNames.filter((table) => table !== 'events')

/** Everything in the database at one moment. Only SQLite in memory keeps others waiting until it is read. */
export async function takeSnapshot({ read, transaction }: Database): Promise<Snapshot> {
  const work = async (query: Query) => {
    const tables: Snapshot['tables'] = {}
    for (const table of tableNames) tables[table] = await readRows(query, table)
    return tables
  }
  if (read) return { version: 1, tables: await read(work) }
  const tables = await transaction(async (query) => {
    await query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    return work(query)
  })
  return { version: 1, tables }
}

/** How many rows one statement reads: few enough for the time that a statement has, and for others to get theirs. */
const rowsPerPage = 5000

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
 * also after the last number there was. Others are answered meanwhile: reads with what was there; writes on SQLite, too,
 * while on PostgreSQL they wait. Throws a `Refusal` with status 422 and changes nothing where it is no snapshot, or two
 * of its rows contradict each other.
 */
export async function restoreSnapshot({ dialect, replace, transaction }: Database, snapshot: unknown): Promise<void> {
  const { insertBatch } = statements[dialect.name]
  const insert = async (query: Query, batches: readonly Batch[] | AsyncIterable<Batch>) => {
    for await (const { table, cells } of batches) await query(insertBatch(table, columnsOf(table)), [cells])
  }
  try {
    if (replace) return await replace((query) => insert(query, parseSnapshot(snapshot)))
    // Here others wait: all of it is read before.
    const batches: Batch[] = []
    for await (const batch of parseSnapshot(snapshot)) batches.push(batch)
    await transaction(async (query) => {
      await query(`LOCK TABLE ${tableNames.join(', ')} IN EXCLUSIVE MODE`)
      for (const table of tableNames) await deleteRows(query, table)
      await insert(query, batches)
      for (const table of tableNames) {
        const last = Math.max(0, ...batches.filter((batch) => batch.table === table).map((batch) => batch.last))
        await query(renumbered.includes(table) ? restartWith(table, last + 1) : goOnAfter(table, last))
      }
    })
  } catch (error) {
    if (!(error instanceof UniqueViolation)) throw error
    throw new Refusal(422, 'snapshot: two rows of a table have the same id, e-mail, phone or key; nothing was restored')
  }
}

/** How many rows one statement deletes: few enough for the time that a statement has. */
const rowsPerDelete = 50_000

/** Unlike TRUNCATE, this keeps no reader waiting. */
async function deleteRows(query: Query, table: TableName): Promise<void> {
  const serial = serialColumn(table)
  const oldest = `SELECT ${serial} FROM ${table} WHERE ${serial} > $1 ORDER BY ${serial} LIMIT ${rowsPerDelete}`
  const sql = `WITH deleted AS (
      DELETE FROM ${table} WHERE ${serial} > $1 AND ${serial} <= (SELECT MAX(${serial}) FROM (${oldest}) AS oldest)
      RETURNING ${serial}
    ) SELECT MAX(${serial}) AS last FROM deleted`
  for (let last: number | null = 0; last !== null; ) {
    const rows: { last: number | null }[] = await query<{ last: number | null }>(sql, [last])
    last = rows[0]?.last ?? null
  }
}

/** Empties the database. New rows are numbered from 1 again, but events go on after the last number there was. */
export function resetDatabase({ dialect, transaction }: Database): Promise<void> {
  return transaction((query) => run(query, statements[dialect.name].empty))
}

/** What only one of the databases knows: statements to run one after the other. */
interface SnapshotStatements {
  /** Empty all tables and number their rows from 1, all but events. */
  empty: readonly string[]
  /** Inserts rows that are given as the JSON text of a list of lists of cells. */
  insertBatch(table: TableName, columns: readonly (readonly [name: string, type: ColumnType])[]): string
}

const statements: Record<Dialect['name'], SnapshotStatements> = {
  sqlite: {
    empty: [
      ...tableNames.map((table) => `DELETE FROM ${table}`),
      ...renumbered.map((table) => `DELETE FROM sqlite_sequence WHERE name = '${table}'`),
    ],
    insertBatch(table, columns) {
      const cells = columns.map((_, at) => `value ->> ${at}`)
      return `${insertInto(table, columns)} SELECT ${cells.join(', ')} FROM json_each($1)`
    },
  },
  postgres: {
    empty: [`TRUNCATE ${tableNames.join(', ')}`, ...renumbered.map((table) => restartWith(table, 1))],
    insertBatch(table, columns) {
      const cells = columns.map(
        ([, type], at) => `(value ->> ${at})${/^(serial|integer)/.test(type) ? '::BIGINT' : ''}`,
      )
      return `${insertInto(table, columns)} SELECT ${cells.join(', ')} FROM json_array_elements($1::JSON)`
    },
  },
}

function insertInto(table: TableName, columns: readonly (readonly [name: string, type: ColumnType])[]): string {
  return `INSERT INTO ${table} (${columns.map(([name]) => name).join(', ')})`
}

/** Unlike setval, this is undone with the transaction. */
function restartWith(table: TableName, number: number): string {
  return `ALTER SEQUENCE ${table}_${serialColumn(table)}_seq RESTART WITH ${number}`
}

/** After the last, or after the last number there was if that is higher; the table is locked. */
function goOnAfter(table: TableName, last: number): string {
  const sequence = `pg_get_serial_sequence('${table}', '${serialColumn(table)}')`
  return `SELECT setval(${sequence}, GREATEST(${last + 1}, nextval(${sequence})), false)`
}

async function run(query: Query, list: readonly string[]): Promise<void> {
  for (const statement of list) await query(statement)
}
