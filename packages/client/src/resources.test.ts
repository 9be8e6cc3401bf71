import { expect, it, vi } from 'vitest'
import type { Fetch } from './core.ts'
import { createMinimoClient, type MinimoClient, type MinimoClientOptions } from './minimo-client.ts'

/** A client that gets one answer, and the requests it made. */
function clientThatGets(answer: Response, options: MinimoClientOptions = {}) {
  const fetch = vi.fn<Fetch>(async () => answer)
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', fetch, retries: 0, ...options })
  const requests = () =>
    fetch.mock.calls.map(([url, { method, body }]) => [`${method} ${url}`, ...(body ? [body] : [])])
  return { minimo, requests, fetch }
}

const contact = {
  id: 42,
  email: 'anna@example.com',
  phone: null,
  status: 'active',
  source: 'API',
  custom_fields: { FIRST_NAME: 'Anna', first_pet: { pet_name: 'Rex' }, tag_list: [{ tag_name: 'a' }] },
  company: 7,
  deleted: false,
  external_id: 'x',
  external_connection_id: null,
  new_field: { inner_name: 1 },
}
const contactRead = {
  id: 42,
  email: 'anna@example.com',
  phone: null,
  status: 'active',
  source: 'API',
  customFields: { FIRST_NAME: 'Anna', first_pet: { pet_name: 'Rex' }, tag_list: [{ tag_name: 'a' }] },
  company: 7,
  deleted: false,
  externalId: 'x',
  externalConnectionId: null,
  newField: { inner_name: 1 },
}
const field = {
  id: 1,
  key: 'CITY',
  displayName: 'City',
  type: 'geo_point',
  category: null,
  visibility: true,
  source: 'API',
  new_field: 1,
}
const groups = { groups: [{ category: 'uncategorized', fields: [field] }], total: 1 }
const template = {
  id: 't1',
  name: 'order_shipped',
  language: 'it',
  status: 'PAUSED',
  category: 'UTILITY',
  created_at: '2024-01-01T00:00:00Z',
  modified_at: '2024-01-02T00:00:00Z',
  rejected_reason: null,
  quality_score: { score: 'GREEN', reasons: null },
  components: [{ type: 'BODY', text: 'Ciao {{1}}', new_field: 1 }],
}
const templateRead = {
  id: 't1',
  name: 'order_shipped',
  language: 'it',
  status: 'PAUSED',
  category: 'UTILITY',
  createdAt: '2024-01-01T00:00:00Z',
  modifiedAt: '2024-01-02T00:00:00Z',
  rejectedReason: null,
  qualityScore: { score: 'GREEN', reasons: null },
  components: [{ type: 'BODY', text: 'Ciao {{1}}', new_field: 1 }],
}
const upsert = { email: 'anna@example.com', customFields: { FIRST_NAME: 'Anna', a_b: { c_d: 1 } } }
const whatsappMessage = {
  recipient: '+393391234567',
  type: 'template' as const,
  template: { name: 'order_shipped', languageCode: 'it' },
}
const email = { to: 'anna@example.com', subject: 'Ciao', html: '<p>Ciao</p>' }
const sent = { id: 'e1', status: 'sent', messageId: 'm1', statsUrl: 'https://api.minimo.it/s', new_field: 1 }
const failed = { id: 'e1', status: 'failed', failureReason: 'bounced' }
const emailStats = { id: 'e1', status: 'queued', to: 'a@b.it', subject: 's', opened: false, clickCount: 0 }
const totals = { created: '2024-01-01', openRate: '85%', clickRate: '2%', totalMessagesSent: 3 }
const emailTemplates = [{ id: 1, name: 'Hi', created: '2024-01-01', updated: '2024-01-02' }]
const templateMessage = { templateId: '1', recipient: 'a@b.it', customFields: { a_b: 1 } }

interface Case {
  does: (minimo: MinimoClient) => Promise<unknown>
  /** Method, URL and body. */
  request: [string, string?]
  /** What the API answers, where there is no envelope. */
  answer: unknown
  gives: unknown
}

const api = 'https://api.minimo.it/public/v1'
const app = 'https://app.minimo.it/api'

const wrapped: Record<string, Case> = {
  'contacts.getByEmail': {
    does: (minimo) => minimo.contacts.getByEmail('anna+1@example.com'),
    request: [`GET ${api}/contacts/by-email/anna%2B1%40example.com`],
    answer: contact,
    gives: contactRead,
  },
  'customFields.list': {
    does: (minimo) => minimo.customFields.list(),
    request: [`GET ${api}/custom-fields`],
    answer: [field],
    gives: [field],
  },
  'customFields.listByCategory': {
    does: (minimo) => minimo.customFields.listByCategory(),
    request: [`GET ${api}/custom-fields?groupBy=category`],
    answer: groups,
    gives: groups,
  },
  'customFields.create': {
    does: (minimo) => minimo.customFields.create({ key: 'CITY', displayName: 'City', type: 'text' }),
    request: [`POST ${api}/custom-fields`, '{"key":"CITY","displayName":"City","type":"text"}'],
    answer: field,
    gives: field,
  },
  'whatsapp.listTemplates': {
    does: (minimo) => minimo.whatsapp.listTemplates(),
    request: [`GET ${api}/templates/whatsapp`],
    answer: [template],
    gives: [templateRead],
  },
  'whatsapp.sendTemplate': {
    does: (minimo) => minimo.whatsapp.sendTemplate(whatsappMessage),
    request: [`POST ${api}/templates/whatsapp/send`, JSON.stringify(whatsappMessage)],
    answer: { success: true },
    gives: { success: true },
  },
  'emails.send': {
    does: (minimo) => minimo.emails.send(email),
    request: [`POST ${api}/emails`, JSON.stringify(email)],
    answer: sent,
    gives: sent,
  },
  'emails.send, not sent': {
    does: (minimo) => minimo.emails.send(email),
    request: [`POST ${api}/emails`, JSON.stringify(email)],
    answer: failed,
    gives: failed,
  },
  'emails.stats': {
    does: (minimo) => minimo.emails.stats('e/1'),
    request: [`GET ${api}/emails/e%2F1/stats`],
    answer: emailStats,
    gives: emailStats,
  },
  'emailTemplates.list': {
    does: (minimo) => minimo.emailTemplates.list(),
    request: [`GET ${app}/templates/email`],
    answer: emailTemplates,
    gives: emailTemplates,
  },
  'transactionals.stats': {
    does: (minimo) => minimo.transactionals.stats('t1'),
    request: [`GET ${api}/transactionals/t1/stats`],
    answer: totals,
    gives: totals,
  },
}

const bare: Record<string, Case> = {
  'contacts.upsert': {
    does: (minimo) => minimo.contacts.upsert(upsert),
    request: [`POST ${api}/contacts`, JSON.stringify(upsert)],
    answer: { id: 42, phone: null },
    gives: { id: 42, phone: null },
  },
  'contacts.update': {
    does: (minimo) => minimo.contacts.update(42, { phone: '+393391234567' }),
    request: [`PUT ${api}/contacts/42`, '{"phone":"+393391234567"}'],
    answer: { id: 42, phone: '+393391234567' },
    gives: { id: 42, phone: '+393391234567' },
  },
  'emailTemplates.send': {
    does: (minimo) => minimo.emailTemplates.send(templateMessage),
    request: [`POST ${app}/templates/email/send`, JSON.stringify(templateMessage)],
    answer: { status: 200 },
    gives: { status: 200 },
  },
}

it.each(Object.entries({ ...wrapped, ...bare }))(
  'S4: %s reads the bare body',
  async (_, { does, request, answer, gives }) => {
    const { minimo, requests } = clientThatGets(Response.json(answer))
    expect(await does(minimo)).toEqual(gives)
    expect(requests()).toEqual([request])
  },
)

it.each(Object.entries(wrapped))(
  'S4: %s reads the body in its envelope',
  async (_, { does, request, answer, gives }) => {
    const { minimo, requests } = clientThatGets(Response.json({ data: answer }))
    expect(await does(minimo)).toEqual(gives)
    expect(requests()).toEqual([request])
  },
)

it('S1: contacts.delete gives nothing', async () => {
  const { minimo, requests } = clientThatGets(new Response(null, { status: 204 }))
  expect(await minimo.contacts.delete(42)).toBeUndefined()
  expect(requests()).toEqual([[`DELETE ${api}/contacts/42`]])
})

const methods: Record<string, (minimo: MinimoClient, headers: Record<string, string>) => Promise<unknown>> = {
  'contacts.upsert': (minimo, headers) => minimo.contacts.upsert(upsert, { headers }),
  'contacts.getByEmail': (minimo, headers) => minimo.contacts.getByEmail('a@b.it', { headers }),
  'contacts.update': (minimo, headers) => minimo.contacts.update(1, {}, { headers }),
  'contacts.delete': (minimo, headers) => minimo.contacts.delete(1, { headers }),
  'customFields.list': (minimo, headers) => minimo.customFields.list({ headers }),
  'customFields.listByCategory': (minimo, headers) => minimo.customFields.listByCategory({ headers }),
  'customFields.create': (minimo, headers) =>
    minimo.customFields.create({ key: 'A', displayName: 'A', type: 'text' }, { headers }),
  'whatsapp.listTemplates': (minimo, headers) => minimo.whatsapp.listTemplates({ headers }),
  'whatsapp.sendTemplate': (minimo, headers) => minimo.whatsapp.sendTemplate(whatsappMessage, { headers }),
  'emails.send': (minimo, headers) => minimo.emails.send(email, { headers }),
  'emails.stats': (minimo, headers) => minimo.emails.stats('1', { headers }),
  'emailTemplates.list': (minimo, headers) => minimo.emailTemplates.list({ headers }),
  'emailTemplates.send': (minimo, headers) => minimo.emailTemplates.send(templateMessage, { headers }),
  'transactionals.stats': (minimo, headers) => minimo.transactionals.stats('1', { headers }),
}
it.each(Object.entries(methods))('R10: %s hands on the options of the call', async (_, does) => {
  const { minimo, fetch } = clientThatGets(Response.json({}))
  await does(minimo, { 'x-a': 'b' })
  expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'x-a': 'b', authorization: 'Bearer mn-1-abc' })
})

it.each(Object.entries(methods))('E3: %s rejects with an ApiError that names its operation', async (_, does) => {
  const { minimo } = clientThatGets(Response.json({ error: 'no' }, { status: 422 }))
  await expect(does(minimo, {})).rejects.toMatchObject({
    name: 'ApiError',
    code: 'validation_error',
    operation: expect.any(String),
  })
})
