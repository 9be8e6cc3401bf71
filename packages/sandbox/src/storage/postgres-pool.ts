import { Pool, type PoolClient } from 'pg'
import type { SqlValue } from './database.ts'

/**
 * How long things may take, in milliseconds. The server's limits come before those of this side, which are for a server
 * that is silent; together they stay below the 10 seconds in which a process must end.
 */
export const limits = {
  /** Opening a connection, or waiting for one that is free. */
  connect: 3000,
  /** Waiting for a row or table that another transaction holds. */
  lock: 2000,
  /** One statement. */
  statement: 4000,
  /** A transaction whose process says nothing, such as one that is frozen. */
  idleInTransaction: 4000,
  /** One statement and its answer, as this side sees it. */
  answer: 5000,
} as const

/** How connections are used. */
export interface PoolOptions {
  /** How many there are at most. */
  max: number
  /** How long a statement and its answer may take, in milliseconds; default 5 seconds, and 4 for the server. */
  answer?: number
}

/** Creates the driver's pool of connections to the database of a URL, and what cuts all of them. Nothing is connected yet. */
export function createPool(url: string, { max, answer = limits.answer }: PoolOptions) {
  const pool = new Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: limits.connect,
    lock_timeout: limits.lock,
    statement_timeout: Math.min(limits.statement, answer),
    idle_in_transaction_session_timeout: limits.idleInTransaction,
    query_timeout: answer,
    keepAlive: true,
    types: { getTypeParser },
    // Statements that are not awaited one by one go out together.
    pipeline: true,
  })
  const open = new Set<PoolClient>()
  // A lost connection makes its statements reject; without a listener it would end the process, too.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    open.add(client)
    client.on('error', () => {})
    client.once('end', () => open.delete(client))
  })
  return {
    pool,
    /** Cuts all connections at once. */
    destroy() {
      // The driver's own methods wait for the server.
      for (const { connection } of open) connection.stream.destroy()
    },
  }
}

/** Types int8, int2, int4, oid, float4, float8, numeric. */
const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700])
const booleanType = 16

/** How values of a type are read: numbers as numbers, truth values as 0 or 1, all else as text. */
function getTypeParser(type: number): (text: string) => SqlValue {
  if (numberTypes.has(type)) return Number
  return type === booleanType ? (text) => (text === 't' ? 1 : 0) : (text) => text
}
