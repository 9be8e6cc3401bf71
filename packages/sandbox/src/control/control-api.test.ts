import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContactFilter } from '../contacts/contact-rows.ts'
import { seedContacts } from '../contacts/seed.ts'
import type { SandboxEvent } from '../events/event.ts'
import type { EventFilter } from '../events/event-log.ts'
import type { SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import { createFaults } from '../faults/create-faults.ts'
import { operations } from '../gen/operations.ts'
import { toHar } from '../journal/to-har.ts'
import type { OutboxFilter } from '../messages/message.ts'
import { createClock } from '../runtime/clock.ts'
import { openDatabase } from '../storage/open-database.ts'
import { resetDatabase, restoreSnapshot, takeSnapshot } from '../storage/snapshot.ts'
import type { Snapshot } from '../storage/snapshot-tables.ts'
import { createControlApi } from './control-api.ts'
import type { Controls } from './controls.ts'

const contact = {
  id: 1,
  email: 'anna@example.com',
  phone: null,
  status: 'active',
  source: 'API',
  custom_fields: {},
  company: 1,
  deleted: false,
  external_id: null,
  external_connection_id: null,
  marketing_consent: { email: null, whatsapp: null },
}

const event = (sequence: number): SandboxEvent => ({
  id: `evt_${sequence}`,
  sequence,
  type: 'contact.created',
  company: 1,
  at: '2026-01-01T00:00:00.000Z',
  contact,
  changes: [],
})

/** The paths of all operations. */
// Sound: the table has no keys but the operations' ids.
const paths = (Object.values(operations) as { path: string }[]).map(({ path }) => path)

type Request = Partial<Omit<SandboxRequest, 'body'>> & { body?: unknown }

/** A control API over a real database and real faults; what events and outbox were asked for is kept. */
async function createFixture(allow: 'local' | 'all' = 'local') {
  const database = await openDatabase(':memory:')
  const clock = createClock(() => 0)
  const faults = createFaults([])
  const asked: (ContactFilter | EventFilter | OutboxFilter | undefined)[] = []
  const controls: Controls = {
    async health() {
      const [row] = await database.query<{ contacts: number }>('SELECT COUNT(*) AS contacts FROM contacts')
      return { status: 'ok', time: new Date(clock.now()).toISOString(), contacts: row?.contacts ?? 0, events: 0 }
    },
    reset: () => resetDatabase(database),
    seed: async (options) => ({ contacts: await seedContacts(database, { company: 1, ...options }) }),
    snapshot: () => takeSnapshot(database),
    restore: (snapshot) => restoreSnapshot(database, snapshot),
    play: async () => {},
    async contacts(filter) {
      asked.push(filter)
      return [contact]
    },
    async events(filter) {
      asked.push(filter)
      return [event(1), event(2)]
    },
    async *followEvents({ after = 0 }, signal) {
      for (const sequence of [1, 2].filter((number) => number > after)) yield event(sequence)
      await new Promise((resolve) => signal.addEventListener('abort', resolve))
    },
    runs: async () => [],
    requests: async () => [],
    har: async () => toHar([]),
    async outbox(filter) {
      asked.push(filter)
      return []
    },
    engage: async (id) => id === 'msg 1',
    clock: { now: clock.now, advance: async (milliseconds) => clock.advance(milliseconds) },
    faults,
    idle: async () => {},
  }
  const handle = createControlApi({ controls, allow, heartbeat: 5, createRequestId: () => 'ctl_1' })
  const send = (method: string, target: string, { body, ...rest }: Request = {}) => {
    const [path = '', query = ''] = target.split('?')
    const bytes = body instanceof Uint8Array ? body : Buffer.from(body === undefined ? '' : JSON.stringify(body))
    const signal = () => new AbortController().signal
    const headers = { 'content-type': 'application/json', ...rest.headers }
    return handle({ method, path: `/_sandbox${path}`, query, local: true, signal, ...rest, headers, body: bytes })
  }
  return { send, handle, asked, database, [Symbol.asyncDispose]: () => database.close() }
}

function json({ body }: SandboxResponse) {
  return JSON.parse(String(body))
}

/** It comes in pieces. */
async function readSnapshot({ body = '' }: SandboxResponse): Promise<Snapshot> {
  let text = ''
  for await (const piece of body) text += piece
  return JSON.parse(text)
}

test('it describes itself', async () => {
  await using sandbox = await createFixture()
  const { data } = json(await sandbox.send('GET', ''))
  expect(data).toContainEqual({ operation: 'readHealth', method: 'GET', path: '/_sandbox/health' })
  expect(data).toHaveLength(Object.keys(operations).length)
  const { headers, body } = await sandbox.send('GET', '/control.yaml')
  expect(headers['content-type']).toBe('application/yaml')
  expect(body).toContain('openapi: 3.1.0')
})

test('seed, health, snapshot, reset and restore', async () => {
  await using sandbox = await createFixture()
  expect(json(await sandbox.send('POST', '/seed', { body: { contacts: 5 } }))).toEqual({ contacts: 5 })
  expect(json(await sandbox.send('GET', '/health'))).toEqual({
    status: 'ok',
    time: '1970-01-01T00:00:00.000Z',
    contacts: 5,
    events: 0,
  })
  const taken = await sandbox.send('GET', '/snapshot')
  expect(taken.headers['content-type']).toBe('application/json')
  const snapshot = await readSnapshot(taken)
  expect((await sandbox.send('POST', '/reset')).status).toBe(204)
  expect(json(await sandbox.send('GET', '/health')).contacts).toBe(0)
  expect((await sandbox.send('PUT', '/snapshot', { body: snapshot })).status).toBe(204)
  expect(await readSnapshot(await sandbox.send('GET', '/snapshot'))).toEqual(snapshot)
  expect((await sandbox.send('HEAD', '/snapshot')).body).toBeUndefined()
  expect(json(await sandbox.send('POST', '/seed'))).toEqual({ contacts: 95 })
})

test('lists take their filters from the query', async () => {
  await using sandbox = await createFixture()
  const { data } = json(await sandbox.send('GET', '/events?after=3&type=contact.created&company=7&limit=5'))
  expect(data).toHaveLength(2)
  await sandbox.send('GET', '/outbox?channel=whatsapp&to=%2B39333')
  const query = 'company=7&email=a@b.it&phone=%2B39333&id=3&deleted=true&after=2&limit=5'
  expect(json(await sandbox.send('GET', `/contacts?${query}`))).toEqual({ data: [contact] })
  await sandbox.send('GET', '/contacts?deleted=false')
  expect(sandbox.asked).toEqual([
    { after: 3, type: 'contact.created', company: 7, limit: 5 },
    { channel: 'whatsapp', to: '+39333' },
    { company: 7, email: 'a@b.it', phone: '+39333', id: 3, deleted: true, after: 2, limit: 5 },
    { deleted: false },
  ])
  expect(json(await sandbox.send('GET', '/runs?status=pending'))).toEqual({ data: [] })
})

test('a message is opened and clicked by its id', async () => {
  await using sandbox = await createFixture()
  expect((await sandbox.send('POST', '/outbox/msg%201/open')).status).toBe(204)
  expect((await sandbox.send('POST', '/outbox/msg%201/click')).status).toBe(204)
  expect((await sandbox.send('POST', '/outbox/msg_2/open')).status).toBe(404)
  expect((await sandbox.send('POST', '/outbox/%ff/open')).status).toBe(404)
})

test('time moves forward only', async () => {
  await using sandbox = await createFixture()
  const after = { now: '1970-01-01T00:01:00.000Z', milliseconds: 60_000 }
  expect(json(await sandbox.send('POST', '/clock', { body: { advance: 60_000 } }))).toEqual(after)
  expect((await sandbox.send('POST', '/clock', { body: { advance: -1 } })).status).toBe(422)
  expect(json(await sandbox.send('GET', '/clock'))).toEqual(after)
})

test('fault rules are added, listed and removed', async () => {
  await using sandbox = await createFixture()
  const rule = { fault: { status: 429 }, operation: 'sendEmail', nth: 1 }
  const added = await sandbox.send('POST', '/faults', { body: rule })
  expect(added.status).toBe(201)
  expect(json(added)).toEqual({ id: 1, ...rule, seen: 0, hit: 0 })
  expect(json(await sandbox.send('GET', '/faults'))).toEqual({ data: [json(added)] })
  expect((await sandbox.send('DELETE', '/faults/1')).status).toBe(204)
  expect((await sandbox.send('DELETE', '/faults/1')).status).toBe(404)
  expect((await sandbox.send('DELETE', '/faults')).status).toBe(204)
  const wrong = await sandbox.send('POST', '/faults', { body: { fault: { status: 'many' } } })
  expect(wrong.status).toBe(422)
  expect(json(wrong).error).toMatchObject({
    code: 'validation_error',
    message: 'fault.status: expected integer, found string',
  })
})

test('another machine is refused unless all may use it', async () => {
  await using local = await createFixture()
  const refused = await local.send('GET', '/health', { local: false })
  expect(refused.status).toBe(403)
  expect(json(refused).error).toMatchObject({ code: 'forbidden', message: expect.stringContaining("control: 'all'") })
  await using open = await createFixture('all')
  expect((await open.send('GET', '/health', { local: false })).status).toBe(200)
})

test.each(['x-forwarded-for', 'forwarded', 'via', 'x-real-ip'])(
  'who comes by a proxy (%s) is refused unless all may use it',
  async (name) => {
    await using local = await createFixture()
    const headers = { [name]: '127.0.0.1' }
    const refused = await local.send('GET', '/health', { headers })
    expect([refused.status, json(refused).error.message]).toEqual([403, expect.stringContaining(`${name} says`)])
    await using open = await createFixture('all')
    expect((await open.send('GET', '/health', { headers })).status).toBe(200)
  },
)

test('HEAD is answered as GET, and a stream has no end to wait for', async () => {
  await using sandbox = await createFixture()
  expect((await sandbox.send('HEAD', '/health')).status).toBe(200)
  expect(await sandbox.send('HEAD', '/events/stream')).not.toHaveProperty('body')
})

test('a page of another origin is refused, even on this machine', async () => {
  await using sandbox = await createFixture('all')
  const host = 'localhost:4010'
  for (const origin of ['http://localhost:3000', 'http://localhost', 'https://localhost:4010', 'null', '']) {
    expect((await sandbox.send('POST', '/reset', { headers: { origin, host } })).status).toBe(403)
  }
  const headers = { origin: 'http://undefined' }
  expect((await sandbox.send('POST', '/reset', { headers })).status).toBe(403)
})

test('a page of its own is answered, also behind a proxy that speaks https', async () => {
  await using local = await createFixture()
  const own = { host: 'localhost:4010', origin: 'http://localhost:4010' }
  expect((await local.send('POST', '/reset', { headers: own })).status).toBe(204)
  await using open = await createFixture('all')
  const headers = { host: 'sandbox.example.com', origin: 'https://sandbox.example.com', 'x-forwarded-proto': 'https' }
  expect((await open.send('POST', '/reset', { headers })).status).toBe(204)
  expect((await local.send('POST', '/reset', { headers })).status).toBe(403)
})

test('an unknown path and method learn what there is', async () => {
  await using sandbox = await createFixture()
  const missing = await sandbox.send('GET', '/people')
  expect(missing.status).toBe(404)
  expect(json(missing).error.message).toContain('The nearest: ')
  const wrong = await sandbox.send('PATCH', '/faults')
  expect(wrong).toMatchObject({ status: 405, headers: { allow: 'GET, HEAD, POST, DELETE, OPTIONS' } })
  expect(json(wrong).error.code).toBe('method_not_allowed')
})

test.each([
  ['GET', '/events?after=-1', 422, 'after: expected at least 0, found less'],
  ['GET', '/events?limit=0', 422, 'limit: expected at least 1, found less'],
  ['GET', '/events?limit=10001', 422, 'limit: expected at most 10000, found more'],
  ['GET', '/events?type=contact', 422, 'type: expected one of "contact.created"'],
  ['GET', '/events?since=1', 422, 'since: the API knows no such name; it knows after, type, company, limit'],
  ['GET', '/events?after=1&after=2', 422, 'after: expected one value, found several'],
  ['GET', '/events?limit=x', 422, 'limit: expected integer, found string'],
  ['GET', '/runs?status=done', 422, 'status: expected one of "pending","delivered","failed"'],
  ['GET', '/outbox?to=+39333', 422, 'to: begins with a space; write %2B for a plus'],
  ['GET', '/outbox?to=', 422, 'to: expected text that matches'],
  ['GET', '/contacts?phone=+39333', 422, 'phone: begins with a space; write %2B for a plus'],
  ['GET', '/contacts?deleted=yes', 422, 'deleted: expected boolean, found string'],
  ['GET', '/contacts?id=0', 422, 'id: expected at least 1, found less'],
  ['PUT', '/snapshot', 400, 'body: expected application/json, found no body'],
  ['POST', '/clock', 400, 'body: expected application/json, found no body'],
  ['DELETE', '/faults/x', 404, 'id: expected integer, found string'],
])('%s %s is answered with %i', async (method, target, status, message) => {
  await using sandbox = await createFixture()
  const response = await sandbox.send(method, target)
  expect(response.status).toBe(status)
  expect(json(response).error.message).toContain(message)
})

test('a body that is too large, no JSON or no UTF-8 is refused', async () => {
  await using sandbox = await createFixture()
  for (const text of ['{', 'contacts=5', '\ufeff']) {
    expect((await sandbox.send('PUT', '/snapshot', { body: Buffer.from(text) })).status).toBe(400)
    expect((await sandbox.send('POST', '/seed', { body: Buffer.from(text) })).status).toBe(400)
  }
  expect((await sandbox.send('POST', '/seed', { body: Uint8Array.of(0x22, 0xff, 0x22) })).status).toBe(400)
  const path = '/_sandbox/snapshot'
  const tooLarge = await sandbox.handle({
    method: 'PUT',
    path,
    query: '',
    headers: { 'content-type': 'application/json' },
    body: 'too-large',
    local: true,
    signal: () => new AbortController().signal,
  })
  expect(tooLarge.status).toBe(413)
})

test('a database that cannot be reached is unhealthy', async () => {
  await using sandbox = await createFixture()
  await sandbox.database.close()
  expect(await sandbox.send('GET', '/health')).toMatchObject({ status: 503 })
})

test('events are streamed, with a sign of life where there are none, until the caller goes', async () => {
  await using sandbox = await createFixture()
  const caller = new AbortController()
  const { headers, body } = await sandbox.send('GET', '/events/stream?after=1', { signal: () => caller.signal })
  expect(headers['content-type']).toBe('text/event-stream')
  const pieces: string[] = []
  for await (const piece of streamOf(body)) {
    pieces.push(piece)
    if (piece.startsWith(':')) caller.abort()
  }
  expect(pieces).toEqual([
    'retry: 1000\n\n',
    `id: 2\nevent: contact.created\ndata: ${JSON.stringify(event(2))}\n\n`,
    ': still here\n\n',
  ])
})

test('the Last-Event-ID header wins over the query', async () => {
  await using sandbox = await createFixture()
  const { body } = await sandbox.send('GET', '/events/stream?after=0', { headers: { 'last-event-id': '1' } })
  const stream = streamOf(body)[Symbol.asyncIterator]()
  await stream.next()
  expect((await stream.next()).value).toMatch(/^id: 2\n/)
  await stream.return?.()
  const wrong = await sandbox.send('GET', '/events/stream', { headers: { 'last-event-id': 'evt_1' } })
  expect(wrong.status).toBe(422)
})

test('no request is answered with a 5xx', async () => {
  await using sandbox = await createFixture()
  const target = fc.oneof(
    fc.constantFrom(...paths.map((path) => path.replace('/_sandbox', ''))),
    fc
      .tuple(fc.constantFrom('/contacts?', '/events?', '/runs?', '/outbox?', '/faults/'), fc.string({ unit: 'binary' }))
      .map((p) => p.join('')),
    fc.string({ unit: 'binary' }),
  )
  const small = fc.oneof(fc.integer({ min: -1, max: 20 }), fc.double({ max: 20 }), fc.string({ unit: 'binary' }))
  const field = fc.oneof(small, fc.anything({ maxDepth: 2, withNullPrototype: false }), fc.constantFrom('sendEmail'))
  const key = fc.constantFrom(
    'contacts',
    'seed',
    'company',
    'advance',
    'version',
    'tables',
    'fault',
    'nth',
    '__proto__',
  )
  const snapshot = fc.dictionary(
    fc.constantFrom('contacts', 'events', 'migrations'),
    fc.array(fc.dictionary(key, field)),
  )
  const body = fc.oneof(
    fc.dictionary(key, field),
    fc.record({ version: fc.constant(1), tables: snapshot }),
    fc.record({ fault: fc.dictionary(fc.constantFrom('status', 'latency', 'retryAfter'), field) }),
    fc.jsonValue(),
  )
  const bytes = fc.oneof(
    body.map((value) => Buffer.from(stringify(value))),
    fc.uint8Array(),
  )
  const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH')
  await fc.assert(
    fc.asyncProperty(method, target, bytes, async (method, target, body) => {
      const { status } = await sandbox.send(method, target, { body })
      expect(status).toBeLessThan(500)
    }),
    { numRuns: 1000 },
  )
})

/** JSON of anything; `null` for what has none. */
function stringify(value: unknown): string {
  try {
    return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part)) ?? 'null'
  } catch {
    return 'null'
  }
}

function streamOf(body: SandboxResponse['body']): AsyncIterable<string> {
  if (typeof body !== 'object') throw new Error(`Expected a stream, found ${typeof body}`)
  return body
}
