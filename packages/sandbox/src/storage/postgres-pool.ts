import { setTimeout } from 'node:timers/promises'
import { Pool, type PoolClient } from 'pg'
import type { SqlValue } from './database.ts'
import { createSlots, type Slots } from './slots.ts'
import { reasonOf } from './unavailable.ts'

/**
 * How long things may take, in milliseconds. The server's limits come before those of this side, which are for a server
 * that is silent; together they stay below the 10 seconds in which a process must end.
 */
const limits = {
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

/** How many may wait for a connection of one pool. */
const maxWaiting = 1000

/** How long to wait where the server has no connection left and none is open, in milliseconds. */
const pause = 50

/** How long no more connections are asked for after the server had none left, in milliseconds. */
const shortage = 5000

/** Connections to a server. */
export interface Connections {
  /** Lets act use a connection; throws `DatabaseUnavailable` where none is to be had in time. */
  use<T>(act: (client: PoolClient) => Promise<T>): Promise<T>
  /** Ends the connections: at once where the server does not answer. */
  end(): Promise<void>
}

/** How connections are used. */
export interface ConnectionsOptions {
  /** How many there are at most. */
  max: number
  /** How long a statement and its answer may take, in milliseconds; default 5 seconds, and 4 for the server. */
  answer?: number
}

/** Creates a pool of connections to the database of a URL. Nothing is connected yet. */
export function createConnections(url: string, { max, answer = limits.answer }: ConnectionsOptions): Connections {
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
    // Statements that work does not await one by one go out together.
    pipeline: true,
  })
  // The pool's own queue would ask a server that has no connection left once for each who waits.
  const slots = createSlots({ max, maxWaiting, timeout: limits.connect })
  const open = new Set<PoolClient>()
  // A lost connection makes its statements reject; without a listener it would end the process, too.
  pool.on('error', () => {})
  pool.on('connect', (client) => {
    open.add(client)
    client.on('error', () => {})
    client.once('end', () => open.delete(client))
  })

  return {
    async use(act) {
      const client = await connect(pool, slots)
      let broken = true
      try {
        const result = await act(client)
        broken = false
        return result
      } catch (error) {
        const reason = reasonOf(error)
        broken = reason === 'unreachable' || reason === 'timeout'
        throw error
      } finally {
        // A connection that is lost, or stuck in a transaction, is not used again.
        client.release(broken || client.getTransactionStatus() !== 'I')
        slots.giveBack()
      }
    },
    async end() {
      const ended = pool.end()
      const over = new AbortController()
      await Promise.race([ended, setTimeout(1000, undefined, { signal: over.signal }).catch(() => {})])
      over.abort()
      // One that does not answer would keep the process alive.
      for (const client of open) destroy(client)
    },
  }
}

/** A connection, held together with a slot; where the server has none left, the open ones are shared for a while. */
async function connect(pool: Pool, slots: Slots): Promise<PoolClient> {
  const deadline = performance.now() + limits.connect
  for (;;) {
    await slots.take()
    try {
      return await pool.connect()
    } catch (error) {
      const isShort = reasonOf(error) === 'busy' && performance.now() < deadline
      if (!isShort) {
        slots.giveBack()
        throw error
      }
      slots.giveUp(shortage)
    }
    if (pool.totalCount === 0) await setTimeout(pause)
  }
}

/** Cuts a connection. The driver has no method for it that does not wait for the server. */
function destroy(client: object): void {
  const connection = propertyOf(client, 'connection')
  const stream = propertyOf(connection, 'stream')
  const cut = propertyOf(stream, 'destroy')
  if (typeof cut === 'function') cut.call(stream)
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
}

/** Types int8, int2, int4, oid, float4, float8, numeric. */
const numberTypes: ReadonlySet<number> = new Set([20, 21, 23, 26, 700, 701, 1700])
const booleanType = 16

/** How values of a type are read: numbers as numbers, truth values as 0 or 1, all else as text. */
function getTypeParser(type: number): (text: string) => SqlValue {
  if (numberTypes.has(type)) return Number
  return type === booleanType ? (text) => (text === 't' ? 1 : 0) : (text) => text
}
