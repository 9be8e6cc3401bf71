import type { Write } from '../storage/database.ts'
import { createInsert } from '../storage/insert-rows.ts'
import { createRandomId } from '../storage/row-ids.ts'
import type { TableRow } from '../storage/tables.ts'
import type { Change, EventContact, EventType, NewEvent, SandboxEvent } from './event.ts'

/** An event's row, as `SELECT * FROM events` gives it. */
export type EventRow = TableRow<'events'> & { type: EventType }

const insertRows = createInsert('events')

/** Stores events that happen now, in milliseconds since 1970, and returns them with their new ids, default random ones. */
export function insertEvents(write: Write, events: readonly NewEvent[], now: number, createId = createRandomId) {
  const stored = events.map((event) => ({ ...event, id: createId('evt', now), company: event.contact.company }))
  insertRows(
    write,
    stored.map(({ id, type, company, contact, changes }) => ({
      id,
      type,
      company,
      at: now,
      contact: JSON.stringify(contact),
      changes: JSON.stringify(changes),
    })),
  )
  return stored
}

/** The event that a row holds. */
export function toEvent(row: EventRow): SandboxEvent {
  // Sound because only `insertEvents` writes these columns.
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
