/** What a column holds; with `?` also `null`. `serial`: the number that the database gives each row. */
export type ColumnType = 'serial' | `${'integer' | 'text' | 'json'}${'' | '?'}`

/**
 * The tables that hold a sandbox's state, with their columns, as the last migration leaves them: rows, inserts and
 * snapshots follow from here. JSON is text, and truth values are 0 or 1.
 */
export const tables = {
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
} as const satisfies Readonly<Record<string, Readonly<Record<string, ColumnType>>>>

/** The name of one of the tables. */
export type TableName = keyof typeof tables

/** The names of all tables. */
// Sound: they are the keys that the type has.
export const tableNames = Object.keys(tables) as readonly TableName[]

type Value<Type extends ColumnType> =
  | (Type extends 'serial' | `integer${string}` ? number : string)
  | (Type extends `${string}?` ? null : never)

/** A row of a table, as `SELECT *` gives it. */
export type TableRow<Table extends TableName> = {
  -readonly [Column in keyof (typeof tables)[Table]]: Value<(typeof tables)[Table][Column] & ColumnType>
}

/** The columns of a table, in order, with what they hold. */
export function columnsOf(table: TableName): [name: string, type: ColumnType][] {
  return Object.entries(tables[table])
}

/** The column that numbers the rows of a table. */
export function serialColumn(table: TableName): string {
  const [column] = columnsOf(table).find(([, type]) => type === 'serial') ?? []
  if (column === undefined) throw new Error(`The table ${table} has no column that numbers its rows`)
  return column
}
