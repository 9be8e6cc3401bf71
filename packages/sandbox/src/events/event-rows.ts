import type { Write } from '../storage/database.ts'
import { createInsert, createRowId } from '../storage/insert-rows.ts'
import type { Change, EventContact, EventType, NewEvent, SandboxEvent } from './event.ts'

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

const insertRows = createInsert('events (id, type, company, at, contact, changes)', 6)

/** Stores events that happen now, in milliseconds since 1970, and returns them with their new ids. */
export function insertEvents(write: Write, events: readonly NewEvent[], now: number) {
  const stored = events.map((event) => ({ ...event, id: createRowId('evt', now), company: event.contact.company }))
  insertRows(
    write,
    stored.map(({ id, type, company, contact, changes }) => [
      id,
      type,
      company,
      now,
      JSON.stringify(contact),
      JSON.stringify(changes),
    ]),
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
