import type { Database, Dialect, Query } from '../storage/database.ts'
import type { EventType, SandboxEvent } from './event.ts'
import { type EventRow, toEvent } from './event-rows.ts'

/** Which events to list. */
export interface EventFilter {
  /** Only those after this sequence number; where the next ones are no longer kept, from the oldest on. */
  after?: number
  type?: EventType
  company?: number
  /** At most so many, the oldest first; default 1000. */
  limit?: number
}

/** How many events are read at a time. */
const batch = 1000

/** What events are read from. */
type Source = Pick<Database, 'query' | 'dialect'>

/** Takes the filter's type and company as its first two values; NULL for any. */
const wanted = 'type = COALESCE($1, type) AND company = COALESCE($2, company)'

/**
 * Lists events, the oldest first: at most 1000 unless the filter says otherwise. Events of writes under way hold back
 * those with higher numbers, so that whoever goes on after the last one misses none.
 */
export async function listEvents(source: Source, filter: EventFilter = {}): Promise<SandboxEvent[]> {
  return readEvents(source.query, filter, await readLast(source))
}

/** The highest number that is stored and after which no lower one can come; 0 where there is none. */
async function readLast({ query, dialect }: Source): Promise<number> {
  const [row] = await query<{ last: number | null }>(lastStatements[dialect.name])
  return row?.last ?? 0
}

const lastStatements: Record<Dialect['name'], string> = {
  sqlite: 'SELECT MAX(sequence) AS last FROM events',
  // MATERIALIZED: calling it once per row would be slow.
  postgres: `WITH settled AS MATERIALIZED (SELECT settled_events() AS number)
    SELECT (SELECT MAX(sequence) FROM events WHERE sequence <= settled.number) AS last FROM settled`,
}

/** The events that a filter wants, up to a number. */
async function readEvents(query: Query, filter: EventFilter, last: number): Promise<SandboxEvent[]> {
  const { after = 0, type = null, company = null, limit = batch } = filter
  if (last <= after) return []
  const rows = await query<EventRow>(
    `SELECT * FROM events WHERE ${wanted} AND sequence > $3 AND sequence <= $4 ORDER BY sequence LIMIT $5`,
    [type, company, after, last, limit],
  )
  return rows.map(toEvent)
}

/** The events of a database as they happen. */
export interface EventStream {
  /**
   * Gives the events after `after` (default: all) that have happened, then each as it happens: once and in order. Ends
   * with the signal or when the stream is closed; throws where the database cannot be reached.
   */
  followEvents(filter: Omit<EventFilter, 'limit'>, signal: AbortSignal): AsyncIterable<SandboxEvent>
  /** Tells those who follow that events may have been committed; those of other processes show within a second. */
  notify(): void
  /** Ends all followers. */
  close(): void
}

/** Creates a stream of a database's events. `pollInterval` is in milliseconds, default 1000. */
export function createEventStream(options: { database: Database; pollInterval?: number }): EventStream {
  const { database, pollInterval = 1000 } = options
  const bell = createBell(pollInterval)
  let closed = false

  async function* followEvents(filter: Omit<EventFilter, 'limit'>, signal: AbortSignal): AsyncGenerator<SandboxEvent> {
    const ended = () => closed || signal.aborted
    const readNew = createReader(database, filter)
    while (!ended()) {
      const heard = bell.rings()
      const { events, more } = await readNew().catch((error: unknown) => {
        // The database may close together with the stream.
        if (ended()) return { events: [], more: false }
        throw error
      })
      for (const event of events) {
        if (ended()) return
        yield event
      }
      if (!more && !ended()) await bell.next(heard, signal)
    }
  }

  return {
    followEvents,
    notify: bell.ring,
    close() {
      closed = true
      bell.ring()
    },
  }
}

/** Wakes all who wait, also those who were busy when it rang. */
function createBell(pollInterval: number) {
  const waiting = new Set<() => void>()
  let rings = 0
  return {
    rings: () => rings,
    ring() {
      rings++
      for (const wake of waiting) wake()
    },
    /** Resolves when it has rung since so many rings, when the interval is over, or with the signal. */
    next(heard: number, signal: AbortSignal): Promise<void> {
      if (rings !== heard) return Promise.resolve()
      return new Promise((resolve) => {
        const wake = () => {
          clearTimeout(timer)
          waiting.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        const timer = setTimeout(wake, pollInterval).unref()
        waiting.add(wake)
        signal.addEventListener('abort', wake)
      })
    },
  }
}

/** Reads what has been committed since the last time, and says whether there may be more. */
function createReader(source: Source, filter: Omit<EventFilter, 'limit'>) {
  let after = filter.after ?? 0
  return async (): Promise<{ events: SandboxEvent[]; more: boolean }> => {
    const last = await readLast(source)
    const events = await readEvents(source.query, { ...filter, after, limit: batch }, last)
    const more = events.length === batch
    // Unwanted events are passed over, too: else they would be gone through again and again. Numbers keep rising over
    // a reset or restore, so it never has to go back.
    after = Math.max(after, more ? (events.at(-1)?.sequence ?? 0) : last)
    return { events, more }
  }
}
