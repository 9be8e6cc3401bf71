import { createMinimoClient, isApiError, type MinimoClient } from '@minimo/client'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Target } from './target.ts'
import { statefulTargets } from './targets.ts'

/** A partner's own contact: unique, so that a story leaves everyone else's alone. */
const newEmail = () => `story-${crypto.randomUUID()}@example.com`

const notFound = (error: unknown) => isApiError(error, 404)

describe.each(statefulTargets)('%s', (_, start) => {
  let target: Target
  let minimo: MinimoClient
  beforeAll(async () => {
    target = await start()
    minimo = createMinimoClient({ ...target.connection, apiKey: target.apiKey })
  })
  beforeEach(() => target.reset?.())
  afterAll(() => target.close())

  it('a contact is created, read, merged, deleted, gone, and restored with what it had', async () => {
    const email = newEmail()
    const { id } = await minimo.contacts.upsert({ email, customFields: { plan: 'free', address: { city: 'Torino' } } })
    expect(await minimo.contacts.getByEmail(email)).toMatchObject({ id, email, deleted: false })

    await minimo.contacts.update(id, { customFields: { plan: 'pro', address: { zip: '10121' } } })
    const merged = { plan: 'pro', address: { city: 'Torino', zip: '10121' } }
    expect((await minimo.contacts.getByEmail(email)).customFields).toEqual(merged)

    await minimo.contacts.delete(id)
    await expect(minimo.contacts.getByEmail(email)).rejects.toSatisfy(notFound)
    await expect(minimo.contacts.delete(id)).rejects.toSatisfy(notFound)

    await minimo.contacts.update(id, { customFields: { seats: 5 } })
    const restored = await minimo.contacts.getByEmail(email)
    expect(restored).toMatchObject({ id, deleted: false, customFields: { ...merged, seats: 5 } })
    await minimo.contacts.delete(id)
  })

  it('an upsert finds a contact by its email in any case, and restores it', async () => {
    const email = newEmail()
    const { id } = await minimo.contacts.upsert({ email })
    await minimo.contacts.delete(id)
    expect(await minimo.contacts.upsert({ email: email.toUpperCase() })).toMatchObject({ id })
    expect(await minimo.contacts.getByEmail(email)).toMatchObject({ id, deleted: false })
    await minimo.contacts.delete(id)
  })

  it('a list or null replaces what a custom field held; an object is merged into it', async () => {
    const email = newEmail()
    const customFields = { tags: ['a', 'b'], plan: 'pro', address: { city: 'Torino' } }
    const { id } = await minimo.contacts.upsert({ email, customFields })
    await minimo.contacts.update(id, { customFields: { tags: ['c'], plan: null, address: { zip: null } } })
    const stored = (await minimo.contacts.getByEmail(email)).customFields
    expect(stored).toEqual({ tags: ['c'], plan: null, address: { city: 'Torino', zip: null } })
    await minimo.contacts.delete(id)
  })

  it('an email that another contact has is refused, and both stay as they were', async () => {
    const [first, second] = [newEmail(), newEmail()]
    const { id } = await minimo.contacts.upsert({ email: first })
    const other = await minimo.contacts.upsert({ email: second })
    const taken = minimo.contacts.update(id, { email: second, customFields: { plan: 'pro' } })
    await expect(taken).rejects.toSatisfy((error) => isApiError(error, 409) && error.code === 'duplicate_resource')
    expect(await minimo.contacts.getByEmail(first)).toMatchObject({ id, customFields: {} })
    expect(await minimo.contacts.getByEmail(second)).toMatchObject({ id: other.id })
    await minimo.contacts.delete(id)
    await minimo.contacts.delete(other.id)
  })
})
