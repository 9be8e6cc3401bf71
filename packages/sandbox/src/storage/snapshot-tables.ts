import { Refusal } from '../exchange/refusal.ts'
import { isKeyOf, isObject, maxTime, type Parse, parseObject, refuse, unknownName } from '../validation/parse-object.ts'
import type { SqlValue } from './database.ts'
import { type ColumnType, columnsOf, tableNames, tables } from './tables.ts'

/** Everything a sandbox remembers, as plain data: every table's rows. */
export interface Snapshot {
  /** The format; a sandbox refuses one it does not know. */
  version: 1
  tables: Record<string, Record<string, string | number | null>[]>
}

/**
 * Takes a value for a snapshot; a column that is left out is `null`. Throws a `Refusal` with status 422 that names what
 * is unknown, missing or of another type.
 */
export function parseSnapshot(value: unknown): Snapshot {
  return parseObject(
    value,
    { fields: { version: parseVersion, tables: parseTables }, required: ['version', 'tables'] },
    'snapshot',
  )
}

const parseVersion: Parse<1> = (value, name) =>
  value === 1 ? 1 : refuse(value, name, 'the format 1; take the snapshot with this version of the sandbox')

const parseTables: Parse<Snapshot['tables']> = (value, name) => {
  if (!isObject(value)) return refuse(value, name, 'an object')
  const parsed = Object.entries(value).map(([table, rows]) => [table, parseRows(rows, table, `${name}.${table}`)])
  const missing = tableNames.filter((table) => !isKeyOf(value, table))
  if (missing.length > 0) throw new Refusal(422, `${name}: ${missing.join(', ')} is missing; expected a list of rows`)
  return Object.fromEntries(parsed)
}

function parseRows(rows: unknown, table: string, name: string): Record<string, SqlValue>[] {
  if (!isKeyOf(tables, table)) throw new Refusal(422, `snapshot.tables: ${unknownName(table, tableNames)}`)
  const columns = columnsOf(table)
  if (!Array.isArray(rows)) return refuse(rows, name, 'a list of rows')
  return rows.map((row, index) => parseRow(row, columns, `${name}[${index}]`))
}

function parseRow(row: unknown, columns: [name: string, type: ColumnType][], name: string): Record<string, SqlValue> {
  if (!isObject(row)) return refuse(row, name, 'an object')
  const given = new Map<string, unknown>(Object.entries(row))
  const names = columns.map(([column]) => column)
  const unknown = [...given.keys()].find((column) => !names.includes(column))
  if (unknown !== undefined) throw new Refusal(422, `${name}: ${unknownName(unknown, names)}`)
  const values = columns.map(([column, type]) => [
    column,
    parseValue(given.get(column) ?? null, type, `${name}.${column}`),
  ])
  return Object.fromEntries(values)
}

/** Columns whose texts are in an index; longer ones than these PostgreSQL does not take. */
const indexed = /\.(id|email_key|phone|key|template)$/
const maxIndexed = 640

function parseValue(value: unknown, type: ColumnType, name: string): SqlValue {
  if (value === null && type.endsWith('?')) return null
  if (type === 'serial' || type.startsWith('integer')) {
    const min = type === 'serial' ? 1 : -maxTime
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= maxTime) return value
    return refuse(value, name, `an integer from ${min} to ${maxTime}`)
  }
  // PostgreSQL stores neither NUL nor half a character.
  if (typeof value !== 'string' || value.includes('\0') || !value.isWellFormed()) {
    return refuse(value, name, 'a text without NUL and lone surrogates')
  }
  if (indexed.test(name) && value.length > maxIndexed) {
    return refuse(value.length, name, `a text of at most ${maxIndexed} characters: it is indexed`)
  }
  return type.startsWith('json') && !isJson(value) ? refuse(value, name, 'the JSON text of an object or list') : value
}

function isJson(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
  } catch {
    return false
  }
}
