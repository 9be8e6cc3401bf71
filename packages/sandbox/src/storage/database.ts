/** A value that a statement takes or a row holds. JSON is text; a truth value is 0 or 1. */
export type SqlValue = string | number | null

/** A row by column name, in the case the statement wrote it. */
export type Row = Readonly<Record<string, SqlValue>>

/** Runs one SQL statement with `$1`, `$2`… for its values and returns the rows it gives. */
export type Query = <R extends Row = Row>(sql: string, values?: readonly SqlValue[]) => Promise<R[]>

/** Runs a statement that nobody awaits, in a transaction, which fails where it does: the `query` that its work has. */
export type Write = (sql: string, values?: readonly SqlValue[]) => void

/** What statements must spell differently on the two databases. */
export interface Dialect {
  /** Tells the two apart, for what only one of them knows, such as how tables are emptied. */
  name: 'sqlite' | 'postgres'
  /** Ends a SELECT whose rows are about to be changed: other writers wait for them. */
  forUpdate: string
  /** The same, but leaves out rows that another writer holds. */
  forUpdateSkipLocked: string
  /** The database's own time, in whole milliseconds since 1970. */
  now: string
  /** The type of a column that numbers its rows from 1, never reusing a number. */
  serial: string
}

/** How a transaction is run. */
export interface TransactionOptions {
  /**
   * What it is about to lock, such as one contact. Transactions of this process with the same turn run one after the
   * other, so that those that wait for each other need one connection and leave the rest to others.
   */
  turn?: string
}

/** A database that holds a sandbox's state. The schema is up to date when it opens. */
export interface Database {
  dialect: Dialect
  /** Runs one statement in a transaction of its own. */
  query: Query
  /**
   * Runs work in one transaction: committed when it resolves, undone when it throws, and resolved only when what it
   * wrote would survive the end of this process. Where another writer was in the way, work runs again, so it must not
   * do anything but query; it awaits nothing else, because SQLite has one writer and others wait for it. A statement
   * that work does not await goes out together with COMMIT, and saves a round trip; the transaction fails where it does.
   */
  transaction<T>(work: (query: Query) => Promise<T>, options?: TransactionOptions): Promise<T>
  /**
   * Runs one statement that reads, on a connection of its own: however busy the others are. Rejects where the database
   * cannot be used, also where the last write has failed for want of room or rights.
   */
  probe: Query
  /**
   * Replaces all rows with those that `fill` inserts into empty tables, in one moment; others see the old ones until
   * then and need not wait. Where `fill` throws, nothing has changed. Numbers of events go on after the last there was.
   * Only SQLite can do it, where a transaction would keep all others waiting.
   */
  replace?(fill: (query: Query) => Promise<void>): Promise<void>
  /**
   * Runs work that only reads, all of it at one moment. Others need not wait, but for what is in memory. Only SQLite has
   * it, where a transaction would keep all others waiting.
   */
  read?<T>(work: (query: Query) => Promise<T>): Promise<T>
  /** Waits for transactions under way, at most 8 seconds, then closes. */
  close(): Promise<void>
}

/** Thrown by statements that would break a uniqueness constraint; ends the transaction. */
export class UniqueViolation extends Error {
  override name = 'UniqueViolation'
}
