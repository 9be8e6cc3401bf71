import { operations } from '@minimo/api-types'
import { expect, onTestFinished, test } from 'vitest'
import { createSandboxClient } from '../client.ts'
import { createSandbox, demoKey, type Sandbox, type SandboxOptions, type Scenario } from '../index.ts'

const time = Date.UTC(2026, 0, 1)

const outage: Scenario = {
  name: 'an outage of a minute',
  steps: [
    { name: 'down', reset: true, seed: { contacts: 3 }, faults: [{ fault: { status: 503 } }] },
    { name: 'busy', advance: 60_000, faults: [{ operation: 'listCustomFields', nth: 1, fault: { status: 429 } }] },
    { name: 'well', advance: 60_000, faults: [] },
  ],
}

test('a test goes through a scenario step by step', async () => {
  const { sandbox, list } = await open()
  await sandbox.play(outage, 'down')
  expect([await list(), await list()]).toEqual([503, 503])
  await sandbox.play(outage, 'busy')
  expect([await list(), await list()]).toEqual([429, 200])
  await sandbox.play(outage, 'well')
  expect(await list()).toBe(200)
  expect(sandbox.clock.now()).toBe(time + 120_000)
  expect(await sandbox.contacts()).toHaveLength(3)
})

test('as a whole it does what the controls do, one after the other', async () => {
  const source = await open()
  await source.sandbox.seed({ contacts: 2, seed: 9 })
  const snapshot = await source.sandbox.snapshot()
  const rule = { fault: { latency: 5 } }
  const [one, two] = [await open(), await open()]
  for (const { sandbox } of [one, two]) {
    await sandbox.clock.advance(5)
    sandbox.faults.add({ fault: { status: 500 } })
  }
  await one.sandbox.play({
    steps: [
      { faults: [rule, rule], seed: { contacts: 4 }, advance: 1000, snapshot, reset: true },
      { advance: 500, seed: {} },
    ],
  })
  await two.sandbox.reset()
  await two.sandbox.restore(snapshot)
  await two.sandbox.clock.advance(1500)
  await two.sandbox.seed({ contacts: 4 })
  for (const _ of [1, 2]) two.sandbox.faults.add(rule)
  await two.sandbox.seed()
  expect(await tell(one.sandbox)).toEqual(await tell(two.sandbox))
  expect(await one.sandbox.contacts()).toHaveLength(102)
})

test('a server plays what it is sent, or one step of it', async () => {
  const { sandbox, list } = await open()
  const client = createSandboxClient((await sandbox.listen()).url)
  await client.call('playScenario', { body: outage, query: { step: 'down' } })
  expect(await list()).toBe(503)
  await client.call('playScenario', { body: outage })
  expect(await list()).toBe(200)
  const { data: contacts } = await client.call('listContacts')
  expect(contacts).toHaveLength(3)
})

const first = { reset: true, advance: 1000, faults: [] }
const empty = { version: 1, tables: {} }

test.each<[string, unknown, string, string?]>([
  ['no object', 'outage.json', 'scenario: expected an object, found a text'],
  ['no steps', { name: 'empty' }, 'scenario.steps: expected a value, found nothing'],
  ['a part that there is not', { steps: [first, { fault: [] }] }, 'scenario.steps.1.fault: '],
  [
    'a part of a rule that there is not',
    { steps: [first, { faults: [{ fault: { state: 429 } }] }] },
    'steps.1.faults.0.fault.state: ',
  ],
  ['too many contacts', { steps: [first, { seed: { contacts: 1e7 } }] }, 'scenario.steps.1.seed.contacts: expected'],
  ['time that goes back', { steps: [first, { advance: -1 }] }, 'scenario.steps.1.advance: expected at least 0'],
  ['time without end', { steps: [first, { advance: 8.64e15 }] }, 'scenario.steps.1.advance: expected at most'],
  [
    'a status that the operation has not',
    { steps: [first, { faults: [{ operation: 'sendEmail', fault: { status: 418 } }] }] },
    'scenario.steps.1.faults.0: fault.status: sendEmail documents',
  ],
  [
    'an operation that there is not',
    { steps: [first, { faults: [{ operation: 'sendMail', fault: { status: 503 } }] }] },
    'scenario.steps.1.faults.0: rule.operation: expected an operation of the API',
  ],
  [
    'a fault that does nothing',
    { steps: [first, { faults: [{ fault: {} }] }] },
    'scenario.steps.1.faults.0: fault: expected at least one of',
  ],
  [
    'a snapshot that is none',
    { steps: [first, { snapshot: empty }] },
    'scenario.steps.1: snapshot.tables: contacts, events',
  ],
  ['two steps of one name', { steps: [{ ...first, name: 'a' }, { name: 'a' }] }, 'scenario.steps: two are named a'],
  ['another step than those it has', outage, 'step: there is no "up"; expected down, busy, well', 'up'],
])('where there is %s, all is refused and nothing done', async (_name, scenario, message, step) => {
  const { sandbox } = await open()
  await sandbox.seed({ contacts: 1 })
  await sandbox.clock.advance(5)
  sandbox.faults.add({ fault: { status: 500 } })
  const before = await tell(sandbox)
  const playing = sandbox.play(scenario as Scenario, step)
  await expect(playing).rejects.toMatchObject({
    name: 'Refusal',
    status: 422,
    message: expect.stringContaining(message),
  })
  expect(await tell(sandbox)).toEqual(before)
})

/** Opens a sandbox in which time stands still, and what lists its fields and gives the status. */
async function open(options: SandboxOptions = {}) {
  const sandbox = await createSandbox({ now: () => time, ...options })
  onTestFinished(() => sandbox.close())
  const { path } = operations.listCustomFields
  const list = async () =>
    (await sandbox.fetch(`http://sandbox${path}`, { headers: { authorization: `Bearer ${demoKey}` } })).status
  return { sandbox, list }
}

async function tell(sandbox: Sandbox) {
  return [await sandbox.snapshot(), sandbox.clock.now(), sandbox.faults.list()]
}
