import { operations } from '@minimo/api-types'
import { expect, onTestFinished, test } from 'vitest'
import { createSandbox, demoKey, type Sandbox, type SandboxOptions } from './index.ts'

const time = Date.UTC(2026, 0, 1)
const automations = [{ name: 'all', when: 'contact.updated', webhook: 'https://hooks.example.com' } as const]

test('two sandboxes with one seed and the same calls are the same in everything that they remember and say', async () => {
  const [one, two] = [await open({ seed: 7 }), await open({ seed: 7 })]
  expect(await use(one)).toEqual(await use(two))
  expect(await tell(one)).toEqual(await tell(two))
  expect((await one.runs()).length).toBeGreaterThan(0)
  expect((await one.outbox()).length).toBeGreaterThan(0)
})

test('another seed gives other ids and other demo contacts, and so does none, each time', async () => {
  const sandboxes = [await open({ seed: 7 }), await open({ seed: 8 }), await open({}), await open({})]
  const said = await Promise.all(sandboxes.map(use))
  expect(new Set(said.flat()).size).toBe(said.flat().length)
  const [first, other, ...without] = await Promise.all(sandboxes.map(listEmails))
  expect(other).not.toEqual(first)
  expect(without).toEqual([await listEmails(await seeded({ seed: 1 })), await listEmails(await seeded({ seed: 1 }))])
})

test('after a reset the ids come again, in the same order', async () => {
  const sandbox = await open({ seed: 7 })
  const first = await use(sandbox)
  await sandbox.reset()
  expect(await use(sandbox)).toEqual(first)
})

test('what comes after a restored snapshot is repeatable too, and has ids that the snapshot has not', async () => {
  const source = await open({ seed: 7 })
  await use(source)
  const snapshot = await source.snapshot()
  const [one, two] = [await open({ seed: 7 }), await open({ seed: 7 })]
  await one.restore(snapshot)
  await use(two)
  await two.restore(snapshot)
  expect(await use(one)).toEqual(await use(two))
  expect(await tell(one)).toEqual(await tell(two))
  const ids = (await one.events()).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect((await one.events()).length).toBeGreaterThan((await source.events()).length)
})

/** Opens a sandbox in which time stands still; its webhooks are answered. */
async function open(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await createSandbox({ now: () => time, automations, fetch: async () => new Response(), ...options })
  onTestFinished(() => sandbox.close())
  return sandbox
}

async function seeded(options: SandboxOptions): Promise<Sandbox> {
  const sandbox = await open(options)
  await sandbox.seed()
  return sandbox
}

/** Makes one call after the other and returns the ids of their answers. */
async function use(sandbox: Sandbox): Promise<(string | null)[]> {
  await sandbox.seed()
  const { upsertContact, sendEmail, listCustomFields } = operations
  const email = 'anna@example.com'
  const message = { to: email, subject: 'Hello', html: '<p>Hello</p>' }
  const calls = [
    [upsertContact, { email, customFields: { plan: 'free' } }],
    [upsertContact, { email, customFields: { plan: String((await sandbox.events()).length) } }],
    [sendEmail, message],
    [sendEmail, message],
    [listCustomFields, undefined],
  ] as const
  const ids: (string | null)[] = []
  for (const [{ method, path }, body] of calls) {
    const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
    const init = { method, headers, body: body === undefined ? null : JSON.stringify(body) }
    const response = await sandbox.fetch(`http://sandbox${path}`, init)
    expect(response.status).toBe(200)
    ids.push(response.headers.get('x-request-id'))
  }
  await sandbox.idle()
  return ids
}

async function tell(sandbox: Sandbox) {
  return [await sandbox.snapshot(), await sandbox.events(), await sandbox.runs(), await sandbox.outbox()]
}

async function listEmails(sandbox: Sandbox) {
  return (await sandbox.contacts({ after: 0 }))
    .map(({ email }) => email)
    .filter((email) => email !== 'anna@example.com')
}
