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
  await insertRows(
    query,
    'events (id, type, company, at, contact, changes)',
    stored.map(({ id, type, company, contact, changes }) => [
      id,
      type,
      company,
      now,
      JSON.stringify(contact),
      JSON.stringify(changes),
    ]),
  )
  await insertRows(
    query,
    'runs (id, event_id, automation, company, webhook, status, attempts, next_at)',
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
  const random = randomUUID().replaceAll('-', '').slice(12)
  return `${prefix}_${now.toString(16).padStart(12, '0')}${random}`
}

async function insertRows(query: Query, into: string, rows: readonly (readonly SqlValue[])[]): Promise<void> {
  if (rows.length === 0) return
  let count = 0
  const tuples = rows.map((row) => `(${row.map(() => `$${++count}`).join(', ')})`)
  await query(`INSERT INTO ${into} VALUES ${tuples.join(', ')}`, rows.flat())
}
