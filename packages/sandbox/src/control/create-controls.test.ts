import { describe, expect, onTestFinished, test } from 'vitest'
import { eachDatabase } from '../../test/databases.ts'
import { demoKey } from '../handlers/authenticate.ts'
import { type Controls, createSandbox } from '../index.ts'

const start = Date.UTC(2026, 0, 1)
const other = 'mn-other-secret'
const anna = { email: 'Anna@Example.com', phone: '+39333000001', customFields: { plan: 'free' } }

describe.each(eachDatabase)('%s', (_name, createLocation) => {
  test('contacts are listed as events show them, also deleted ones, by each part of a filter', async () => {
    const { sandbox, call } = await open(await createLocation())
    await call('POST', '/public/v1/contacts', { ...anna, marketingConsent: { email: true } })
    await call('POST', '/public/v1/contacts', { phone: '+39333000002' })
    await call('DELETE', '/public/v1/contacts/2')
    await call('POST', '/public/v1/contacts', anna, other)
    const ids = async (filter?: Parameters<Controls['contacts']>[0]) =>
      (await sandbox.contacts(filter)).map(({ id }) => id)

    const events = await sandbox.events()
    const [first, second] = await sandbox.contacts()
    expect(first).toEqual(events[0]?.contact)
    expect(first).toMatchObject({ ...{ email: anna.email }, deleted: false, marketing_consent: { email: true } })
    expect(second).toEqual(events.find(({ type }) => type === 'contact.deleted')?.contact)
    expect(await ids()).toEqual([1, 2, 3])
    expect(await ids({ company: 2 })).toEqual([3])
    expect(await ids({ email: 'anna@EXAMPLE.com' })).toEqual([1, 3])
    expect(await ids({ email: anna.email, company: 1 })).toEqual([1])
    expect(await ids({ phone: '+39333000002' })).toEqual([2])
    expect(await ids({ id: 3 })).toEqual([3])
    expect(await ids({ deleted: true })).toEqual([2])
    expect(await ids({ deleted: false })).toEqual([1, 3])
    expect(await ids({ after: 1, limit: 1 })).toEqual([2])
    expect(await ids({ email: 'nobody@example.com' })).toEqual([])
  })
})

test('at most 1000 contacts are listed unless the limit is another', async () => {
  const { sandbox } = await open()
  await sandbox.seed({ contacts: 1001 })
  expect(await sandbox.contacts()).toHaveLength(1000)
  expect(await sandbox.contacts({ limit: 2000 })).toHaveLength(1001)
  expect((await sandbox.contacts({ after: 1000 })).map(({ id }) => id)).toEqual([1001])
})

test('a reset puts the clock back', async () => {
  const { sandbox } = await open()
  await sandbox.clock.advance(60_000)
  expect(sandbox.clock.now()).toBe(start + 60_000)
  await sandbox.reset()
  expect(sandbox.clock.now()).toBe(start)
})

/** What untyped code may call: each with the message of its refusal. */
const wrongCalls: [string, (controls: Untyped) => unknown, string][] = [
  ["clock.advance('1000')", (c) => c.clock.advance('1000'), 'clock.advance: expected integer, found string'],
  ['clock.advance(-1000)', (c) => c.clock.advance(-1000), 'clock.advance: expected at least 0, found less'],
  ['clock.advance()', (c) => c.clock.advance(), 'clock.advance: expected a value, found nothing'],
  ['clock.advance(8.64e15)', (c) => c.clock.advance(8.64e15), `expected at most ${8.64e15 - start}`],
  ['seed({ contacts: 1.5 })', (c) => c.seed({ contacts: 1.5 }), 'seed.contacts: expected integer'],
  ['seed({ contacts: -1 })', (c) => c.seed({ contacts: -1 }), 'seed.contacts: expected at least 0'],
  ["seed({ contacts: 'a' })", (c) => c.seed({ contacts: 'a' }), 'seed.contacts: expected integer, found string'],
  [
    'seed({ contcts })',
    (c) => c.seed({ contcts: 1 }),
    'seed.contcts: the API knows no such name; did you mean contacts?',
  ],
  ['seed(7)', (c) => c.seed(7), 'seed: expected an object, found a number'],
  [
    'contacts({ mail })',
    (c) => c.contacts({ mail: 'a' }),
    'contacts.mail: the API knows no such name; did you mean email?',
  ],
  ['contacts({ deleted })', (c) => c.contacts({ deleted: 1 }), 'contacts.deleted: expected boolean, found number'],
  ['events({ typ })', (c) => c.events({ typ: 'x' }), 'events.typ: the API knows no such name; did you mean type?'],
  ['events({ limit })', (c) => c.events({ limit: 'x' }), 'events.limit: expected integer, found string'],
  ['events(null)', (c) => c.events(null), 'events: expected an object, found null'],
  ['followEvents({ limit })', (c) => follow(c, { limit: 1 }), 'followEvents.limit: the API knows no such name'],
  [
    'runs({ status })',
    (c) => c.runs({ status: 'done' }),
    'runs.status: expected one of "pending","delivered","failed"',
  ],
  ['outbox({ chanel })', (c) => c.outbox({ chanel: 'x' }), 'outbox.chanel: the API knows no such name'],
  ['outbox({ to })', (c) => c.outbox({ to: '\0' }), 'outbox.to: expected text that matches'],
  ['engage()', (c) => c.engage(), 'engage.what: expected one of open, click, found nothing'],
  ["engage('', 'open')", (c) => c.engage('', 'open'), 'engage.id: expected text that matches'],
  ["engage(id, 'foo')", (c) => c.engage('email_1', 'foo'), 'engage.what: expected one of open, click, found "foo"'],
]

async function follow(controls: Untyped, filter: object) {
  // Sound: it gives events as they happen, whatever the filter.
  const events = controls.followEvents(filter) as AsyncIterable<unknown>
  await events[Symbol.asyncIterator]().next()
}

test.each(wrongCalls)('%s is refused and changes nothing', async (_call, run, message) => {
  const { sandbox } = await open()
  // Sound at run time only: callers without types may do this.
  const untyped = sandbox as unknown as Untyped
  await expect((async () => run(untyped))()).rejects.toMatchObject({
    name: 'Refusal',
    status: 422,
    message: expect.stringContaining(message),
  })
  expect(sandbox.clock.now()).toBe(start)
  expect(await sandbox.contacts()).toEqual([])
})

test('what may be left out, or be undefined, may', async () => {
  const { sandbox } = await open()
  const { seed, contacts, events, runs, outbox } = sandbox as unknown as Untyped
  expect(await seed(undefined)).toEqual({ contacts: 100 })
  expect(await contacts({ email: undefined, limit: 1 })).toHaveLength(1)
  for (const list of [events, runs, outbox]) expect(await list({ company: undefined })).toEqual([])
  expect(await sandbox.engage('msg_2', 'open')).toBe(false)
})

type Call = (...args: unknown[]) => unknown
type Untyped = Record<'seed' | 'contacts' | 'events' | 'followEvents' | 'runs' | 'outbox' | 'engage', Call> & {
  clock: { advance: Call }
}

/** Opens a sandbox whose clock stands still, closed after the test. */
async function open(database = ':memory:') {
  const sandbox = await createSandbox({
    database,
    keys: [{ key: demoKey }, { key: other, company: 2 }],
    now: () => start,
  })
  onTestFinished(() => sandbox.close())
  async function call(method: string, path: string, body?: object, key = demoKey): Promise<void> {
    const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) }
    const init = { method, headers, body: body ? JSON.stringify(body) : null }
    expect((await sandbox.fetch(`https://api.minimo.it${path}`, init)).ok).toBe(true)
  }
  return { sandbox, call }
}
