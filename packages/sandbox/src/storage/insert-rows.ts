import { randomUUID } from 'node:crypto'
import type { SqlValue, Write } from './database.ts'

/** Inserts rows with one statement; each row has a value for every column. Without rows it does nothing. */
export type InsertRows = (write: Write, rows: readonly (readonly SqlValue[])[]) => void

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
  return (write, rows) => {
    if (rows.length > 0) write(rows.length === 1 ? single : writeText(rows.length), rows.flat())
  }
}

/**
 * A new id of a row, such as `evt_…`, for a row that is inserted now, in milliseconds since 1970. Ids begin with the
 * time: those that come in order fill their index from the end, and commits write fewer of its pages.
 */
export function createRowId(prefix: string, now: number): string {
  const random = randomUUID().slice(14).replaceAll('-', '')
  return `${prefix}_${now.toString(16).padStart(12, '0')}${random}`
}
