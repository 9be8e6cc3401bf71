import type { Query, Row, SqlValue } from './database.ts'

/** Runs a statement in the open transaction, at once or after a round trip. */
export type RunStatement = (sql: string, values: readonly SqlValue[]) => Row[] | Promise<Row[]>

/**
 * Runs a transaction's work with a query that behaves the same on every database: a statement that fails ends the
 * transaction, even where work catches the error, and no statement slips in after work has settled. Statements that
 * work has not awaited may be under way when this resolves: it is up to the caller whether they fail.
 */
export async function runWork<T>(run: RunStatement, work: (query: Query) => Promise<T>): Promise<T> {
  let failure: { error: unknown } | undefined
  let over = false
  const runNext = async <R extends Row>(sql: string, values: readonly SqlValue[]): Promise<R[]> => {
    if (over) throw new Error('A query began after its transaction had ended: begin every query inside the transaction')
    if (failure) throw failure.error
    try {
      const rows = run(sql, values)
      // SQLite has them at once: waiting would only cost time.
      return ofShape<R>(rows instanceof Promise ? await rows : rows)
    } catch (error) {
      // Those after the first fail because of it.
      failure ??= { error }
      throw failure.error
    }
  }
  try {
    const value = await work(<R extends Row>(sql: string, values: readonly SqlValue[] = []) => {
      const rows = runNext<R>(sql, values)
      // Where work does not await it, the transaction still fails.
      rows.catch(() => {})
      return rows
    })
    if (failure) throw failure.error
    return value
  } finally {
    over = true
  }
}

/** The rows as the caller declared them. Sound as far as the caller's statement selects those columns. */
export function ofShape<R extends Row>(rows: Row[]): R[] {
  return rows as R[]
}
