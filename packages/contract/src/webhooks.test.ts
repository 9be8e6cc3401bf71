import { schemas } from '@minimo/api-types/schemas'
import { createMinimoClient } from '@minimo/client'
import { createWebhookVerifier, readContact } from '@minimo/client/webhooks'
import { createSandbox, demoKey, eventTypes } from '@minimo/sandbox'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'

const webhookSecret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'

const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }))
ajv.addSchema(schemas, 'spec')
const isEvent = ajv.compile({ $ref: 'spec#/components/schemas/ContactEvent' })

it('what the sandbox tells webhooks is what the client verifies and gives types to', async () => {
  const told: { body: string; headers: Record<string, string> }[] = []
  const sandbox = await createSandbox({
    webhookSecret,
    automations: eventTypes.map((when) => ({ name: when, when, webhook: 'http://localhost:9/' })),
    fetch: async (_, { body, headers }) => {
      told.push({ body: String(body), headers: headers as Record<string, string> })
      return new Response(null, { status: 204 })
    },
  })
  const minimo = createMinimoClient({ apiKey: demoKey, fetch: sandbox.fetch })
  const { id } = await minimo.contacts.upsert({ email: 'anna@example.com', customFields: { PLAN_NAME: 'free' } })
  await minimo.contacts.update(id, { customFields: { PLAN_NAME: 'pro' }, marketingConsent: { email: false } })
  await minimo.contacts.delete(id)
  await minimo.contacts.update(id, { phone: '+390212345678' })
  await sandbox.idle()
  const stored = await sandbox.events()
  await sandbox.close()

  for (const { body } of told) {
    isEvent(JSON.parse(body))
    expect(isEvent.errors ?? []).toEqual([])
  }
  const verify = createWebhookVerifier<{ PLAN_NAME: string }>(webhookSecret)
  const events = told.map(({ body, headers }) => verify(body, headers))
  expect(new Set(events.map(({ type }) => type))).toEqual(new Set(eventTypes))
  for (const { type, timestamp, data } of events) {
    expect(data).toMatchObject({ id: expect.stringMatching(/^evt_/), company: 1, automation: type })
    expect([data.contact.id, Number.isInteger(data.sequence)]).toEqual([id, true])
    expect(new Date(timestamp).toISOString()).toBe(timestamp)
    expect(Object.keys(data.contact.marketingConsent).sort()).toEqual(['email', 'whatsapp'])
  }
  const updated = events.find(({ type }) => type === 'contact.updated')?.data
  expect(updated?.contact.customFields.PLAN_NAME).toBe('pro')
  expect(updated?.changes).toContainEqual({ field: 'customFields.PLAN_NAME', before: 'free', after: 'pro' })
  const consent = events.find(({ type }) => type === 'contact.consent_changed')?.data
  expect(consent?.contact.marketingConsent).toEqual({ email: false, whatsapp: null })
  expect(new Set(events.map((event) => event.id)).size).toBe(told.length)
  const last = stored.at(-1)
  expect(last && readContact(last.contact)).toEqual(events.find(({ data }) => data.id === last?.id)?.data.contact)
})

it('the description names the events that the sandbox has', () => {
  expect(schemas.components.schemas.ContactEvent).toMatchObject({ properties: { type: { enum: [...eventTypes] } } })
})
