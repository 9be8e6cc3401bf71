import type { Delivery } from '../automations/delivery.ts'
import { listRuns } from '../automations/runs.ts'
import { listContacts } from '../contacts/contact-rows.ts'
import { seedContacts } from '../contacts/seed.ts'
import { showEventContact } from '../contacts/stored-contact.ts'
import { type EventStream, listEvents } from '../events/event-log.ts'
import { Refusal } from '../exchange/refusal.ts'
import type { ResettableFaults } from '../faults/create-faults.ts'
import type { Journal } from '../journal/create-journal.ts'
import type { JournalFilter } from '../journal/journal-entry.ts'
import { toHar } from '../journal/to-har.ts'
import { engage, listOutbox } from '../messages/outbox.ts'
import type { Clock } from '../runtime/clock.ts'
import type { Database } from '../storage/database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from '../storage/snapshot.ts'
import { maxTime, refuse } from '../validation/parse-object.ts'
import type { Controls } from './controls.ts'
import { chooseSteps, playStep } from './play.ts'

/** What the controls act on. */
export interface ControlsOptions {
  database: Database
  clock: Clock
  faults: ResettableFaults
  stream: EventStream
  delivery: Delivery
  /** What this process has answered; `undefined` where nothing is kept of it. */
  journal: Journal | undefined
  /** The company that demo contacts belong to where none is named. */
  company: number
  /** What they follow from where no seed is named. */
  seed: number
  /** Begins again what is not in the database, once that has been reset or restored. */
  restart(): Promise<void>
  /** Ends the waiting for deliveries. */
  closing: AbortSignal
}

/** The controls of one sandbox, for who has checked the arguments. */
export function createControls(options: ControlsOptions): Controls {
  const { database, clock, faults, stream, delivery, journal, company, seed, restart, closing } = options
  const { query } = database
  const closed = new Promise<void>((resolve) => closing.addEventListener('abort', () => resolve(), { once: true }))
  const idle = () => Promise.race([delivery.idle(), closed])
  const listRequests = async (filter?: JournalFilter) => {
    if (journal) return journal.list(filter)
    throw new Refusal(404, 'The sandbox keeps no requests: create it without `journal: false` to have it keep them.')
  }
  const controls: Controls = {
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
      journal?.reset()
      clock.reset()
      await restart()
    },
    seed: async (options) => ({ contacts: await seedContacts(database, { company, seed, ...options }) }),
    snapshot: () => takeSnapshot(database),
    async restore(snapshot) {
      await restoreSnapshot(database, snapshot)
      await restart()
      delivery.wake()
    },
    async play(scenario, step) {
      for (const one of await chooseSteps(scenario, step)) await playStep(one, controls)
    },
    contacts: async (filter = {}) => (await listContacts(query, filter)).map(showEventContact),
    events: (filter = {}) => listEvents(database, filter),
    followEvents: stream.followEvents,
    runs: (filter) => listRuns(query, filter),
    outbox: (filter) => listOutbox(query, filter),
    engage: (id, what) => engage(database, id, what, clock.now()),
    requests: listRequests,
    har: async (filter) => toHar(await listRequests(filter)),
    clock: {
      now: clock.now,
      async advance(milliseconds) {
        const most = Math.max(0, Math.floor(maxTime - clock.now()))
        if (milliseconds > most)
          refuse(milliseconds, 'advance', `at most ${most}, which leads to the last date there is`)
        clock.advance(milliseconds)
        delivery.wake()
        await idle()
      },
    },
    faults,
    idle,
  }
  return controls
}
