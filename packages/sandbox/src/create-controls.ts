import type { Delivery } from './automations/delivery.ts'
import type { Clock } from './clock.ts'
import type { Controls } from './controls.ts'
import { type EventStream, listEvents } from './event-log.ts'
import type { ResettableFaults } from './faults/create-faults.ts'
import { engage, listOutbox } from './outbox.ts'
import { listRuns } from './runs.ts'
import { seedContacts } from './seed.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from './snapshot.ts'
import type { Database } from './storage/database.ts'

/** What the controls act on. */
export interface ControlsOptions {
  database: Database
  clock: Clock
  faults: ResettableFaults
  stream: EventStream
  delivery: Delivery
  /** The company that demo contacts belong to where none is named. */
  company: number
}

/** The controls of one sandbox. */
export function createControls({ database, clock, faults, stream, delivery, company }: ControlsOptions): Controls {
  const { query } = database
  return {
    async health() {
      const [counts] = await query<{ contacts: number; events: number }>(
        'SELECT (SELECT COUNT(*) FROM contacts) AS contacts, (SELECT COUNT(*) FROM events) AS events',
      )
      const { contacts = 0, events = 0 } = counts ?? {}
      return { status: 'ok', time: new Date(clock.now()).toISOString(), contacts, events }
    },
    async reset() {
      await resetDatabase(database)
      faults.reset()
    },
    seed: async (options) => ({ contacts: await seedContacts(database, { company, ...options }) }),
    snapshot: () => takeSnapshot(database),
    async restore(snapshot) {
      await restoreSnapshot(database, snapshot)
      delivery.wake()
    },
    events: (filter = {}) => listEvents(query, filter),
    followEvents: stream.followEvents,
    runs: (filter = {}) => listRuns(query, filter),
    outbox: (filter = {}) => listOutbox(query, filter),
    engage: (id, what) => engage(database, id, what, clock.now()),
    clock: {
      now: clock.now,
      async advance(milliseconds) {
        clock.advance(milliseconds)
        delivery.wake()
        await delivery.idle()
      },
    },
    faults,
    idle: delivery.idle,
  }
}
