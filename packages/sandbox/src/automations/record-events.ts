import type { NewEvent } from '../events/event.ts'
import { insertEvents } from '../events/event-rows.ts'
import type { Write } from '../storage/database.ts'
import { createInsert, createRowId } from '../storage/insert-rows.ts'
import { type Automation, matchAutomations } from './match-automations.ts'

const insertRuns = createInsert('runs (id, event_id, automation, company, webhook, status, attempts, next_at)', 8)

/**
 * Stores events, and a run that is due at once for every automation that they set off. `now` is in milliseconds since
 * 1970. Called in the transaction that makes the change, so that neither exists without the other.
 */
export function recordEvents(
  write: Write,
  events: readonly NewEvent[],
  { automations, now }: { automations: readonly Automation[]; now: number },
): void {
  const stored = insertEvents(write, events, now)
  insertRuns(
    write,
    stored.flatMap((event) =>
      matchAutomations(automations, event).map(({ name, webhook }) => [
        createRowId('run', now),
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
