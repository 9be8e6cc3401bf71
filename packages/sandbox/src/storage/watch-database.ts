import type { Database, Row, SqlValue } from './database.ts'
import { DatabaseUnavailable, type Reason, reasonOf } from './unavailable.ts'

/** Reasons that stay until somebody does something about them. */
const lasting: ReadonlySet<Reason> = new Set(['full', 'read-only', 'corrupt', 'io'])

const isWrite = (sql: string) => /^\s*(INSERT|UPDATE|DELETE)\b/i.test(sql)

/**
 * The same database, but what it fails of is thrown as `DatabaseUnavailable` and told to `report`. After a write has
 * failed for want of room or rights, `probe` fails, too, until a write has succeeded; for good where it is damaged.
 */
export function watchDatabase(database: Database, report: (failure: DatabaseUnavailable) => void): Database {
  const { read, replace } = database
  let trouble: DatabaseUnavailable | undefined

  async function watch<T>(act: () => Promise<T>, writes: boolean): Promise<T> {
    try {
      const result = await act()
      if (writes && trouble?.reason !== 'corrupt') trouble = undefined
      return result
    } catch (error) {
      const reason = reasonOf(error)
      if (reason === undefined) throw error
      const failure = new DatabaseUnavailable(reason, error)
      if (lasting.has(reason)) trouble = failure
      report(failure)
      throw failure
    }
  }

  return {
    ...database,
    query: (sql, values) => watch(() => database.query(sql, values), isWrite(sql)),
    transaction: (work, options) => watch(() => database.transaction(work, options), true),
    ...(read && { read: (work) => watch(() => read(work), false) }),
    ...(replace && { replace: (fill) => watch(() => replace(fill), true) }),
    async probe<R extends Row>(sql: string, values?: readonly SqlValue[]) {
      const rows = await watch(() => database.probe<R>(sql, values), false)
      if (trouble) throw trouble
      return rows
    },
  }
}
