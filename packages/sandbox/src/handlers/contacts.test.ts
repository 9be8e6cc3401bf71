import type { ContactUpdate, ContactUpsert } from '@minimo/api-types'
import { describe, expect, test } from 'vitest'
import { createContext } from '../../test/create-context.ts'
import { eachDatabase } from '../../test/databases.ts'
import { type EventRow, toEvent } from '../events/event-rows.ts'
import { type Database, UniqueViolation } from '../storage/database.ts'
import { contactHandlers } from './contacts.ts'
import type { Context } from './handler.ts'

const notFound = { name: 'Refusal', status: 404, message: 'Contact not found' }

describe.each(eachDatabase)('%s', (name, createLocation) => {
  test('a new contact is created and found by its email without regard to case', async () => {
    const { upsert, getByEmail } = await openContacts(await createLocation())
    const { body } = await upsert({ email: 'Anna@Example.com', customFields: { plan: 'pro' } })
    expect(body).toEqual({ id: expect.any(Number), phone: null })
    expect(await getByEmail('aNNA@example.COM')).toEqual({
      id: body.id,
      email: 'Anna@Example.com',
      phone: null,
      status: 'active',
      source: 'API',
      custom_fields: { plan: 'pro' },
      company: 7,
      deleted: false,
      external_id: null,
      external_connection_id: null,
    })
  })

  test('an email of 320 characters is taken, a longer one refused', async () => {
    const { upsert, update } = await openContacts(await createLocation())
    const email = (length: number) => `${'è'.repeat(length - 12)}@example.com`
    const { id } = (await upsert({ email: email(320) })).body
    const long = { status: 422, details: [{ field: 'email', message: expect.stringContaining('at most 320') }] }
    await expect(upsert({ email: email(321) })).rejects.toMatchObject(long)
    await expect(update(id, { email: email(3000) })).rejects.toMatchObject(long)
  })

  test('custom fields grow up to 1 MiB; an update that makes them larger is refused and changes nothing', async () => {
    const { upsert, update, remove, getByEmail, events } = await openContacts(await createLocation())
    // Two bytes a letter.
    const half = 'è'.repeat(2 ** 18 - 16)
    const { id } = (await upsert({ ...anna, customFields: { one: half } })).body
    await update(id, { customFields: { two: half, plan: '1' } })
    const before = await events()
    const message = expect.stringMatching(/^expected at most 1048576 bytes of JSON .* found 1572\d\d\d\. .* to null$/)
    const large = { status: 422, details: [{ field: 'customFields', message }] }
    await expect(update(id, { customFields: { three: half } })).rejects.toMatchObject(large)
    await expect(upsert({ ...anna, customFields: { three: half } })).rejects.toMatchObject(large)
    expect(await events()).toEqual(before)
    await update(id, { customFields: { one: null, three: half } })
    expect((await getByEmail(anna.email))?.custom_fields).toEqual({ one: null, two: half, three: half, plan: '1' })
    await remove(id)
  })

  test('an update changes what was sent and keeps everything else', async () => {
    const { upsert, update, events } = await openContacts(await createLocation())
    const { id } = (await upsert({ ...anna, marketingConsent: { email: true, whatsapp: false } })).body
    const answer = await update(id, { customFields: { address: { city: 'Torino' }, tags: null } })
    expect(answer).toEqual({ status: 200, body: { id, phone: anna.phone } })
    const { contact, changes } = last(await events())
    expect(contact).toMatchObject({
      email: anna.email,
      phone: anna.phone,
      custom_fields: { plan: 'free', address: { city: 'Torino', zip: '00100' }, tags: null },
      marketing_consent: { email: true, whatsapp: false },
    })
    expect(changes).toEqual([
      { field: 'customFields.address.city', before: 'Roma', after: 'Torino' },
      { field: 'customFields.tags', before: ['a', 'b'], after: null },
    ])
  })

  test('a consent channel that is left out stays, and one that changes fires an event of its own', async () => {
    const { upsert, update, events } = await openContacts(await createLocation())
    const { id } = (await upsert({ email: 'a@example.com', marketingConsent: { whatsapp: true } })).body
    await update(id, { marketingConsent: { email: false }, customFields: { plan: 'pro' } })
    const consent = { field: 'marketingConsent.email', before: null, after: false }
    expect((await events()).map(({ type, changes }) => ({ type, changes }))).toEqual([
      { type: 'contact.created', changes: [expect.objectContaining({ field: 'email' }), whatsappOptIn] },
      { type: 'contact.consent_changed', changes: [whatsappOptIn] },
      { type: 'contact.updated', changes: [{ field: 'customFields.plan', before: null, after: 'pro' }, consent] },
      { type: 'contact.consent_changed', changes: [consent] },
    ])
    expect(last(await events()).contact.marketing_consent).toEqual({ email: false, whatsapp: true })
  })

  test('an update that changes nothing writes nothing and fires nothing', async () => {
    const { upsert, update, events, written } = await openContacts(await createLocation())
    const { id } = (await upsert({ ...anna, marketingConsent: { email: true } })).body
    const before = await written()
    await update(id, {})
    await update(id, { ...anna, marketingConsent: { email: true } })
    await update(id, { customFields: { address: {}, tags: ['a', 'b'] } })
    await upsert({ ...anna, marketingConsent: {} })
    expect(await written()).toBe(before)
    expect(await events()).toHaveLength(2)
  })

  test('an update takes no more statements than it needs', async () => {
    const { upsert, context } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    const kinds: (string | undefined)[] = []
    const database: Database = {
      ...context.database,
      transaction: (work) =>
        context.database.transaction((query) =>
          work((sql, values) => {
            kinds.push(/\w+/.exec(sql)?.[0])
            return query(sql, values)
          }),
        ),
    }
    const { update } = contactsOf({ ...context, database })
    await update(id, anna)
    expect(kinds.splice(0)).toEqual(['SELECT'])
    await update(id, { customFields: { plan: 'pro' }, marketingConsent: { email: true } })
    expect(kinds.splice(0)).toEqual(['SELECT', 'UPDATE', 'INSERT'])
    await update(id, { email: 'new@example.com', phone: '+391111' })
    expect(kinds.splice(0)).toEqual(['SELECT', 'SELECT', 'UPDATE', 'INSERT'])
  })

  test('a missing field set to null is stored, and is no change', async () => {
    const { upsert, update, events, getByEmail } = await openContacts(await createLocation())
    const { id } = (await upsert({ email: 'a@example.com' })).body
    await update(id, { customFields: { plan: null } })
    expect((await getByEmail('a@example.com')).custom_fields).toEqual({ plan: null })
    expect(await events()).toHaveLength(1)
  })

  test('a number that JSON cannot write is no change when it is sent again', async () => {
    const { upsert, update, events } = await openContacts(await createLocation())
    const { id } = (await upsert({ email: 'a@example.com' })).body
    const customFields = JSON.parse('{"zero": -0, "huge": [1e999]}')
    await update(id, { customFields })
    await update(id, { customFields })
    expect(await events()).toHaveLength(2)
  })

  test('an unknown contact is not found, and an update creates none', async () => {
    const { update, remove, getByEmail, events } = await openContacts(await createLocation())
    await expect(update(42, { email: 'a@example.com' })).rejects.toMatchObject(notFound)
    await expect(update(Number.MAX_SAFE_INTEGER, {})).rejects.toMatchObject(notFound)
    await expect(remove(42)).rejects.toMatchObject(notFound)
    await expect(getByEmail('a@example.com')).rejects.toMatchObject(notFound)
    expect(await events()).toEqual([])
  })

  test('a company neither sees nor disturbs the contacts of another', async () => {
    const location = await createLocation()
    const { upsert, context } = await openContacts(location)
    const other = contactsOf({ ...context, company: 8 })
    const { id } = (await upsert(anna)).body
    await expect(other.update(id, { phone: '+391' })).rejects.toMatchObject(notFound)
    await expect(other.remove(id)).rejects.toMatchObject(notFound)
    await expect(other.getByEmail(anna.email)).rejects.toMatchObject(notFound)
    expect((await other.upsert(anna)).body.id).not.toBe(id)
  })

  test('a deleted contact is not found until an update restores it with the new data', async () => {
    const { upsert, update, remove, getByEmail, events } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    expect(await remove(id)).toEqual({ status: 204, body: undefined })
    await expect(getByEmail(anna.email)).rejects.toMatchObject(notFound)
    await expect(remove(id)).rejects.toMatchObject(notFound)
    await update(id, { customFields: { plan: 'pro' }, marketingConsent: { whatsapp: true } })
    expect(await getByEmail(anna.email)).toMatchObject({
      id,
      deleted: false,
      custom_fields: { plan: 'pro', tags: ['a', 'b'] },
    })
    const [, deleted, restored, consent] = await events()
    expect(deleted).toMatchObject({
      type: 'contact.deleted',
      changes: [],
      contact: { deleted: true, status: 'deleted', email: anna.email },
    })
    expect(restored).toMatchObject({
      type: 'contact.restored',
      changes: [{ field: 'customFields.plan', before: 'free', after: 'pro' }, whatsappOptIn],
    })
    expect(consent).toMatchObject({ type: 'contact.consent_changed', changes: [whatsappOptIn] })
  })

  test.each([
    ['update', {}],
    ['upsert by email', { email: 'ANNA@example.com' }],
    ['upsert by phone', { phone: '+393391234567' }],
  ])('a deleted contact is restored by an %s that has nothing new', async (how, body) => {
    const { upsert, update, remove, events } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    await remove(id)
    const answer = how === 'update' ? await update(id, body) : await upsert(body as ContactUpsert)
    expect(answer.body.id).toBe(id)
    expect(last(await events()).type).toBe('contact.restored')
  })

  test('an upsert that matches by phone replaces the email', async () => {
    const { upsert, getByEmail } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    expect((await upsert({ email: 'new@example.com', phone: anna.phone })).body.id).toBe(id)
    expect((await getByEmail('new@example.com')).id).toBe(id)
    await expect(getByEmail(anna.email)).rejects.toMatchObject(notFound)
  })

  test('an upsert that matches by email replaces the phone', async () => {
    const { upsert } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    expect((await upsert({ email: anna.email, phone: '+391111' })).body).toEqual({ id, phone: '+391111' })
  })

  test('an upsert whose email and phone belong to two contacts is refused and changes nothing', async () => {
    const { upsert, written } = await openContacts(await createLocation())
    const byEmail = (await upsert({ email: 'a@example.com' })).body.id
    const byPhone = (await upsert({ phone: '+391111' })).body.id
    const before = await written()
    await expect(upsert({ email: 'A@example.com', phone: '+391111', customFields: { a: 1 } })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`contact ${byEmail} and the phone to contact ${byPhone}`),
      details: [
        { field: 'email', contact: byEmail },
        { field: 'phone', contact: byPhone },
      ],
    })
    expect(await written()).toBe(before)
  })

  test('an update that takes the email or phone of another contact, even a deleted one, is refused', async () => {
    const { upsert, update, remove, written } = await openContacts(await createLocation())
    const { id } = (await upsert({ email: 'a@example.com' })).body
    const other = (await upsert(anna)).body.id
    await remove(other)
    const before = await written()
    await expect(update(id, { email: 'ANNA@example.com' })).rejects.toMatchObject({
      status: 409,
      message: expect.stringContaining(`Contact ${other} has this email.`),
      details: [{ field: 'email', contact: other }],
    })
    await expect(update(id, { phone: anna.phone })).rejects.toMatchObject({
      status: 409,
      details: [{ field: 'phone', contact: other }],
    })
    expect(await written()).toBe(before)
  })

  test('the case of an email can be changed', async () => {
    const { upsert, update, getByEmail } = await openContacts(await createLocation())
    const { id } = (await upsert(anna)).body
    await update(id, { email: 'Anna@Example.com' })
    expect((await getByEmail(anna.email)).email).toBe('Anna@Example.com')
  })

  test('a refused write leaves no event', async () => {
    const { upsert, update, events } = await openContacts(await createLocation())
    const { id } = (await upsert({ email: 'a@example.com' })).body
    await upsert(anna)
    await expect(update(id, { email: anna.email })).rejects.toMatchObject({ status: 409 })
    expect(await events()).toHaveLength(2)
  })

  test('fifty updates of one contact at the same time lose no field', async () => {
    const replicas = await openReplicas(name, createLocation)
    const { upsert, getByEmail, events } = replicas[0]
    const { id } = (await upsert(anna)).body
    const numbers = Array.from({ length: 50 }, (_, index) => index)
    await Promise.all(
      numbers.map((index) =>
        replicas[index % 2 ? 0 : 1].update(id, {
          customFields: { [`field${index}`]: index, shared: { [index]: index } },
        }),
      ),
    )
    const { custom_fields } = await getByEmail(anna.email)
    expect(custom_fields).toMatchObject(Object.fromEntries(numbers.map((index) => [`field${index}`, index])))
    expect(custom_fields.shared).toEqual(Object.fromEntries(numbers.map((index) => [index, index])))
    expect(await events()).toHaveLength(51)
  })

  test('upserts of one new email at the same time make one contact', async () => {
    const replicas = await openReplicas(name, createLocation)
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        replicas[index % 2 ? 0 : 1].upsert({ email: anna.email, customFields: { [index]: index } }),
      ),
    )
    expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1)
    const { custom_fields } = await replicas[0].getByEmail(anna.email)
    expect(Object.keys(custom_fields)).toHaveLength(20)
    const types = (await replicas[0].events()).map(({ type }) => type)
    expect(types).toEqual(['contact.created', ...Array(19).fill('contact.updated')])
  })

  test('of two contacts that take one phone at the same time, one is refused', async () => {
    const replicas = await openReplicas(name, createLocation)
    const first = (await replicas[0].upsert({ email: 'a@example.com' })).body.id
    const second = (await replicas[0].upsert({ email: 'b@example.com' })).body.id
    const outcomes = await Promise.allSettled([
      replicas[0].update(first, { phone: anna.phone }),
      replicas[1].update(second, { phone: anna.phone }),
    ])
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    const reason = outcomes.find((outcome) => outcome.status === 'rejected')?.reason
    expect(reason).toMatchObject({ name: 'Refusal', status: 409, details: [{ field: 'phone' }] })
  })
})

test('a write that loses to concurrent ones again and again is refused, not repeated for ever', async () => {
  const { context } = await openContacts(':memory:')
  let attempts = 0
  const database: Database = {
    ...context.database,
    async transaction() {
      attempts++
      throw new UniqueViolation('taken')
    },
  }
  await expect(contactsOf({ ...context, database }).upsert(anna)).rejects.toMatchObject({ status: 409 })
  expect(attempts).toBe(5)
})

const anna = {
  email: 'anna@example.com',
  phone: '+393391234567',
  customFields: { plan: 'free', address: { city: 'Roma', zip: '00100' }, tags: ['a', 'b'] },
}

const whatsappOptIn = { field: 'marketingConsent.whatsapp', before: null, after: true }

type Contacts = ReturnType<typeof contactsOf>

/** Two replicas on one PostgreSQL; one sandbox, twice, on SQLite. */
async function openReplicas(name: string, createLocation: () => Promise<string>): Promise<[Contacts, Contacts]> {
  const location = await createLocation()
  const first = await openContacts(location)
  return [first, name === 'PostgreSQL' ? await openContacts(location) : first]
}

async function openContacts(location: string): Promise<Contacts> {
  return contactsOf(await createContext(location, { now: () => Date.UTC(2026, 0, 1) }))
}

function contactsOf(context: Context) {
  const { query } = context.database
  const nothing = { path: {}, query: {}, body: undefined }
  return {
    context,
    upsert: (body: ContactUpsert) => contactHandlers.upsertContact({ ...nothing, body }, context),
    update: (id: number, body: ContactUpdate) =>
      contactHandlers.updateContactById({ ...nothing, path: { id }, body }, context),
    remove: (id: number) => contactHandlers.deleteContact({ ...nothing, path: { id } }, context),
    async getByEmail(email: string) {
      const { body } = await contactHandlers.getContactByEmail({ ...nothing, path: { email } }, context)
      return body.data
    },
    async events() {
      return (await query<EventRow>('SELECT * FROM events ORDER BY sequence')).map(toEvent)
    },
    /** All that is stored, as text. */
    async written() {
      const contacts = await query('SELECT * FROM contacts ORDER BY id')
      return JSON.stringify([contacts, await query('SELECT * FROM events ORDER BY sequence')])
    },
  }
}

function last<T>(list: readonly T[]): T {
  const item = list.at(-1)
  if (item === undefined) throw new Error('Expected something in the list, found nothing')
  return item
}
