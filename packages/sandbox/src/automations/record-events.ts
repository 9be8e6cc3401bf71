import { randomUUID } from 'node:crypto'
import type { Automation } from '../config.ts'
import type { Change, EventContact, EventType, SandboxEvent } from '../events.ts'
import type { Query, SqlValue } from '../storage/database.ts'
import { matchAutomations } from './match-automations.ts'

/** Something that has just happened to a contact and is not stored yet. */
export type NewEvent = Pick<SandboxEvent, 'type' | 'contact' | 'changes'>

/** An event's row, as `SELECT * FROM events` gives it. */
export type EventRow = {
  sequence: number
  id: string
  type: EventType
  company: number
  at: number
  contact: string
  changes: string
}

const insertEvents = createInsert('events (id, type, company, at, contact, changes)', 6)
const insertRuns = createInsert('runs (id, event_id, automation, company, webhook, status, attempts, next_at)', 8)

/**
 * Stores events, and a run that is due at once for every automation that they set off. `now` is in milliseconds since
 * 1970. Called in the transaction that makes the change, so that neither exists without the other.
 */
export async function recordEvents(
  query: Query,
  events: readonly NewEvent[],
  { automations, now }: { automations: readonly Automation[]; now: number },
): Promise<void> {
  const stored = events.map((event) => ({ ...event, id: createId('evt', now), company: event.contact.company }))
  await insertEvents(
    query,
    stored.map(({ id, type, company, contact, changes }) => [
      id,
      type,
      company,
      now,
      JSON.stringify(contact),
      JSON.stringify(changes),
    ]),
  )
  await insertRuns(
    query,
    stored.flatMap((event) =>
      matchAutomations(automations, event).map(({ name, webhook }) => [
        createId('run', now),
        event.id,
        name,
        event.company,
        webhook,
        'pending',
        0,
        now,
      ]),
    ),
  )
}

/** The event that a row holds. */
export function toEvent(row: EventRow): SandboxEvent {
  // Sound because only `recordEvents` writes these columns.
  const contact: EventContact = JSON.parse(row.contact)
  const changes: Change[] = JSON.parse(row.changes)
  return {
    id: row.id,
    sequence: row.sequence,
    type: row.type,
    company: row.company,
    at: new Date(row.at).toISOString(),
    contact,
    changes,
  }
}

/** Begins with the time: ids that come in order fill their index from the end, and commits write fewer of its pages. */
function createId(prefix: 'evt' | 'run', now: number): string {
  const random = randomUUID().slice(14).replaceAll('-', '')
  return `${prefix}_${now.toString(16).padStart(12, '0')}${random}`
}

/** What inserts rows of so many columns with one statement. Most writes have one row: its text is made only once. */
function createInsert(into: string, columns: number) {
  const writeText = (rows: number) => {
    const tuples = Array.from({ length: rows }, (_, row) => {
      const values = Array.from({ length: columns }, (_, column) => `$${row * columns + column + 1}`)
      return `(${values.join(', ')})`
    })
    return `INSERT INTO ${into} VALUES ${tuples.join(', ')}`
  }
  const single = writeText(1)
  return async (query: Query, rows: readonly (readonly SqlValue[])[]): Promise<void> => {
    if (rows.length > 0) await query(rows.length === 1 ? single : writeText(rows.length), rows.flat())
  }
}
