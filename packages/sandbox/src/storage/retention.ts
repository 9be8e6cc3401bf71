import type { Database, Dialect, Query } from './database.ts'

/** How much is kept of what would grow for ever: events, runs of automations and messages. */
export interface Retention {
  /** How many of each are kept, the newest; default 1,000,000. */
  count?: number
  /** How old they may be, in milliseconds of the sandbox's time; default: of any age. */
  age?: number
}

/** What is trimmed, and when. */
export interface RetentionOptions extends Retention {
  database: Database
  /** The sandbox's time, in milliseconds since 1970. */
  now(): number
  /** How long after a write what is too much is dropped, in milliseconds; default 10 seconds. */
  interval?: number
}

/** Keeps a database from growing for ever. */
export interface RetentionKeeper {
  /** Call it at the start and after writes: what is too much by then is dropped soon. */
  wake(): void
  /** Drops no more, and waits for what is under way. */
  close(): Promise<void>
}

/**
 * Creates what drops the oldest events, runs and messages of a database where there are too many, or they are too old.
 * Its timer does not keep the process alive. Any number of processes may do the same on one database.
 */
export function createRetention(options: RetentionOptions): RetentionKeeper {
  const { database, now, count = 1_000_000, age = Number.POSITIVE_INFINITY, interval = 10_000 } = options
  const closing = new AbortController()
  let timer: NodeJS.Timeout | undefined
  let trimming: Promise<void> | undefined

  async function trim(): Promise<void> {
    // What the database fails of, it tells itself; the next time tries again.
    await trimLogs(database, { count, age, now: now(), signal: closing.signal }).catch(() => undefined)
    timer = undefined
    // Nothing has to happen for things to become older.
    if (age !== Number.POSITIVE_INFINITY) wake()
  }

  function wake(): void {
    if (timer || closing.signal.aborted) return
    timer = setTimeout(() => {
      trimming = trim()
    }, interval).unref()
  }

  return {
    wake,
    async close() {
      closing.abort()
      clearTimeout(timer)
      await trimming
    },
  }
}

/** How much to keep of every log. */
export interface TrimOptions extends Required<Retention> {
  /** The sandbox's time, in milliseconds since 1970. */
  now: number
  /** Ends it early. */
  signal?: AbortSignal
}

/**
 * Drops the oldest events, runs and messages beyond a number or an age. Runs that are pending stay, and so do their
 * events. A run is as old as its event.
 */
export async function trimLogs(database: Database, { count, age, now, signal }: TrimOptions): Promise<void> {
  const oldest = Math.max(now - age, Number.MIN_SAFE_INTEGER)
  for (const log of logs) {
    let next: Step | undefined = { after: 0, stayed: 0 }
    while (next && !signal?.aborted) next = await trimStep(database, log, { count, oldest, ...next })
  }
}

/** A table whose rows come in order of `sequence` and go in the same order. */
interface Log {
  table: string
  /** When a row's story began, as an expression. */
  time: string
  /** The rows that stay, as a condition. */
  stays: string
}

const logs: readonly Log[] = [
  {
    table: 'runs',
    time: 'COALESCE((SELECT at FROM events WHERE events.id = runs.event_id), 0)',
    stays: "status = 'pending'",
  },
  {
    table: 'events',
    time: 'at',
    stays: "EXISTS (SELECT 1 FROM runs WHERE runs.event_id = events.id AND status = 'pending')",
  },
  { table: 'messages', time: 'created_at', stays: '1 = 0' },
]

/** How far trimming has come. */
interface Step {
  /** The last sequence number that was looked at. */
  after: number
  /** How many up to there have stayed. */
  stayed: number
}

/** How many rows one transaction looks at: few enough for those who wait to write. */
const rowsPerStep = 1000

/** Nothing restores or empties the table between two statements: on SQLite the transaction is alone. */
const holdTable: Record<Dialect['name'], (query: Query, table: string) => Promise<unknown>> = {
  sqlite: async () => undefined,
  postgres: (query, table) => query(`LOCK TABLE ${table} IN ROW EXCLUSIVE MODE`),
}

/** Looks at the oldest rows that were not looked at, and says where to go on, if there is more to drop. */
async function trimStep(
  { dialect, transaction }: Database,
  { table, time, stays }: Log,
  { count, oldest, after, stayed }: Step & { count: number; oldest: number },
): Promise<Step | undefined> {
  return transaction(async (query) => {
    await holdTable[dialect.name](query, table)
    // One statement: when another process has dropped some in between, these must not count as too many.
    const rows = await query<{ sequence: number; at: number; total: number }>(
      `SELECT sequence, ${time} AS at, (SELECT COUNT(*) FROM ${table}) AS total FROM ${table}
      WHERE sequence > $1 ORDER BY sequence LIMIT ${rowsPerStep}`,
      [after],
    )
    const excess = Math.max(0, (rows[0]?.total ?? 0) - stayed - count)
    const last = rows.at(-1)?.sequence ?? 0
    const lastExcess = excess === 0 ? 0 : (rows[Math.min(excess, rows.length) - 1]?.sequence ?? 0)
    if (lastExcess === 0 && !rows.some(({ at }) => at < oldest)) return undefined
    const dropped = await query(
      `DELETE FROM ${table} WHERE sequence > $1 AND sequence <= $2 AND (sequence <= $3 OR ${time} < $4)
      AND NOT (${stays}) RETURNING sequence`,
      [after, last, lastExcess, oldest],
    )
    return rows.length < rowsPerStep ? undefined : { after: last, stayed: stayed + rows.length - dropped.length }
  })
}
