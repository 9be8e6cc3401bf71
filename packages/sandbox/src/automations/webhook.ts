import type { ContactEvent } from '@minimo/api-types'
import { Webhook } from 'standardwebhooks'
import type { SandboxEvent } from '../events/event.ts'
import type { Automation } from './match-automations.ts'

/** The secret that webhooks are signed with where none is given (Standard Webhooks: base64 after `whsec_`). */
export const demoWebhookSecret = 'whsec_bWluaW1vLXNhbmRib3gtZGVtby1zZWNyZXQ='

/** Makes the `webhook-signature` of a body. */
export type Sign = (id: string, timestamp: Date, body: string) => string

/** Finds what signs an automation's webhooks, by its name. */
export type FindSign = (automation: string) => Sign

/**
 * Reads the secrets of all automations. An automation without one, and one that the config no longer knows, is signed
 * with `webhookSecret`. Throws where a secret is malformed.
 */
export function createSigns(automations: readonly Automation[], webhookSecret: string): FindSign {
  const common = createSign(webhookSecret, 'webhookSecret')
  const signs = new Map(
    automations.flatMap(({ name, secret }) =>
      secret === undefined ? [] : [[name, createSign(secret, `The secret of automation ${JSON.stringify(name)}`)]],
    ),
  )
  return (automation) => signs.get(automation) ?? common
}

function createSign(secret: string, what: string): Sign {
  try {
    // The library would do without the prefix, and take many a password for base64.
    if (!secret.startsWith('whsec_')) throw new Error('no prefix')
    const webhook = new Webhook(secret)
    return (id, timestamp, body) => webhook.sign(id, timestamp, body)
  } catch {
    // The library's message does not say what it read; the secret itself belongs in no message.
    throw new Error(
      `${what} is no Standard Webhooks secret. Expected whsec_ and then 24 to 64 random bytes in base64, such as the output of: echo whsec_$(openssl rand -base64 32)`,
    )
  }
}

/** The body of an event's webhook, as Standard Webhooks suggests; the same at every attempt. */
export function createWebhookBody(automation: string, event: SandboxEvent): string {
  const { id, sequence, type, company, at, contact, changes } = event
  const body: ContactEvent = {
    type,
    timestamp: at,
    data: { id, sequence, company, automation, contact, changes },
  }
  return JSON.stringify(body)
}

/** One attempt to tell a webhook. */
export interface WebhookAttempt {
  url: string
  /** Sent as `webhook-id`: the same at every attempt, so that a receiver knows what it has had. */
  id: string
  body: string
  sign: Sign
  /** How long the receiver may take until its status arrives, in milliseconds. */
  timeout: number
  /** Ends the attempt before that. */
  ending: AbortSignal
  /** Sends it. */
  fetch: (url: string, init: RequestInit) => Promise<Response>
}

/** Why an attempt counts as failed. */
export interface WebhookFailure {
  error: string
  /** Whether the receiver wants to hear no more of it (410). */
  isGone?: boolean
}

/** A text without the user names and passwords of the URLs in it. */
export const hideCredentials = (text: string) => text.replaceAll(/(\/\/)[^/?#\s]*@/g, '$1***@')

/**
 * Sends a signed POST and returns what went wrong; nothing when the receiver answered with a 2xx. A redirect is not
 * followed, and the answer's body not read. Never rejects.
 */
export async function sendWebhook({
  url,
  id,
  body,
  sign,
  timeout,
  ending,
  fetch,
}: WebhookAttempt): Promise<WebhookFailure | undefined> {
  // Real time rather than the sandbox's: receivers refuse a timestamp that is minutes off their own clock.
  const timestamp = new Date()
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'minimo-sandbox',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(timestamp.getTime() / 1000)),
    'webhook-signature': sign(id, timestamp, body),
  }
  const signal = AbortSignal.any([AbortSignal.timeout(timeout), ending])
  try {
    // The race: a `fetch` that was passed in may not heed the signal.
    const response = await Promise.race([
      fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }),
      rejectOnAbort(signal),
    ])
    // Frees the connection, whatever the receiver still wants to say.
    response.body?.cancel().catch(() => {})
    if (response.ok) return undefined
    return { error: `The webhook answered with ${response.status}; expected 2xx`, isGone: response.status === 410 }
  } catch (error) {
    return { error: signal.aborted ? `The webhook gave no answer within ${timeout} ms` : describe(error) }
  }
}

function rejectOnAbort(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

/** What lies behind fetch's "fetch failed": where a host has several addresses, only a code says it. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  if (!(cause instanceof Error)) return `The webhook could not be reached (${typeof cause} thrown)`
  const code = 'code' in cause ? String(cause.code) : ''
  return `The webhook could not be reached (${hideCredentials(cause.message || code || cause.name)})`
}
