import { readFile } from 'node:fs/promises'
import type { Description } from '../api/description.ts'
import type { HandlersOf } from '../exchange/handler.ts'
import { Refusal } from '../exchange/refusal.ts'
import type { FaultRule } from '../faults/fault.ts'
import { type OperationId, operations } from '../gen/operations.ts'
import type { operations as ControlTypes } from '../gen/schema.ts'
import type { Snapshot } from '../storage/snapshot-tables.ts'
import type { Controls } from './controls.ts'
import { streamEvents } from './stream-events.ts'

/** What the handlers of the control API act on. */
export interface ControlContext {
  controls: Controls
  /** How often a stream of events says that it is still there, in milliseconds. */
  heartbeat: number
  /** Ends when the caller has gone. */
  signal: () => AbortSignal
}

const done = { status: 204, body: undefined } as const

/** What each operation of the control API does. */
export const controlHandlers: HandlersOf<ControlTypes, ControlContext> = {
  async listControls() {
    const rows: Description<OperationId>['operations'] = operations
    const data = Object.entries(rows).map(([operation, { method, path }]) => ({ operation, method, path }))
    return { status: 200, body: { data } }
  },
  async describeControls() {
    return { status: 200, body: await readFile(new URL('../../control.yaml', import.meta.url), 'utf8') }
  },
  async readHealth(_, { controls }) {
    return { status: 200, body: await checkHealth(controls) }
  },
  async resetSandbox(_, { controls }) {
    await controls.reset()
    return done
  },
  async seedContacts({ body }, { controls }) {
    return { status: 200, body: await controls.seed(body) }
  },
  async takeSnapshot(_, { controls }) {
    return { status: 200, body: await controls.snapshot() }
  },
  async restoreSnapshot({ body }, { controls }) {
    // Sound: restoring reads the bytes that it gets here, and refuses what is none.
    await controls.restore(body as Snapshot)
    return done
  },
  async playScenario({ query, body }, { controls }) {
    await controls.play(body, query.step)
    return done
  },
  async listContacts({ query }, { controls }) {
    return { status: 200, body: { data: await controls.contacts(query) } }
  },
  async listEvents({ query }, { controls }) {
    return { status: 200, body: { data: await controls.events(query) } }
  },
  async followEvents({ query, header }, { controls, heartbeat, signal }) {
    // A browser that connects again asks with the old query: the header is newer.
    const { 'last-event-id': after = query.after } = header
    const filter = { ...query, ...(after !== undefined && { after }) }
    return { status: 200, body: streamEvents({ controls, filter, heartbeat, signal: signal() }) }
  },
  async listRuns({ query }, { controls }) {
    return { status: 200, body: { data: await controls.runs(query) } }
  },
  async listOutbox({ query }, { controls }) {
    return { status: 200, body: { data: await controls.outbox(query) } }
  },
  async listRequests({ query }, { controls }) {
    return { status: 200, body: { data: await controls.requests(query) } }
  },
  async exportRequests({ query }, { controls }) {
    return { status: 200, body: await controls.har(query) }
  },
  openMessage: ({ path: { id } }, { controls }) => engage(controls, id, 'open'),
  clickMessage: ({ path: { id } }, { controls }) => engage(controls, id, 'click'),
  async readClock(_, { controls }) {
    return { status: 200, body: readTime(controls) }
  },
  async advanceClock({ body }, { controls }) {
    await controls.clock.advance(body.advance)
    return { status: 200, body: readTime(controls) }
  },
  async listFaults(_, { controls }) {
    return { status: 200, body: { data: controls.faults.list() } }
  },
  async addFault({ body }, { controls }) {
    // Sound: adding it refuses an operation that there is not.
    return { status: 201, body: controls.faults.add(body as FaultRule) }
  },
  async removeFaults(_, { controls }) {
    controls.faults.remove()
    return done
  },
  async removeFault({ path: { id } }, { controls }) {
    if (controls.faults.remove(id)) return done
    throw new Refusal(404, `There is no such fault rule; GET ${operations.listFaults.path} lists them`)
  },
}

async function checkHealth(controls: Controls) {
  try {
    return await controls.health()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(503, 'The database cannot be reached: check that it runs and that the sandbox may connect to it')
  }
}

async function engage(controls: Controls, id: string, what: 'open' | 'click') {
  if (await controls.engage(id, what)) return done
  throw new Refusal(404, `There is no such message; GET ${operations.listOutbox.path} lists them`)
}

function readTime({ clock }: Controls) {
  const now = clock.now()
  return { now: new Date(now).toISOString(), milliseconds: now }
}
