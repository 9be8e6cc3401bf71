import { Refusal } from '../exchange/refusal.ts'
import { isKeyOf, isObject, maxTime, type Parse, parseObject, refuse, unknownName } from '../validation/parse-object.ts'
import type { SqlValue } from './database.ts'

/** Everything a sandbox remembers, as plain data: every table's rows. */
export interface Snapshot {
  /** The format; a sandbox refuses one it does not know. */
  version: 1
  tables: Record<string, Record<string, string | number | null>[]>
}

/** What a column holds; with `?` also `null`. `serial`: the number that the database gives each row. */
export type ColumnType = 'serial' | `${'integer' | 'text' | 'json'}${'' | '?'}`

/** The tables that hold a sandbox's state, with their columns, as the last migration leaves them. */
export const stateTables: Readonly<Record<string, Readonly<Record<string, ColumnType>>>> = {
  contacts: {
    id: 'serial',
    company: 'integer',
    email: 'text?',
    email_key: 'text?',
    phone: 'text?',
    source: 'text',
    custom_fields: 'json',
    consent_email: 'integer?',
    consent_whatsapp: 'integer?',
    deleted: 'integer',
  },
  events: {
    sequence: 'serial',
    id: 'text',
    type: 'text',
    company: 'integer',
    at: 'integer',
    contact: 'json',
    changes: 'json',
  },
  runs: {
    sequence: 'serial',
    id: 'text',
    event_id: 'text',
    automation: 'text',
    company: 'integer',
    webhook: 'text',
    status: 'text',
    attempts: 'integer',
    next_at: 'integer?',
    last_error: 'text?',
    leased_until: 'integer?',
  },
  custom_fields: {
    id: 'serial',
    company: 'integer',
    key: 'text',
    display_name: 'text',
    type: 'text',
    category: 'text?',
    options: 'json?',
    visibility: 'integer',
    source: 'text',
  },
  messages: {
    sequence: 'serial',
    id: 'text',
    company: 'integer',
    channel: 'text',
    recipient: 'text',
    template: 'text?',
    subject: 'text?',
    html: 'text?',
    body_text: 'text?',
    status: 'text',
    failure_reason: 'text?',
    created_at: 'integer',
    sent_at: 'integer?',
    first_open_at: 'integer?',
    click_count: 'integer',
    first_click_at: 'integer?',
  },
}

/** The column that numbers the rows of a table. */
export function serialColumn(table: string): string {
  const [column] = Object.entries(stateTables[table] ?? {}).find(([, type]) => type === 'serial') ?? []
  if (column === undefined) throw new Error(`There is no table ${table} with numbered rows`)
  return column
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
  const tables = Object.entries(value).map(([table, rows]) => [table, parseRows(rows, table, `${name}.${table}`)])
  const missing = Object.keys(stateTables).filter((table) => !isKeyOf(value, table))
  if (missing.length > 0) throw new Refusal(422, `${name}: ${missing.join(', ')} is missing; expected a list of rows`)
  return Object.fromEntries(tables)
}

function parseRows(rows: unknown, table: string, name: string): Record<string, SqlValue>[] {
  const columns = isKeyOf(stateTables, table) ? stateTables[table] : undefined
  if (!columns) throw new Refusal(422, `snapshot.tables: ${unknownName(table, Object.keys(stateTables))}`)
  if (!Array.isArray(rows)) return refuse(rows, name, 'a list of rows')
  return rows.map((row, index) => parseRow(row, columns, `${name}[${index}]`))
}

function parseRow(row: unknown, columns: Readonly<Record<string, ColumnType>>, name: string): Record<string, SqlValue> {
  if (!isObject(row)) return refuse(row, name, 'an object')
  const given = new Map<string, unknown>(Object.entries(row))
  const unknown = [...given.keys()].find((column) => !isKeyOf(columns, column))
  if (unknown !== undefined) throw new Refusal(422, `${name}: ${unknownName(unknown, Object.keys(columns))}`)
  const values = Object.entries(columns).map(([column, type]) => [
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
