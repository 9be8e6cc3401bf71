import type * as api from '@minimo/api-types'
import type { EventContact } from '@minimo/api-types/camel-case'
import { Webhook } from 'standardwebhooks'
import { ClientError } from './core/errors.ts'
import { camelCaseKeys } from './resources/casing.ts'
import type { AnyCustomFields, Contact } from './resources/contacts.ts'

/** What can happen to a contact; more may come. */
export type WebhookType = api.ContactEvent['type']

/** One field that a write has changed; `null` where there was or is no value. Its name is as requests spell it. */
export type WebhookChange = api.ContactChange

/** A contact after a change, in the casing of the client, with its consent per channel (`null`: never asked). */
export type WebhookContact<CustomFields = AnyCustomFields> = Contact<CustomFields> &
  Pick<EventContact, 'marketingConsent'>

/** What an automation tells a webhook. */
export interface WebhookEvent<CustomFields = AnyCustomFields> extends Omit<api.ContactEvent, 'data'> {
  /** Of the message, from its header `webhook-id`: the same at every attempt, so that a receiver knows what it has had. */
  id: string
  data: Omit<api.ContactEvent['data'], 'contact'> & { contact: WebhookContact<CustomFields> }
}

/** Checks a webhook and reads it. `body` is the raw body, as it came: text or bytes. */
export type VerifyWebhook<CustomFields = AnyCustomFields> = (
  body: string | Uint8Array,
  headers: Headers | Readonly<Record<string, string | readonly string[] | undefined>>,
) => WebhookEvent<CustomFields>

const needed = ['webhook-id', 'webhook-timestamp', 'webhook-signature']

/**
 * Makes what checks webhooks by Standard Webhooks: that they are signed with the secret (`whsec_…`), or with one of
 * several while a secret is replaced, at most five minutes ago. Throws `ClientError` for a malformed secret; the function
 * it makes throws one for a webhook that is not as promised. Needs the package `standardwebhooks`.
 */
export function createWebhookVerifier<CustomFields = AnyCustomFields>(
  secrets: string | readonly string[],
): VerifyWebhook<CustomFields> {
  const webhooks = [secrets].flat().map(createWebhook)
  if (webhooks.length === 0) throw new ClientError('createWebhookVerifier needs a secret (whsec_…); found none')
  return (body, headers) => {
    const text = toText(body)
    const signed = Object.fromEntries(needed.map((name) => [name, headerOf(headers, name)]))
    const failures = webhooks.map((webhook) => check(webhook, text, signed))
    if (!failures.includes(undefined)) throw failures[0]
    return toEvent(text, signed['webhook-id']) as WebhookEvent<CustomFields>
  }
}

function createWebhook(secret: string): Webhook {
  try {
    // The library would do without the prefix, and take many a password for base64.
    if (!/^whsec_[A-Za-z0-9+/]{16,}=*$/.test(secret)) throw new Error('malformed')
    return new Webhook(secret)
  } catch {
    throw new ClientError('a webhook secret begins with whsec_, then comes base64; found something else')
  }
}

function toText(body: unknown): string {
  if (typeof body === 'string') return body
  if (body instanceof Uint8Array) return new TextDecoder('utf-8', { ignoreBOM: true }).decode(body)
  throw new ClientError(
    `a webhook is checked by its raw body, text or bytes; found ${body === null ? body : typeof body}: read it before it is parsed (await request.text(), express.raw({ type: '*/*' }))`,
  )
}

function headerOf(headers: Parameters<VerifyWebhook>[1], name: string): string {
  const isHeaders = typeof headers.get === 'function'
  const value = isHeaders
    ? (headers as Headers).get(name)
    : Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
  const text = [value ?? []].flat().join(' ')
  if (text) return text
  throw new ClientError(`a webhook has the headers ${needed.join(', ')}; ${name} is missing`)
}

/** What is wrong with a webhook; `undefined` where nothing is. */
function check(webhook: Webhook, text: string, headers: Record<string, string>): ClientError | undefined {
  try {
    webhook.verify(text, headers)
    return undefined
  } catch (error) {
    if (error instanceof SyntaxError) return new ClientError('the webhook is signed, but its body is not JSON')
    const isTime = /timestamp/i.test(error instanceof Error ? error.message : '')
    return new ClientError(
      isTime
        ? 'the webhook was signed more than five minutes ago or ahead: see that the clock is right, and take it as a replay otherwise'
        : "the webhook's signature is not of this secret: it is another's, or the body was changed on its way",
    )
  }
}

/** What is known to be an object gets the client's casing; anything else passes as it is. */
function toEvent(text: string, id: string | undefined): unknown {
  const event: unknown = JSON.parse(text)
  if (!isObject(event) || typeof event.type !== 'string') {
    throw new ClientError('the webhook is signed, but tells no event: expected an object with a type')
  }
  const { data } = event
  return {
    ...event,
    id,
    ...(isObject(data) && { data: { ...data, contact: readContact(data.contact as api.EventContact) } }),
  }
}

/**
 * Gives a contact as the API and the sandbox's own events spell it (`custom_fields`, `marketing_consent`) the client's
 * names; what the custom fields hold is left alone.
 */
export const readContact = <CustomFields = AnyCustomFields>(contact: api.EventContact) =>
  camelCaseKeys(contact) as WebhookContact<CustomFields>

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
