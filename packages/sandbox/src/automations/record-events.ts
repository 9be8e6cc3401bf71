import type { NewEvent } from '../events/event.ts'
import { insertEvents } from '../events/event-rows.ts'
import type { Query } from '../storage/database.ts'
import { createInsert, createRowId } from '../storage/insert-rows.ts'
import { type Automation, matchAutomations } from './match-automations.ts'

const insertRuns = createInsert('runs')

/**
 * Stores events, and a run that is due at once for every automation that they set off. `now` is in milliseconds since
 * 1970. Called in the transaction that makes the change, so that neither exists without the other.
 */
export async function recordEvents(
  query: Query,
  events: readonly NewEvent[],
  { automations, now }: { automations: readonly Automation[]; now: number },
): Promise<void> {
  const stored = await insertEvents(query, events, now)
  await insertRuns(
    query,
    stored.flatMap((event) =>
      matchAutomations(automations, event).map(({ name, webhook }) => ({
        id: createRowId('run', now),
        event_id: event.id,
        automation: name,
        company: event.company,
        webhook,
        status: 'pending',
        attempts: 0,
        next_at: now,
      })),
    ),
  )
}
