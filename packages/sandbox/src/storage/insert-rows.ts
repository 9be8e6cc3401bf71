import type { Query, SqlValue } from './database.ts'

/** Inserts rows with one statement; each row has a value for every column. Without rows it does nothing. */
export type InsertRows = (query: Query, rows: readonly (readonly SqlValue[])[]) => Promise<void>

/** Creates what inserts rows into a table, such as `events (id, type)`, with so many columns. */
export function createInsert(into: string, columns: number): InsertRows {
  const writeText = (rows: number) => {
    const tuples = Array.from({ length: rows }, (_, row) => {
      const values = Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`)
      return `(${values.join(', ')})`
    })
    return `INSERT INTO ${into} VALUES ${tuples.join(', ')}`
  }
  // Most writes have one row: its text is made only once.
  const single = writeText(1)
  return async (query, rows) => {
    if (rows.length > 0) await query(rows.length === 1 ? single : writeText(rows.length), rows.flat())
  }
}
