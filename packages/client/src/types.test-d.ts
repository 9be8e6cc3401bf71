import type {
  ErrorCode,
  ErrorEnvelope,
  OperationId,
  OperationTypes,
  operations,
  ContactUpsert as SpecifiedUpsert,
} from '@minimo/api-types'
import { expectTypeOf } from 'vitest'
import type { IdsLike } from './core/types.ts'
import { createApiClient } from './core.ts'
import {
  ApiError,
  type Contact,
  type ContactUpsert,
  createMinimoClient,
  isApiError,
  isRateLimitError,
  type MinimoClient,
  RateLimitError,
} from './index.ts'
import type { Sent } from './resources/caller.ts'

// Only checked by the compiler, never run: each function states what holds for its client.

/** T1: what cannot work does not compile. */
export async function mistakes(minimo: MinimoClient) {
  // @ts-expect-error an id is a number
  minimo.contacts.delete('42')
  // @ts-expect-error an id is needed
  minimo.contacts.delete()
  // @ts-expect-error an email is text
  minimo.contacts.getByEmail(42)
  // @ts-expect-error a contact needs an email or a phone
  minimo.contacts.upsert({ customFields: {} })
  // @ts-expect-error no such property
  minimo.contacts.upsert({ email: 'a@b.it', mail: 'a@b.it' })
  // @ts-expect-error requests spell it customFields
  minimo.contacts.update(42, { custom_fields: {} })
  // @ts-expect-error consent is per channel
  minimo.contacts.update(42, { marketingConsent: true })
  // @ts-expect-error no subject
  minimo.emails.send({ to: 'a@b.it', html: '' })
  // @ts-expect-error no such option
  minimo.contacts.delete(42, { timeOut: 5 })
  // @ts-expect-error a timeout is a number or false
  minimo.contacts.delete(42, { timeout: true })
  // @ts-expect-error no such method
  minimo.contacts.create({})
  const contact = await minimo.contacts.getByEmail('a@b.it')
  // @ts-expect-error reads come in camelCase
  contact.custom_fields
  // @ts-expect-error no such field
  contact.nickname
  // @ts-expect-error there may be no email
  contact.email.length
}

/** T1: what is right compiles, and gives the types of the API. */
export async function resources(minimo: MinimoClient) {
  const written = await minimo.contacts.upsert({ phone: '+39', marketingConsent: { whatsapp: true } }, { retries: 0 })
  expectTypeOf(written).toEqualTypeOf<{ id: number; phone: string | null }>()
  expectTypeOf(minimo.contacts.delete(1)).toEqualTypeOf<Promise<void>>()
  const contact = await minimo.contacts.getByEmail('a@b.it')
  expectTypeOf(contact).toEqualTypeOf<Contact>()
  expectTypeOf(contact.externalConnectionId).toEqualTypeOf<number | null>()
  const [template] = await minimo.whatsapp.listTemplates()
  expectTypeOf(template?.qualityScore.reasons).toEqualTypeOf<string[] | null | undefined>()
  expectTypeOf(await minimo.customFields.listByCategory()).toHaveProperty('groups')
  expectTypeOf(await minimo.customFields.list()).toBeArray()
}

/** T1: where leaving out is meant, `undefined` may stand, also under `exactOptionalPropertyTypes`. */
export async function leftOut(minimo: MinimoClient, phone: string | undefined, on: boolean | undefined) {
  minimo.contacts.upsert({ email: 'a@b.it', phone, customFields: undefined, marketingConsent: { email: on } })
  minimo.contacts.update(1, { phone, marketingConsent: undefined })
  minimo.emails.send({ to: 'a@b.it', subject: '', html: '', text: phone })
  minimo.customFields.create({ key: 'A', displayName: 'A', type: 'text', category: phone })
  // @ts-expect-error what is needed cannot be left out: neither email nor phone
  minimo.contacts.upsert({ phone })
  // @ts-expect-error nor the subject
  minimo.emails.send({ to: 'a@b.it', subject: phone, html: '' })
}

/** T1: the type of an upsert, which is written by hand for the sake of its errors, is that of the spec. */
export function upsert(specified: SpecifiedUpsert, minimo: MinimoClient) {
  expectTypeOf<ContactUpsert>().toExtend<ExactlySent<SpecifiedUpsert>>()
  return minimo.contacts.upsert(specified)
}
type ExactlySent<T> = Sent<T>

/** T1: ids go back as they come, as numbers or text. */
export async function ids(minimo: MinimoClient) {
  minimo.transactionals.stats(1)
  minimo.transactionals.stats('1')
  minimo.emails.stats(1)
  for (const { id } of await minimo.emailTemplates.list()) {
    minimo.emailTemplates.send({ templateId: id, recipient: 'a@b.it' })
  }
  // @ts-expect-error an id is text or a number
  minimo.transactionals.stats(true)
}

/** T2: without more, custom fields are anything under any name. */
export async function anyCustomFields(minimo: MinimoClient) {
  const { customFields } = await minimo.contacts.getByEmail('a@b.it')
  expectTypeOf(customFields.PLAN).toEqualTypeOf<unknown>()
  minimo.contacts.upsert({ email: 'a@b.it', customFields: { PLAN: 7, other: [] } })
}

/** T2: a client can be told of its custom fields, for reads and writes. */
export async function knownCustomFields() {
  const minimo = createMinimoClient<{ plan: 'free' | 'pro'; age: number }>()
  const { customFields } = await minimo.contacts.getByEmail('a@b.it')
  expectTypeOf(customFields.plan).toEqualTypeOf<'free' | 'pro' | undefined>()
  expectTypeOf(customFields.age).toEqualTypeOf<number | undefined>()
  // @ts-expect-error no such custom field
  customFields.PLAN
  minimo.contacts.upsert({ email: 'a@b.it', customFields: { plan: 'pro' } })
  minimo.contacts.update(1, { customFields: {} })
  // @ts-expect-error no such plan
  minimo.contacts.upsert({ email: 'a@b.it', customFields: { plan: 'gold' } })
  // @ts-expect-error no such custom field
  minimo.contacts.update(1, { customFields: { plans: 'pro' } })
  // @ts-expect-error a client that knows its fields is not one that knows others
  const other: MinimoClient<{ plan: number }> = minimo
  return other
}

/** S5: enums of responses are open, those of requests are not. */
export async function enums(minimo: MinimoClient) {
  const [template] = await minimo.whatsapp.listTemplates()
  if (template?.status === 'APPROVED' || template?.status === 'A_NEW_ONE') return template.category
  const { type } = await minimo.customFields.create({ key: 'A', displayName: 'A', type: 'select', options: ['a'] })
  expectTypeOf<'a_new_one'>().toExtend<typeof type>()
  // @ts-expect-error no such type
  minimo.customFields.create({ key: 'A', displayName: 'A', type: 'a_new_one' })
  // @ts-expect-error the only type of message
  minimo.whatsapp.sendTemplate({ recipient: '+39', type: 'text', template: { name: 'a', languageCode: 'it' } })
  return type
}

/** S6: the message id is there only once the status says so. */
export async function sentOrFailed(minimo: MinimoClient) {
  const result = await minimo.emails.send({ to: 'a@b.it', subject: '', html: '' })
  // @ts-expect-error status was not checked
  result.messageId
  // @ts-expect-error status was not checked
  result.failureReason
  if (result.status === 'failed') {
    expectTypeOf(result.failureReason).toEqualTypeOf<string>()
    // @ts-expect-error a failed email has no message id
    result.messageId
  } else {
    expectTypeOf(result.messageId).toEqualTypeOf<string>()
  }
}

/** T1: call takes and gives what the operation does, with results out of their envelopes. */
export async function calls({ call }: MinimoClient) {
  const contact = await call('getContactByEmail', { path: { email: 'a@b.it' } })
  expectTypeOf(contact.data.custom_fields).toEqualTypeOf<Record<string, unknown>>()
  expectTypeOf(contact.response).toEqualTypeOf<Response>()
  expectTypeOf((await call('deleteContact', { path: { id: 1 } })).data).toEqualTypeOf<undefined>()
  const written = await call('updateContactById', { path: { id: 1 }, body: { phone: '+39' } }, { timeout: false })
  expectTypeOf(written.data).toEqualTypeOf<{ id: number; phone: string | null }>()
  expectTypeOf((await call('listEmailTemplates')).data).items.toHaveProperty('updated')
  expectTypeOf((await call('listCustomFields', {}, { retries: 1 })).data).not.toBeAny()
  expectTypeOf(
    (await call('sendEmailTemplate', { body: { templateId: '1', recipient: 'a@b.it' } })).data,
  ).toEqualTypeOf<{
    status: number
  }>()
  // @ts-expect-error no such operation
  call('getContact', { path: { id: 1 } })
  // @ts-expect-error the types are no operation
  call('~types')
  // @ts-expect-error a path is needed
  call('deleteContact')
  // @ts-expect-error no such path parameter
  call('deleteContact', { path: { email: 'a@b.it' } })
  // @ts-expect-error an id is a number
  call('deleteContact', { path: { id: '1' } })
  // @ts-expect-error a body is needed
  call('updateContactById', { path: { id: 1 } })
  // @ts-expect-error no body is taken
  call('deleteContact', { path: { id: 1 }, body: {} })
  // @ts-expect-error unknown body key
  call('updateContactById', { path: { id: 1 }, body: { mail: 'a@b.it' } })
  // @ts-expect-error unknown query value
  call('listCustomFields', { query: { groupBy: 'name' } })
}

/** T1: of a mistyped operationId, the compiler tells those that begin like it. */
export function likely() {
  expectTypeOf<IdsLike<'updateContact', OperationId>>().toEqualTypeOf<'updateContactById'>()
  expectTypeOf<IdsLike<'zzz', OperationId>>().toEqualTypeOf<OperationId>()
  expectTypeOf<IdsLike<'zzzzzz', OperationId>>().toEqualTypeOf<OperationId>()
}

/** T1: raw is openapi-fetch's client, typed by the document, without its middleware. */
export async function rawCalls({ raw }: MinimoClient) {
  const { data, error, response } = await raw.GET('/public/v1/contacts/by-email/{email}', {
    params: { path: { email: 'a@b.it' } },
  })
  expectTypeOf(data?.data.custom_fields).toEqualTypeOf<Record<string, unknown> | undefined>()
  expectTypeOf(error?.error.code).toEqualTypeOf<string | undefined>()
  expectTypeOf(response).toEqualTypeOf<Response>()
  // @ts-expect-error no such path
  raw.GET('/public/v1/contacts/by-phone/{phone}')
  // @ts-expect-error no such method of the path
  raw.DELETE('/public/v1/custom-fields')
  // @ts-expect-error plugins take the place of middleware
  raw.use
}

/** E7: predicates narrow. */
export function errors(error: unknown) {
  if (isApiError(error, 404)) expectTypeOf(error.status).toEqualTypeOf<404>()
  if (isApiError(error)) {
    if (isApiError(error, 404)) return error.code
    expectTypeOf(error.code).toEqualTypeOf<ErrorCode | (string & {})>()
    expectTypeOf(error.status).toEqualTypeOf<number>()
  }
  if (isRateLimitError(error)) expectTypeOf(error.retryAfterMs).toEqualTypeOf<number | undefined>()
  if (error instanceof ApiError) expectTypeOf(error.body).toEqualTypeOf<unknown>()
  expectTypeOf<RateLimitError>().toExtend<ApiError>()
  return RateLimitError
}

/** E7: the status of an operation's error tells its body, as far as the spec does. */
export function errorsOfOperations(error: unknown) {
  // @ts-expect-error no such operation
  isApiError(error, 'updateContact')
  if (!isApiError(error, 'updateContactById')) return
  expectTypeOf(error).toExtend<ApiError>()
  expectTypeOf(error.code).toEqualTypeOf<ErrorCode | (string & {})>()
  if (error.status === 409) expectTypeOf(error.body).toEqualTypeOf<ErrorEnvelope>()
  if (error.status === 404) expectTypeOf(error.body).toEqualTypeOf<UpdateErrors[404]>()
  // Whatever is on the way may answer it.
  if (error.status === 503) expectTypeOf(error.body).toEqualTypeOf<unknown>()
  // @ts-expect-error no error has this status
  return error.status === 200
}
type UpdateErrors = {
  [Status in keyof OperationTypes['updateContactById']['responses']]: OperationTypes['updateContactById']['responses'][Status]['content']['application/json']
}

/** C5: a base URL is one for all, or some by their key; core needs one for each. */
export function baseUrls(table: typeof operations) {
  createMinimoClient({ baseUrl: 'https://example.com' })
  createMinimoClient({ baseUrl: { app: 'https://example.com' } })
  // @ts-expect-error no such server
  createMinimoClient({ baseUrl: { other: 'https://example.com' } })
  createApiClient(table, { baseUrl: { api: 'https://a.example', app: 'https://b.example' } })
  // @ts-expect-error a server is left out
  createApiClient(table, { baseUrl: { api: 'https://a.example' } })
  // @ts-expect-error a base URL is needed
  createApiClient(table, {})
}
