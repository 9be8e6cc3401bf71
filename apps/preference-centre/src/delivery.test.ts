import { setTimeout as sleep } from 'node:timers/promises'
import { createMinimoClient } from '@minimo/client'
import { createSandbox, demoKey, type FaultRule } from '@minimo/sandbox'
import fc from 'fast-check'
import { pino } from 'pino'
import { describe, expect, it, vi } from 'vitest'
import { startCentre } from '../test/centre.ts'
import { startDelivery } from './delivery.ts'
import { type Channel, openRecord } from './record.ts'

const update = 'updateContactById'
const choose = (link: string, fields: Record<string, string>) =>
  fetch(link, {
    method: 'POST',
    body: new URLSearchParams({ wording: '', ...fields }),
    redirect: 'manual',
    headers: { origin: new URL(link).origin },
  })
const soon = { timeout: 40_000, interval: 100 }

describe('a choice that Minimo cannot be told at once', () => {
  it('survives SIGKILL between saving and delivering', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    centre.sandbox.faults.add({ operation: update, fault: { connection: 'stall', run: false } })
    await choose(await centre.links.make('preferences', contact), { version: '0', email: 'no' })
    expect(centre.sandbox.faults.list()[0]?.hit).toBe(1)
    await centre.end('SIGKILL')
    expect(await centre.consentOf(contact)).toEqual({ email: null, whatsapp: null })
    expect(centre.record()).toMatchObject([{ channel: 'email', answer: 'no', state: 'waiting' }])
    centre.sandbox.faults.remove()
    await centre.start()
    await vi.waitFor(
      async () => expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null }),
      soon,
    )
  })

  it('is kept through an outage, and later choices take the place of earlier ones', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const link = await centre.links.make('preferences', contact)
    await centre.cutOff()
    await choose(link, { version: '0', email: 'yes', whatsapp: 'yes' })
    await choose(link, { version: '2', email: 'no', whatsapp: 'yes' })
    expect(centre.record().map(({ state }) => state)).toEqual(['waiting', 'waiting', 'waiting'])
    await centre.reconnect()
    await vi.waitFor(
      async () => expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: true }),
      soon,
    )
    const grants = (await centre.sandbox.events({ type: 'contact.consent_changed' })).flatMap(({ changes }) => changes)
    expect(grants).not.toContainEqual(expect.objectContaining({ field: 'marketingConsent.email', after: true }))
  })

  it('waits for a key that is wrong to be mended, and is not lost', async () => {
    const centre = await startCentre({ MINIMO_API_KEY: 'mn-WRONG-KEY' })
    const contact = await centre.addContact('anna@example.com')
    await choose(await centre.links.make('preferences', contact), { version: '0', email: 'no' })
    expect(centre.record()).toMatchObject([{ state: 'waiting', reason: expect.stringContaining('401') }])
    await centre.end('SIGTERM')
    centre.env.MINIMO_API_KEY = demoKey
    await centre.start()
    await vi.waitFor(
      async () => expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null }),
      soon,
    )
  })
})

it('what Minimo refuses for good is kept with the reason, and holds up nobody', async () => {
  const centre = await startCentre()
  const contact = await centre.addContact('anna@example.com')
  await choose(await centre.links.make('preferences', 4711), { version: '0', email: 'no' })
  await choose(await centre.links.make('preferences', contact), { version: '0', email: 'no' })
  expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null })
  expect(centre.record()).toMatchObject([
    { contact: 4711, state: 'refused', reason: expect.stringContaining('404') },
    { contact, state: 'delivered', reason: null },
  ])
  expect(await (await fetch(await centre.links.make('preferences', 4711))).text()).toContain('could not be passed on')
})

it('a withdrawal reaches Minimo also where the contact is deleted: it comes back with the withdrawal', async () => {
  const centre = await startCentre()
  const contact = await centre.addContact('anna@example.com')
  await centre.minimo.contacts.update(contact, { marketingConsent: { email: true } })
  await centre.minimo.contacts.delete(contact)
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' })
  await fetch(await centre.links.make('unsubscribe', contact), { method: 'POST', body })
  expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null })
  expect((await centre.minimo.contacts.getByEmail('anna@example.com')).deleted).toBe(false)
})

it('SIGTERM answers and delivers what is under way, and ends with 0', async () => {
  const centre = await startCentre()
  const contact = await centre.addContact('anna@example.com')
  centre.sandbox.faults.add({ operation: update, fault: { latency: 1000 } })
  const answer = choose(await centre.links.make('preferences', contact), { version: '0', email: 'no' })
  await vi.waitFor(() => expect(centre.sandbox.faults.list()[0]?.hit).toBe(1), soon)
  expect(await centre.end('SIGTERM')).toBe(0)
  expect((await answer).status).toBe(303)
  expect(centre.record()).toMatchObject([{ state: 'delivered' }])
})

it('a second SIGINT ends the process at once', async () => {
  const centre = await startCentre()
  const contact = await centre.addContact('anna@example.com')
  centre.sandbox.faults.add({ operation: update, fault: { connection: 'stall' } })
  const answer = choose(await centre.links.make('preferences', contact), { version: '0', email: 'no' }).catch(
    () => undefined,
  )
  await vi.waitFor(() => expect(centre.sandbox.faults.list()[0]?.hit).toBe(1), soon)
  const first = centre.end('SIGINT')
  await sleep(200)
  await centre.end('SIGINT')
  await first
  await answer
  expect(centre.record()).toMatchObject([{ state: 'waiting' }])
})

const acts = fc.array(
  fc.record({
    contact: fc.integer({ min: 1, max: 3 }),
    choices: fc.record({ email: fc.boolean(), whatsapp: fc.boolean() }, { requiredKeys: [] }),
    pause: fc.integer({ min: 0, max: 30 }),
  }),
  { minLength: 1, maxLength: 25 },
)
const faults: fc.Arbitrary<FaultRule[]> = fc.array(
  fc.record({
    probability: fc.constantFrom(0.2, 0.5),
    seed: fc.nat(1000),
    fault: fc.constantFrom(
      { status: 429, retryAfter: 0 },
      { status: 503, retryAfter: 0 },
      { connection: 'reset' } as const,
      { connection: 'reset', run: true } as const,
      { latency: 20 },
    ),
  }),
  { maxLength: 3 },
)

it('whatever goes wrong in between, Minimo ends with what each contact chose last', async () => {
  const property = fc.asyncProperty(acts, faults, async (acts, rules) => {
    const sandbox = await createSandbox({ faults: rules })
    const minimo = createMinimoClient({ apiKey: demoKey, fetch: sandbox.fetch, retries: 0 })
    const record = openRecord(':memory:')
    // So that what is put off is due at once.
    const impatient = {
      ...record,
      take: ({ limit }: { limit: number }) => record.take({ now: Date.now() + 6000, limit }),
    }
    await sandbox.restore(await withContacts(3))
    const stop = startDelivery(impatient, minimo, pino({ enabled: false }))
    const wanted = new Map<number, Partial<Record<Channel, boolean>>>()
    for (const { contact, choices, pause } of acts) {
      const answers = Object.fromEntries(Object.entries(choices).map(([channel, is]) => [channel, is ? 'yes' : 'no']))
      record.add({ contact, link: 'a', via: 'form', wording: null, choices: JSON.stringify(answers) })
      wanted.set(contact, { ...wanted.get(contact), ...choices })
      await sleep(pause)
    }
    const isDone = () =>
      [1, 2, 3].every((contact) => record.latest({ contact }).every(({ state }) => state === 'delivered'))
    await vi.waitFor(() => expect(isDone()).toBe(true), soon)
    await stop()
    record.close()
    for (const { id, marketing_consent } of await sandbox.contacts()) {
      expect(marketing_consent).toEqual({ email: null, whatsapp: null, ...wanted.get(id) })
    }
    await sandbox.close()
  })
  await fc.assert(property, { numRuns: 10, seed: 10, endOnFailure: true })
})

async function withContacts(count: number) {
  const sandbox = await createSandbox()
  const minimo = createMinimoClient({ apiKey: demoKey, fetch: sandbox.fetch })
  for (let number = 1; number <= count; number++)
    await minimo.contacts.upsert({ email: `person-${number}@example.com` })
  const snapshot = await sandbox.snapshot()
  await sandbox.close()
  return snapshot
}
