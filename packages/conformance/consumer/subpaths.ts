// The parts of the client that stand on optional peers.
import { createMinimoClient, type MinimoClient } from '@minimo/client'
import { readEvents } from '@minimo/client/events'
import { strict } from '@minimo/client/strict'
import { apiError, assertNoPersonalData, createExampleFetch } from '@minimo/client/testing'
import { tracing } from '@minimo/client/tracing'
import { createUndiciFetch } from '@minimo/client/undici'
import { createWebhookVerifier } from '@minimo/client/webhooks'

export function create(): { minimo: MinimoClient; close(): Promise<void> } {
  const { fetch, close } = createUndiciFetch({ connections: 4 })
  return { minimo: createMinimoClient({ apiKey: 'key', plugins: [tracing(), strict()], fetch }), close }
}

export function receive(body: string, headers: Record<string, string>): boolean | null {
  const { data } = createWebhookVerifier<{ plan: string }>('whsec_secret')(body, headers)
  return data.contact.customFields.plan === 'pro' ? data.contact.marketingConsent.email : null
}

export async function listen(stream: ReadableStream<Uint8Array>): Promise<string | undefined> {
  for await (const { data } of readEvents(stream)) return data
  return undefined
}

export async function test(): Promise<number> {
  const { fetch, requests } = createExampleFetch({ answers: { upsertContact: 409 } })
  await createMinimoClient({ apiKey: 'key', fetch }).customFields.list()
  assertNoPersonalData('nothing', { requests })
  return apiError(409).status
}
