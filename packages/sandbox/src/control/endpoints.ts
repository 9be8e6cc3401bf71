import { controlPrefix } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import { parseFaultRule } from '../faults/parse-fault.ts'
import type { Snapshot } from '../storage/snapshot-tables.ts'
import { fromText, integer, parseObject } from '../validation/parse-object.ts'
import type { Controls } from './controls.ts'
import type { Answer, ControlCall, Endpoint } from './endpoint.ts'
import { parseBody, parseId, parseQuery } from './parse-request.ts'
import {
  clockShape,
  contactsShape,
  eventsShape,
  followShape,
  outboxShape,
  runsShape,
  seedShape,
} from './request-shapes.ts'
import { streamEvents } from './stream-events.ts'

/** Everything the control API can do. */
export const endpoints: readonly Endpoint[] = [
  {
    method: 'GET',
    path: '',
    summary: 'This list',
    answer: async () => ({ body: { data: describeEndpoints() } }),
  },
  {
    method: 'GET',
    path: '/health',
    summary: 'Whether the sandbox works, its time, and how much is in it',
    answer: async ({ controls }) => ({ body: await checkHealth(controls) }),
  },
  {
    method: 'POST',
    path: '/reset',
    summary: 'Forget everything, also the faults added since the start, and put the clock back',
    answer: async ({ controls }) => {
      await controls.reset()
      return {}
    },
  },
  {
    method: 'POST',
    path: '/seed',
    summary: 'Add demo contacts: { contacts?, seed?, company? }',
    answer: async ({ controls, request }) => ({
      body: await controls.seed(parseObject(parseBody(request), seedShape, 'body')),
    }),
  },
  {
    method: 'GET',
    path: '/snapshot',
    summary: 'Everything in the sandbox, to restore later',
    answer: async ({ controls }) => ({ body: await controls.snapshot() }),
  },
  {
    method: 'PUT',
    path: '/snapshot',
    summary: 'Replace everything with a snapshot',
    answer: async ({ controls, request }) => {
      // Sound: restoring refuses what is none.
      await controls.restore(parseBody(request) as Snapshot)
      return {}
    },
  },
  {
    method: 'GET',
    path: '/contacts',
    summary: 'Contacts, also deleted ones, oldest first: ?company=&email=&phone=&id=&deleted=&after=&limit=',
    answer: async ({ controls, request }) => ({
      body: { data: await controls.contacts(parseQuery(request, contactsShape)) },
    }),
  },
  {
    method: 'GET',
    path: '/events',
    summary: 'What happened to contacts, oldest first: ?after=&type=&company=&limit=',
    answer: async ({ controls, request }) => ({
      body: { data: await controls.events(parseQuery(request, eventsShape)) },
    }),
  },
  {
    method: 'GET',
    path: '/events/stream',
    summary: 'The same as Server-Sent Events, as they happen: ?after=&type=&company=, or the header Last-Event-ID',
    answer: async ({ controls, request, heartbeat }) => {
      const filter = parseQuery(request, followShape)
      // A browser that connects again asks with the old query: the header is newer.
      const { 'last-event-id': last } = request.headers
      if (last !== undefined) filter.after = fromText(integer(0))(last, 'Last-Event-ID')
      return { stream: streamEvents({ controls, filter, heartbeat, signal: request.signal() }) }
    },
  },
  {
    method: 'GET',
    path: '/runs',
    summary: 'Runs of automations, oldest first: ?status=&company=&after=&limit=',
    answer: async ({ controls, request }) => ({ body: { data: await controls.runs(parseQuery(request, runsShape)) } }),
  },
  {
    method: 'GET',
    path: '/outbox',
    summary: 'Messages that were sent, oldest first: ?channel=&to=&company=&after=&limit=',
    answer: async ({ controls, request }) => ({
      body: { data: await controls.outbox(parseQuery(request, outboxShape)) },
    }),
  },
  {
    method: 'POST',
    path: '/outbox/{id}/open',
    summary: 'Let the recipient open a message',
    answer: (call) => engage(call, 'open'),
  },
  {
    method: 'POST',
    path: '/outbox/{id}/click',
    summary: 'Let the recipient click in a message, which opens it too',
    answer: (call) => engage(call, 'click'),
  },
  {
    method: 'GET',
    path: '/clock',
    summary: "The sandbox's time",
    answer: async ({ controls }) => ({ body: readClock(controls) }),
  },
  {
    method: 'POST',
    path: '/clock',
    summary: 'Move time forward and deliver what falls due: { advance: milliseconds }',
    answer: async ({ controls, request }) => {
      const shape = clockShape(controls.clock.now())
      const { advance } = parseObject(parseBody(request), shape, 'body')
      await controls.clock.advance(advance)
      return { body: readClock(controls) }
    },
  },
  {
    method: 'GET',
    path: '/faults',
    summary: 'The fault rules in force, and how often each was seen and hit',
    answer: async ({ controls }) => ({ body: { data: controls.faults.list() } }),
  },
  {
    method: 'POST',
    path: '/faults',
    summary: 'Add a fault rule: { fault, operation?, nth?, probability?, seed? }',
    answer: async ({ controls, request }) => ({
      status: 201,
      body: controls.faults.add(parseFaultRule(parseBody(request))),
    }),
  },
  {
    method: 'DELETE',
    path: '/faults',
    summary: 'Remove all fault rules',
    answer: async ({ controls }) => {
      controls.faults.remove()
      return {}
    },
  },
  {
    method: 'DELETE',
    path: '/faults/{id}',
    summary: 'Remove one fault rule',
    answer: async ({ controls, id }) => {
      // Number takes an empty text for 0, which no rule has.
      if (controls.faults.remove(Number(id))) return {}
      throw new Refusal(404, `There is no such fault rule; GET ${controlPrefix}/faults lists them`)
    },
  },
]

function describeEndpoints() {
  return endpoints.map(({ method, path, summary }) => ({ method, path: `${controlPrefix}${path}`, summary }))
}

async function checkHealth(controls: Controls) {
  try {
    return await controls.health()
  } catch (error) {
    if (error instanceof Refusal) throw error
    throw new Refusal(503, 'The database cannot be reached: check that it runs and that the sandbox may connect to it')
  }
}

async function engage({ controls, id }: ControlCall, what: 'open' | 'click'): Promise<Answer> {
  if (await controls.engage(parseId(id), what)) return {}
  throw new Refusal(404, `There is no such message; GET ${controlPrefix}/outbox lists them`)
}

function readClock({ clock }: Controls) {
  const now = clock.now()
  return { now: new Date(now).toISOString(), milliseconds: now }
}
