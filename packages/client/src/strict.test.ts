import { expect, it, vi } from 'vitest'
import type { Operation } from './core/call.ts'
import { createPerformer } from './core/performer.ts'
import type { Fetch } from './core/transport.ts'
import { ClientError, createMinimoClient } from './index.ts'
import { strict } from './strict.ts'

function createClient() {
  const fetch = vi.fn<Fetch>(async () => Response.json({ id: 1, phone: null }))
  return { fetch, minimo: createMinimoClient({ apiKey: 'mn-1-abc', fetch, plugins: [strict()] }) }
}

it.each([
  [{ marketing_consent: { email: false } }, 'body.marketing_consent', 'marketingConsent'],
  [{ marketingConsent: { mail: false } }, 'body.marketingConsent.mail', 'email'],
  [{ customfields: { plan: 'pro' } }, 'body.customfields', 'customFields'],
  [{ Email: 'zq@example.com' }, 'body.Email', 'email'],
])('%j is refused before anything is sent, naming %s and %s', async (body, place, meant) => {
  const { fetch, minimo } = createClient()
  const error: unknown = await minimo.contacts.update(1, body as object).catch((error: unknown) => error)
  expect(error).toBeInstanceOf(ClientError)
  expect((error as Error).message).toBe(
    `PUT /public/v1/contacts/{id}: ${place} is not a field of the API; did you mean ${meant}?; nothing was sent`,
  )
  expect(fetch).not.toHaveBeenCalled()
})

it('a key that is like no other is told with those that there are', async () => {
  const { minimo } = createClient()
  const sent = minimo.contacts.update(1, { newsletter: true } as object)
  await expect(sent).rejects.toThrow('body.newsletter is not a field of the API; it knows email, phone, customFields,')
})

it('finds keys in lists and in every alternative of a schema', async () => {
  const { minimo } = createClient()
  const template = { name: 'a', languageCode: 'it', components: [{ type: 'BODY', parameter: [] }] }
  const sent = minimo.whatsapp.sendTemplate({ recipient: '+39', type: 'template', template } as never)
  await expect(sent).rejects.toThrow('body.template.components[0].parameter is not a field')
  await expect(minimo.contacts.upsert({ email: 'a@b.it', fone: '+39' } as never)).rejects.toThrow('did you mean phone')
})

it('passes what the API knows, custom fields of any name and depth, and calls without a body', async () => {
  const { fetch, minimo } = createClient()
  const customFields = { mail: 1, deep: { marketing_consent: [{ a: 1 }] } }
  await minimo.contacts.upsert({ email: 'a@b.it', phone: '+39', customFields, marketingConsent: { whatsapp: true } })
  await minimo.contacts.delete(1)
  expect(fetch).toHaveBeenCalledTimes(2)
})

it('shows no key that is no name: it may be an address', async () => {
  const { minimo } = createClient()
  const error: unknown = await minimo.contacts
    .update(1, { 'zq@example.com': true } as object)
    .catch((error: unknown) => error)
  expect((error as Error).message).toContain('body.[a key of 14 characters] is not a field')
  expect((error as Error).message).not.toContain('zq@')
})

it('passes a body that is not JSON, as whoever wrote it means it', async () => {
  const { minimo } = createClient()
  const { response } = await minimo.raw.PUT('/public/v1/contacts/{id}', {
    params: { path: { id: 1 } },
    body: {},
    bodySerializer: () => 'no json',
  })
  expect(response.status).toBe(200)
})

const addingTo = (schema: Record<string, unknown>, body: object) => {
  const add: Operation = { id: 'add', method: 'POST', path: '/nodes', server: 'api', retry: 'never' }
  const known = { operations: { add: { body: { content: { 'application/json': { schema } } } } } }
  const fetch = async () => Response.json({})
  const perform = createPerformer([add], { baseUrl: 'https://api.example.com', fetch, plugins: [strict(known)] })
  return perform(add, { body })
}

it.each<[what: string, schema: Record<string, unknown>]>([
  ['an object that is closed and names none', { additionalProperties: false }],
  ['an object whose keys follow a pattern', { patternProperties: { '^x-': {} }, additionalProperties: false }],
  ['parts that demand a key', { allOf: [{ properties: { a: {} } }, { type: 'object', required: ['a'] }] }],
])('refuses an unknown key in %s', async (_, schema) => {
  await expect(addingTo(schema, { b: 1 })).rejects.toThrow('body.b is not a field of the API; it knows')
})

it.each<[what: string, schema: Record<string, unknown>]>([
  ['an alternative that is any object', { anyOf: [{ properties: { a: {} } }, { type: 'object' }] }],
  ['a pattern that the key follows', { patternProperties: { '^b': {} }, additionalProperties: false }],
  ['a schema for all other keys', { properties: { a: {} }, additionalProperties: { type: 'number' } }],
])('takes any key that %s allows', async (_, schema) => {
  await expect(addingTo(schema, { b: 1 })).resolves.toBeDefined()
})

it('works with the schemas of any API, also those that refer to themselves', async () => {
  const Node = { type: 'object', properties: { name: {}, child: { $ref: '#/components/schemas/Node' } } }
  const known = {
    components: { schemas: { Node } },
    operations: {
      add: { body: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Node' } } } } },
    },
  }
  const add: Operation = { id: 'add', method: 'POST', path: '/nodes', server: 'api', retry: 'never' }
  const fetch = async () => Response.json({})
  const perform = createPerformer([add], { baseUrl: 'https://api.example.com', fetch, plugins: [strict(known)] })
  await perform(add, { body: { name: 1, child: { child: { name: 2 } } } })
  const sent = perform(add, { body: { child: { child: { nam: 2 } } } })
  await expect(sent).rejects.toThrow(/body\.child\.child\.nam .*mean name/)
})
