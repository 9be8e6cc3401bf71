import type { Database, Query } from '../storage/database.ts'
import type { EventType, SandboxEvent } from './event.ts'
import { type EventRow, toEvent } from './event-rows.ts'

/** Which events to list. */
export interface EventFilter {
  /** Only those after this sequence number. */
  after?: number
  type?: EventType
  company?: number
  /** At most so many, the oldest first; default 1000. */
  limit?: number
}

/** How many of the newest sequence numbers are read again: on PostgreSQL one can be committed after a higher one. */
const reread = 256

/** How many events are read at a time; more than `reread`, so that reading moves on. */
const batch = 1000

/** Takes the filter's type and company as its first two values; NULL for any. */
const wanted = 'type = COALESCE($1, type) AND company = COALESCE($2, company)'

/** Lists events, the oldest first: at most 1000 unless the filter says otherwise. */
export async function listEvents(query: Query, filter: EventFilter = {}): Promise<SandboxEvent[]> {
  const { after = 0, type = null, company = null, limit = 1000 } = filter
  const rows = await query<EventRow>(
    `SELECT * FROM events WHERE ${wanted} AND sequence > $3 ORDER BY sequence LIMIT $4`,
    [type, company, after, limit],
  )
  return rows.map(toEvent)
}

/** The events of a database as they happen. */
export interface EventStream {
  /**
   * Gives the events after `after` (default: all) that have happened, then each as it happens, none twice. They come
   * in order, but on PostgreSQL those of writes at the same time may come in another order than their numbers. Ends
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
    const readNew = createReader(database.query, filter)
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

/**
 * Reads what has been committed since the last time, and says whether there may be more. It remembers the ids of the
 * newest numbers rather than a number alone: so it finds numbers that show late, and gives none again that a restored
 * snapshot brings back.
 */
function createReader(query: Query, filter: Omit<EventFilter, 'limit'>) {
  const { after = 0, type = null, company = null } = filter
  let from = after
  const seen = new Map<string, number>()

  /** Only reads where there is something to read: the last 256 events are large, their ids are not. */
  async function readEvents(fresh: readonly { sequence: number; id: string }[]): Promise<SandboxEvent[]> {
    const [first, last] = [fresh[0], fresh.at(-1)]
    if (!first || !last) return []
    const rows = await query<EventRow>(
      `SELECT * FROM events WHERE ${wanted} AND sequence >= $3 AND sequence <= $4 ORDER BY sequence`,
      [type, company, first.sequence, last.sequence],
    )
    const ids = new Set(fresh.map(({ id }) => id))
    return rows.filter(({ id }) => ids.has(id)).map(toEvent)
  }

  return async (): Promise<{ events: SandboxEvent[]; more: boolean }> => {
    // All events, not only those wanted: else the unwanted ones would be gone through again and again.
    const rows = await query<{ sequence: number; id: string }>(
      'SELECT sequence, id FROM events WHERE sequence > $1 ORDER BY sequence LIMIT $2',
      [from, batch],
    )
    const fresh = rows.filter(({ id }) => !seen.has(id))
    for (const { id, sequence } of fresh) seen.set(id, sequence)
    // Numbers keep rising over a reset or restore, so it never has to go back further.
    from = Math.max(from, (rows.at(-1)?.sequence ?? 0) - reread)
    for (const [id, sequence] of seen) if (sequence <= from) seen.delete(id)
    return { events: await readEvents(fresh), more: rows.length === batch }
  }
}
