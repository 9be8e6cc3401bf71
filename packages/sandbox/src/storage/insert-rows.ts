import type { Row, SqlValue } from './database.ts'
import { columnsOf, type TableName, type TableRow } from './tables.ts'

type Nullable<T> = { [Column in keyof T]: null extends T[Column] ? Column : never }[keyof T]

/** A row to insert, without the number that the database gives it; a column that is left out is NULL. */
export type NewRow<Table extends TableName> = Omit<TableRow<Table>, NumberOf<Table> | Nullable<TableRow<Table>>> &
  Partial<Pick<TableRow<Table>, Nullable<TableRow<Table>>>>

type NumberOf<Table extends TableName> = 'sequence' extends keyof TableRow<Table> ? 'sequence' : 'id'

/** Has one statement run that inserts rows, and returns what that gives. Without rows it does nothing. */
export type InsertRows<Table extends TableName> = <Result>(
  run: (sql: string, values: readonly SqlValue[]) => Result,
  rows: readonly NewRow<Table>[],
) => Result | undefined

/** Creates what inserts rows into a table; `ending` may end the statement, such as with `RETURNING id`. */
export function createInsert<Table extends TableName>(table: Table, ending = ''): InsertRows<Table> {
  const columns = columnsOf(table).flatMap(([name, type]) => (type === 'serial' ? [] : [name]))
  const writeText = (rows: number) => {
    const tuples = Array.from({ length: rows }, (_, row) => {
      const values = columns.map((_, column) => `$${row * columns.length + column + 1}`)
      return `(${values.join(', ')})`
    })
    return `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${tuples.join(', ')} ${ending}`
  }
  // Most writes have one row: its text is made only once.
  const single = writeText(1)
  return (run, rows) => {
    if (rows.length === 0) return undefined
    const cells = rows.flatMap((row: Row) => columns.map((column) => row[column] ?? null))
    return run(rows.length === 1 ? single : writeText(rows.length), cells)
  }
}
