import { operations } from '@minimo/api-types'
import { expect, it, vi } from 'vitest'
import type { CallOptions, Fetch, OperationRow, Plugin } from './core.ts'
import { createMinimoClient, type MinimoClient, type MinimoClientOptions } from './minimo-client.ts'
import { type MethodName, methods } from './resources/methods.ts'

/** A client that gets one answer, and the requests it made. */
function clientThatGets(answer: Response, options: MinimoClientOptions = {}) {
  const fetch = vi.fn<Fetch>(async () => answer)
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', fetch, retries: 0, ...options })
  const requests = () =>
    fetch.mock.calls.map(([url, { method, body }]) => [`${method} ${url}`, ...(body ? [body] : [])])
  return { minimo, requests, fetch }
}

const answerOf = (body: unknown) => (body === undefined ? new Response(null, { status: 204 }) : Response.json(body))

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
const emailStats = { id: 'e1', status: 'queued', to: 'a@b.it', subject: 's', opened: false, clickCount: 0 }
const totals = { created: '2024-01-01', openRate: '85%', clickRate: '2%', totalMessagesSent: 3 }
const emailTemplates = [{ id: 1, name: 'Hi', created: '2024-01-01', updated: '2024-01-02' }]
const templateMessage = { templateId: '1', recipient: 'a@b.it', customFields: { a_b: 1 } }

interface Case {
  does: (minimo: MinimoClient, options?: CallOptions) => Promise<unknown>
  /** Method, URL and body. */
  request: [string, string?]
  /** What the API answers, where there is no envelope; `undefined`: nothing. */
  answer: unknown
  gives: unknown
}

const api = 'https://api.minimo.it/public/v1'
const app = 'https://app.minimo.it/api'

/** One call of each method. */
const cases: Partial<Record<MethodName, Case>> = {
  'contacts.getByEmail': {
    does: (minimo, options) => minimo.contacts.getByEmail('anna+1@example.com', options),
    request: [`GET ${api}/contacts/by-email/anna%2B1%40example.com`],
    answer: contact,
    gives: contactRead,
  },
  'customFields.list': {
    does: (minimo, options) => minimo.customFields.list(options),
    request: [`GET ${api}/custom-fields`],
    answer: [field],
    gives: [field],
  },
  'customFields.listByCategory': {
    does: (minimo, options) => minimo.customFields.listByCategory(options),
    request: [`GET ${api}/custom-fields?groupBy=category`],
    answer: groups,
    gives: groups,
  },
  'customFields.create': {
    does: (minimo, options) => minimo.customFields.create({ key: 'CITY', displayName: 'City', type: 'text' }, options),
    request: [`POST ${api}/custom-fields`, '{"key":"CITY","displayName":"City","type":"text"}'],
    answer: field,
    gives: field,
  },
  'whatsapp.listTemplates': {
    does: (minimo, options) => minimo.whatsapp.listTemplates(options),
    request: [`GET ${api}/templates/whatsapp`],
    answer: [template],
    gives: [templateRead],
  },
  'whatsapp.sendTemplate': {
    does: (minimo, options) => minimo.whatsapp.sendTemplate(whatsappMessage, options),
    request: [`POST ${api}/templates/whatsapp/send`, JSON.stringify(whatsappMessage)],
    answer: { success: true },
    gives: { success: true },
  },
  'emails.send': {
    does: (minimo, options) => minimo.emails.send(email, options),
    request: [`POST ${api}/emails`, JSON.stringify(email)],
    answer: sent,
    gives: sent,
  },
  'emails.stats': {
    does: (minimo, options) => minimo.emails.stats('e/1', options),
    request: [`GET ${api}/emails/e%2F1/stats`],
    answer: emailStats,
    gives: emailStats,
  },
  'emailTemplates.list': {
    does: (minimo, options) => minimo.emailTemplates.list(options),
    request: [`GET ${app}/templates/email`],
    answer: emailTemplates,
    gives: emailTemplates,
  },
  'transactionals.stats': {
    does: (minimo, options) => minimo.transactionals.stats('t1', options),
    request: [`GET ${api}/transactionals/t1/stats`],
    answer: totals,
    gives: totals,
  },
  'contacts.upsert': {
    does: (minimo, options) => minimo.contacts.upsert(upsert, options),
    request: [`POST ${api}/contacts`, JSON.stringify(upsert)],
    answer: { id: 42, phone: null },
    gives: { id: 42, phone: null },
  },
  'contacts.update': {
    does: (minimo, options) => minimo.contacts.update(42, { phone: '+393391234567' }, options),
    request: [`PUT ${api}/contacts/42`, '{"phone":"+393391234567"}'],
    answer: { id: 42, phone: '+393391234567' },
    gives: { id: 42, phone: '+393391234567' },
  },
  'emailTemplates.send': {
    does: (minimo, options) => minimo.emailTemplates.send(templateMessage, options),
    request: [`POST ${app}/templates/email/send`, JSON.stringify(templateMessage)],
    answer: { status: 200 },
    gives: { status: 200 },
  },
  'contacts.delete': {
    does: (minimo, options) => minimo.contacts.delete(42, options),
    request: [`DELETE ${api}/contacts/42`],
    answer: undefined,
    gives: undefined,
  },
}

const ids: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(methods).flatMap(([id, names]) => names.map((name) => [name, id])),
)
// Sound for ids of the table: what stands under `~types` has no value.
const rows = operations as object as Readonly<Record<string, OperationRow>>
const each = Object.entries(cases).map(([name, given]) => ({ name, id: ids[name] ?? '', ...given }))
const enveloped = each.filter(({ id }) => rows[id]?.unwrap)

it('every method has a case', () => {
  const missing = Object.keys(ids).filter((name) => !Object.hasOwn(cases, name))
  const where = 'give it one in `cases` of packages/client/src/resources.test.ts'
  expect(missing, `${missing.join(', ')} has no case: ${where}`).toEqual([])
})

it.each(each)('$name calls $id and nothing else', async ({ id, does, answer }) => {
  const called: string[] = []
  const note: Plugin = (next) => (call) => {
    called.push(call.operation.id)
    return next(call)
  }
  await does(clientThatGets(answerOf(answer), { plugins: [note] }).minimo)
  expect(called).toEqual([id])
})

it.each(each)('S4: $name reads the bare body', async ({ does, request, answer, gives }) => {
  const { minimo, requests } = clientThatGets(answerOf(answer))
  expect(await does(minimo)).toEqual(gives)
  expect(requests()).toEqual([request])
})

it.each(enveloped)('S4: $name reads the body in its envelope', async ({ does, request, answer, gives }) => {
  const { minimo, requests } = clientThatGets(answerOf({ data: answer }))
  expect(await does(minimo)).toEqual(gives)
  expect(requests()).toEqual([request])
})

it('S6: an e-mail that was accepted and not sent is no error', async () => {
  const failed = { id: 'e1', status: 'failed', failureReason: 'bounced' }
  const { minimo } = clientThatGets(answerOf({ data: failed }))
  expect(await minimo.emails.send(email)).toEqual(failed)
})

it.each(each)('R10: $name hands on the options of the call', async ({ does, answer }) => {
  const { minimo, fetch } = clientThatGets(answerOf(answer))
  await does(minimo, { headers: { 'x-a': 'b' } })
  expect(fetch.mock.calls[0]?.[1].headers).toMatchObject({ 'x-a': 'b', authorization: 'Bearer mn-1-abc' })
})

it.each(each)('E3: $name rejects with an ApiError that names its operation', async ({ id, does }) => {
  const { minimo } = clientThatGets(Response.json({ error: 'no' }, { status: 422 }))
  await expect(does(minimo)).rejects.toMatchObject({ name: 'ApiError', code: 'validation_error', operation: id })
})
