// What a partner can write: every method, the plugins, call, raw and core. Compiles under each supported compiler.

import type { ErrorEnvelope, OperationId } from '@minimo/api-types'
import { operations, servers } from '@minimo/api-types'
import {
  type Call,
  type CallOptions,
  ClientError,
  ConnectionError,
  type Contact,
  type ContactUpsert,
  createMinimoClient,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  logger,
  type MinimoClient,
  type Plugin,
  rateLimit,
  type WhatsAppTemplate,
} from '@minimo/client'
import {
  auth,
  createApiClient,
  type IsApiError,
  isApiError as isAnyApiError,
  readBody,
  retry,
} from '@minimo/client/core'

type Fields = { plan: 'free' | 'pro'; age: number }

const timing: Plugin = (next) => async (call: Call) => {
  const response = await next({
    ...call,
    request: { ...call.request, headers: { ...call.request.headers, 'x-a': 'b' } },
  })
  console.log(call.operation.id, call.operation.path, call.attempt, call.options.retries, response.status)
  return response
}

export function create(): MinimoClient<Fields> {
  createMinimoClient()
  createMinimoClient({
    apiKey: async () => 'key',
    plugins: (builtIn) => [timing, logger(console.log), rateLimit({ perSecond: 10 }), ...builtIn],
  })
  return createMinimoClient<Fields>({
    apiKey: 'key',
    baseUrl: { app: 'https://app.example.com' },
    timeout: false,
    deadline: 60_000,
    retries: 3,
    maxRetryAfter: 1000,
    headers: { 'x-team': 'crm', 'x-none': null },
    plugins: [timing],
    fetch: (url, init) => fetch(url, init),
    dangerouslyAllowBrowser: true,
  })
}

export async function contacts(minimo: MinimoClient<Fields>): Promise<string> {
  const input: ContactUpsert<Fields> = { email: 'anna@example.com', customFields: { plan: 'pro' } }
  const { id, phone } = await minimo.contacts.upsert(input, { retries: 0, timeout: 500 })
  await minimo.contacts.update(id, { phone: '+39', marketingConsent: { email: true } })
  const contact: Contact<Fields> = await minimo.contacts.getByEmail('anna@example.com')
  const nothing = await minimo.contacts.delete(contact.id)
  const plan: 'free' | 'pro' | undefined = contact.customFields.plan
  return [phone, nothing, plan, contact.email, contact.externalConnectionId].join()
}

export async function messages(minimo: MinimoClient, signal: AbortSignal): Promise<string> {
  const options: CallOptions = { signal, headers: { 'x-a': null }, plugins: [timing], deadline: false }
  const templates: WhatsAppTemplate[] = await minimo.whatsapp.listTemplates(options)
  const { success } = await minimo.whatsapp.sendTemplate({
    recipient: '+391234',
    type: 'template',
    template: { name: templates[0]?.name ?? 'welcome', languageCode: 'it' },
  })
  const sent = await minimo.emails.send({ to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' })
  const outcome = sent.status === 'failed' ? sent.failureReason : sent.messageId
  const stats = await minimo.emails.stats('1')
  const list = await minimo.emailTemplates.list()
  const { status } = await minimo.emailTemplates.send({ templateId: '1', recipient: 'anna@example.com' })
  const totals = await minimo.transactionals.stats('1')
  return [success, outcome, stats, list.length, status, totals].join()
}

export async function customFields(minimo: MinimoClient): Promise<number> {
  const created = await minimo.customFields.create({ key: 'PLAN', displayName: 'Plan', type: 'select', options: ['a'] })
  const fields = await minimo.customFields.list()
  const { groups } = await minimo.customFields.listByCategory()
  return created.key.length + fields.length + groups.length
}

export async function beneath({ call, raw }: MinimoClient): Promise<string | undefined> {
  const { data, response } = await call('getContactByEmail', { path: { email: 'anna@example.com' } }, { retries: 1 })
  const ids: OperationId[] = ['listCustomFields', 'sendEmail']
  await call('listCustomFields', { query: { groupBy: 'category' } })
  await call('listEmailTemplates')
  const answer = await raw.PUT('/public/v1/contacts/{id}', { params: { path: { id: 1 } }, body: { phone: '+39' } })
  const envelope: ErrorEnvelope = { error: { code: ids[0] ?? '', message: response.statusText } }
  return answer.error ? envelope.error.code : String(data.custom_fields.plan)
}

export function core() {
  const plugins = () => [retry({ random: () => 0 }), auth('key'), readBody]
  const one = createApiClient(operations, { baseUrl: 'https://example.com', plugins })
  const each = createApiClient(operations, { baseUrl: servers, apiKey: 'key' })
  return [one.call('listCustomFields'), each.call('listEmailTemplates')]
}

const isListError = isAnyApiError as IsApiError<typeof operations>

export function failures(error: unknown): string {
  if (isRateLimitError(error)) return `${error.retryAfterMs} ${error.attempts}`
  if (isApiError(error, 404)) return `${error.code} ${error.requestId} ${error.headers.get('x')} ${String(error.body)}`
  if (isApiError(error, 'updateContactById') && error.status === 409) return error.body.error.message
  if (isListError(error, 'listCustomFields') && error.status === 400) return error.body.error.message
  if (isConnectionError(error)) return `${error.requestSent} ${error instanceof ConnectionError}`
  if (isTimeoutError(error)) return error.limit === 'deadline' ? error.message : error.name
  if (isResponseParseError(error)) return error.bodyStart
  return error instanceof ClientError ? (error.operation ?? '') : ''
}
