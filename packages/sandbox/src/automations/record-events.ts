import type { NewEvent } from '../events/event.ts'
import { insertEvents } from '../events/event-rows.ts'
import type { Write } from '../storage/database.ts'
import { createInsert } from '../storage/insert-rows.ts'
import { type CreateId, createRandomId } from '../storage/row-ids.ts'
import { type Automation, matchAutomations } from './match-automations.ts'

const insertRuns = createInsert('runs')

/** What events set off, and when they happen. */
export interface RecordOptions {
  automations: readonly Automation[]
  /** In milliseconds since 1970. */
  now: number
  /** Default: random ids. */
  createId?: CreateId
}

/** The ids of what a write has stored beside its change. */
export interface Recorded {
  events: readonly string[]
  runs: readonly string[]
}

/**
 * Stores events, and a run that is due at once for every automation that they set off. Called in the transaction that
 * makes the change, so that neither exists without the other.
 */
export function recordEvents(
  write: Write,
  events: readonly NewEvent[],
  { automations, now, createId = createRandomId }: RecordOptions,
): Recorded {
  const stored = insertEvents(write, events, now, createId)
  const runs = stored.flatMap((event) =>
    matchAutomations(automations, event).map(({ name, webhook }) => ({
      id: createId('run', now),
      event_id: event.id,
      automation: name,
      company: event.company,
      webhook,
      status: 'pending',
      attempts: 0,
      next_at: now,
    })),
  )
  insertRuns(write, runs)
  return { events: stored.map(({ id }) => id), runs: runs.map(({ id }) => id) }
}
