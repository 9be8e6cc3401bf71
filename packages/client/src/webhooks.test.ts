import { Webhook } from 'standardwebhooks'
import { expect, it } from 'vitest'
import { ClientError } from './core/errors.ts'
import { createWebhookVerifier } from './webhooks.ts'

const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const other = 'whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD'

const event = {
  type: 'contact.updated',
  timestamp: '2026-01-02T03:04:05.000Z',
  data: {
    id: 'evt_1',
    sequence: 7,
    company: 1,
    automation: 'upgraded',
    contact: { id: 42, custom_fields: { PLAN_NAME: { a_b: 1 } }, marketing_consent: { email: true, whatsapp: null } },
    changes: [{ field: 'customFields.PLAN_NAME', before: null, after: { a_b: 1 } }],
    new_one: 1,
  },
}

/** A body with the headers that sign it. */
function signed(body: string = JSON.stringify(event), by = secret, at = new Date()) {
  const signature = new Webhook(by).sign('msg_1', at, body)
  const timestamp = String(Math.floor(at.getTime() / 1000))
  return { body, headers: { 'webhook-id': 'msg_1', 'webhook-timestamp': timestamp, 'webhook-signature': signature } }
}

it('reads a signed event, with the contact in the casing of the client and all else as it came', () => {
  const { body, headers } = signed()
  const { id, data, type } = createWebhookVerifier(secret)(body, headers)
  expect([id, type]).toEqual(['msg_1', 'contact.updated'])
  expect(data.contact).toEqual({
    id: 42,
    customFields: { PLAN_NAME: { a_b: 1 } },
    marketingConsent: { email: true, whatsapp: null },
  })
  expect(data).toMatchObject({ changes: event.data.changes, sequence: 7, new_one: 1 })
})

it('takes bytes, and headers as Headers, in any case and as lists', () => {
  const { body, headers } = signed()
  const verify = createWebhookVerifier(secret)
  expect(verify(new TextEncoder().encode(body), new Headers(headers)).data.id).toBe('evt_1')
  const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), [value]]))
  expect(verify(body, upper).data.id).toBe('evt_1')
})

it('takes either secret while one replaces the other', () => {
  const verify = createWebhookVerifier([other, secret])
  for (const by of [secret, other]) {
    const { body, headers } = signed(undefined, by)
    expect(verify(body, headers).data.id).toBe('evt_1')
  }
})

it('takes one valid signature among several, as a sender gives them while it replaces its secret', () => {
  const { body, headers } = signed()
  const old = signed(body, other).headers['webhook-signature']
  const both = { ...headers, 'webhook-signature': `${old} v1a,c29tZXRoaW5n ${headers['webhook-signature']}` }
  expect(createWebhookVerifier(secret)(body, both).id).toBe('msg_1')
})

it('takes a body with a byte order mark as it was signed', () => {
  const { body, headers } = signed('\ufeff{}')
  expect(() => createWebhookVerifier(secret)(new TextEncoder().encode(body), headers)).toThrow('not JSON')
})

it('passes on events that it does not know', () => {
  const { body, headers } = signed('{"type":"company.renamed","data":{"name":"x"}}')
  const told = { id: 'msg_1', type: 'company.renamed', data: { name: 'x' } }
  expect(createWebhookVerifier(secret)(body, headers)).toEqual(told)
})

const wrong: [what: string, verify: () => unknown, message: RegExp][] = [
  ['a changed body', () => verifyWith({ body: `${signed().body} ` }), /signature is not of this secret/],
  ['another secret', () => verifyWith(signed(undefined, other)), /signature is not of this secret/],
  ['an old one', () => verifyWith(signed(undefined, secret, new Date(Date.now() - 600_000))), /more than five minutes/],
  ['a missing header', () => verifyWith({ headers: { 'webhook-id': 'msg_1' } }), /webhook-timestamp is missing/],
  ['a parsed body', () => verifyWith({ body: event as unknown as string }), /raw body.*found object.*express\.raw/],
  ['no event', () => verifyWith(signed('[1]')), /tells no event: expected an object with a type/],
  ['no JSON', () => verifyWith(signed('no json')), /not JSON/],
  ['a malformed secret', () => createWebhookVerifier('my password'), /whsec_/],
  ['no secret', () => createWebhookVerifier([]), /needs a secret/],
]
it.each(wrong)('refuses %s, saying what was expected, and shows neither body nor secret', (_, verify, message) => {
  let error: unknown
  try {
    verify()
  } catch (caught) {
    error = caught
  }
  expect(error).toBeInstanceOf(ClientError)
  expect((error as Error).message).toMatch(message)
  expect((error as Error).message).not.toMatch(/PLAN_NAME|MfKQ9|password/)
})

function verifyWith(given: Partial<ReturnType<typeof signed>> | { headers: Record<string, string> }) {
  const { body, headers } = { ...signed(), ...given }
  return createWebhookVerifier(secret)(body, headers)
}
