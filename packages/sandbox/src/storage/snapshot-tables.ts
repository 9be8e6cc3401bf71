import { setImmediate } from 'node:timers/promises'
import { splitLists } from '../exchange/long-json.ts'
import { Refusal } from '../exchange/refusal.ts'
import { isKeyOf, isObject, maxTime, type Parse, parseObject, refuse, unknownName } from '../validation/parse-object.ts'
import type { SqlValue } from './database.ts'
import { type ColumnType, columnsOf, serialColumn, type TableName, tableNames, tables } from './tables.ts'

/** Everything a sandbox remembers, as plain data: every table's rows. */
export interface Snapshot {
  /** The format; a sandbox refuses one it does not know. */
  version: 1
  tables: Record<string, Record<string, string | number | null>[]>
}

/** Rows of a table, valid. */
export interface Batch {
  table: TableName
  /** The JSON text of a list of rows, each a list of its cells in the table's order of columns. */
  cells: string
  /** The highest of the numbers of the rows. */
  last: number
}

/** How many rows come together at most, and how many characters they have before there are no more. */
const rowsPerBatch = 1000
const maxBatchSize = 1024 * 1024

/**
 * Takes a value for a snapshot, or bytes for the JSON of one, and gives its rows; a column that is left out is `null`.
 * Others get their turn between batches. Throws a `Refusal` that names what is unknown, missing or of another type: with
 * status 422, or 400 where the bytes are no JSON.
 */
export async function* parseSnapshot(value: unknown): AsyncGenerator<Batch> {
  const { shape, readList } =
    value instanceof Uint8Array ? await splitLists(value, rowsPerBatch) : { shape: value, readList: sliceRows }
  const lists = parseObject(
    shape,
    { fields: { version: parseVersion, tables: parseTables }, required: ['version', 'tables'] },
    'snapshot',
  ).tables
  for (const table of tableNames) {
    let start = 0
    for (const rows of readList(lists[table])) {
      for (const batch of parseRows(rows, table, start)) {
        yield batch
        await setImmediate()
      }
      start += rows.length
    }
  }
}

function* sliceRows(rows: readonly unknown[]): Generator<readonly unknown[]> {
  for (let start = 0; start < rows.length; start += rowsPerBatch) yield rows.slice(start, start + rowsPerBatch)
}

const parseVersion: Parse<1> = (value, name) =>
  value === 1 ? 1 : refuse(value, name, 'the format 1; take the snapshot with this version of the sandbox')

const parseTables: Parse<Record<TableName, readonly unknown[]>> = (value, name) => {
  if (!isObject(value)) return refuse(value, name, 'an object')
  const lists = Object.entries(value).map(([table, rows]) => {
    if (!isKeyOf(tables, table)) throw new Refusal(422, `${name}: ${unknownName(table, tableNames)}`)
    return [table, Array.isArray(rows) ? rows : refuse(rows, `${name}.${table}`, 'a list of rows')]
  })
  const missing = tableNames.filter((table) => !isKeyOf(value, table))
  if (missing.length > 0) throw new Refusal(422, `${name}: ${missing.join(', ')} is missing; expected a list of rows`)
  // Sound: every table is there, and what is there is a list.
  return Object.fromEntries(lists) as Record<TableName, readonly unknown[]>
}

function* parseRows(rows: readonly unknown[], table: TableName, start: number): Generator<Batch> {
  const parseRow = createParseRow(table)
  let texts: string[] = []
  let size = 0
  let last = 0
  for (const [index, row] of rows.entries()) {
    const { number, cells } = parseRow(row, () => `snapshot.tables.${table}[${start + index}]`)
    const text = JSON.stringify(cells)
    texts.push(text)
    size += text.length
    last = Math.max(last, number)
    if (size > maxBatchSize || index === rows.length - 1) {
      yield { table, cells: `[${texts.join()}]`, last }
      texts = []
      size = 0
    }
  }
}

function createParseRow(table: TableName) {
  const columns = columnsOf(table)
  const known = columns.map(([column]) => column)
  const serial = serialColumn(table)
  return (row: unknown, name: () => string): { number: number; cells: SqlValue[] } => {
    if (!isObject(row)) return refuse(row, name(), 'an object')
    const given: Readonly<Record<string, unknown>> = { ...row }
    const unknown = Object.keys(given).find((column) => !known.includes(column))
    if (unknown !== undefined) throw new Refusal(422, `${name()}: ${unknownName(unknown, known)}`)
    const cells = columns.map(([column, type]) => parseCell(given[column] ?? null, type, () => `${name()}.${column}`))
    return { number: Number(given[serial]), cells }
  }
}

/** Columns whose texts are in an index; longer ones than these PostgreSQL does not take. */
const indexed = /\.(id|email_key|phone|key|template)$/
const maxIndexed = 640

function parseCell(value: unknown, type: ColumnType, name: () => string): SqlValue {
  if (value === null && type.endsWith('?')) return null
  if (type === 'serial' || type.startsWith('integer')) {
    const min = type === 'serial' ? 1 : -maxTime
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= maxTime) return value
    return refuse(value, name(), `an integer from ${min} to ${maxTime}`)
  }
  // PostgreSQL stores neither NUL nor half a character.
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) {
    return refuse(value, name(), 'a text without NUL and lone surrogates')
  }
  if (value.length > maxIndexed && indexed.test(name())) {
    return refuse(value.length, name(), `a text of at most ${maxIndexed} characters: it is indexed`)
  }
  return type.startsWith('json') && !isJson(value) ? refuse(value, name(), 'the JSON text of an object or list') : value
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
