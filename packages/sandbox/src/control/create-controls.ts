import type { Delivery } from '../automations/delivery.ts'
import { listRuns } from '../automations/runs.ts'
import { listContacts } from '../contacts/contact-rows.ts'
import { seedContacts } from '../contacts/seed.ts'
import { showEventContact } from '../contacts/stored-contact.ts'
import { type EventStream, listEvents } from '../events/event-log.ts'
import type { ResettableFaults } from '../faults/create-faults.ts'
import { engage, listOutbox } from '../messages/outbox.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Database } from '../storage/database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from '../storage/snapshot.ts'
import { parseObject } from '../validation/parse-object.ts'
import type { Controls } from './controls.ts'
import {
  clockShape,
  contactsShape,
  engageShape,
  eventsShape,
  followShape,
  outboxShape,
  runsShape,
  seedShape,
} from './request-shapes.ts'

/** What the controls act on. */
export interface ControlsOptions {
  database: Database
  clock: Clock
  faults: ResettableFaults
  stream: EventStream
  delivery: Delivery
  /** The company that demo contacts belong to where none is named. */
  company: number
  /** Ends the waiting for deliveries. */
  closing: AbortSignal
}

/** The controls of one sandbox. */
export function createControls(options: ControlsOptions): Controls {
  const { database, clock, faults, stream, delivery, company, closing } = options
  const { query } = database
  const closed = new Promise<void>((resolve) => closing.addEventListener('abort', () => resolve(), { once: true }))
  const idle = () => Promise.race([delivery.idle(), closed])
  return {
    async health() {
      const [counts] = await database.probe<{ contacts: number; events: number }>(
        'SELECT (SELECT COUNT(*) FROM contacts) AS contacts, (SELECT COUNT(*) FROM events) AS events',
      )
      const { contacts = 0, events = 0 } = counts ?? {}
      return { status: 'ok', time: new Date(clock.now()).toISOString(), contacts, events }
    },
    async reset() {
      await resetDatabase(database)
      faults.reset()
      clock.reset()
    },
    async seed(options = {}) {
      const parsed = parseObject(options, seedShape, 'seed')
      return { contacts: await seedContacts(database, { company, ...parsed }) }
    },
    snapshot: () => takeSnapshot(database),
    async restore(snapshot) {
      await restoreSnapshot(database, snapshot)
      delivery.wake()
    },
    async contacts(filter = {}) {
      const contacts = await listContacts(query, parseObject(filter, contactsShape, 'contacts'))
      return contacts.map(showEventContact)
    },
    events: async (filter = {}) => listEvents(database, parseObject(filter, eventsShape, 'events')),
    followEvents: (filter, signal) => stream.followEvents(parseObject(filter, followShape, 'followEvents'), signal),
    runs: async (filter = {}) => listRuns(query, parseObject(filter, runsShape, 'runs')),
    outbox: async (filter = {}) => listOutbox(query, parseObject(filter, outboxShape, 'outbox')),
    async engage(id, what) {
      const message = parseObject({ id, what }, engageShape, 'engage')
      return engage(database, message.id, message.what, clock.now())
    },
    clock: {
      now: clock.now,
      async advance(milliseconds) {
        const { advance } = parseObject({ advance: milliseconds }, clockShape(clock.now()), 'clock')
        clock.advance(advance)
        delivery.wake()
        await idle()
      },
    },
    faults,
    idle,
  }
}
