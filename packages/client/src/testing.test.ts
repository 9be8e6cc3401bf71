import { inspect } from 'node:util'
import { operations } from '@minimo/api-types'
import { expect, it } from 'vitest'
import type { OperationRow } from './core.ts'
import {
  ClientError,
  createMinimoClient,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isTimeoutError,
} from './index.ts'
import {
  apiError,
  assertNoPersonalData,
  connectionError,
  createExampleFetch,
  recordRequests,
  timeoutError,
} from './testing.ts'

const clientOf = (options?: Parameters<typeof createExampleFetch>[0]) => {
  const { fetch, requests } = createExampleFetch(options)
  return { requests, minimo: createMinimoClient({ apiKey: 'mn-1-zqkey', fetch, retries: 0 }) }
}

it('makes the errors that the client throws', () => {
  const duplicate = apiError(409, { operation: 'updateContactById', details: { id: 7 } })
  expect(isApiError(duplicate, 409)).toBe(true)
  expect(duplicate).toMatchObject({ code: 'duplicate_resource', details: { id: 7 }, operation: 'updateContactById' })
  expect(duplicate.message).toContain('PUT /public/v1/contacts/{id}: 409 duplicate_resource')
  const limited = apiError(429, { headers: { 'retry-after': '2' }, code: 'slow_down' })
  expect(isRateLimitError(limited)).toBe(true)
  expect(limited).toMatchObject({ retryAfterMs: 2000, code: 'slow_down' })
  expect(isConnectionError(connectionError())).toBe(true)
  expect(connectionError({ requestSent: false }).requestSent).toBe(false)
  expect(isTimeoutError(timeoutError())).toBe(true)
})

it('what is not said of an error is as the API documents it', () => {
  expect(apiError(404, { operation: 'deleteContact' })).toMatchObject({
    message: 'DELETE /public/v1/contacts/{id}: 404 not_found: Contact not found',
    body: { message: 'Contact not found' },
  })
  expect(apiError(404).operation).toBe('getContactByEmail')
  expect(apiError(409).message).toMatch(/^POST .*: 409 duplicate_resource: Another contact has this email/)
  const renamed = apiError(422, { operation: 'sendEmailTemplate', code: 'sender_not_verified' })
  expect(renamed).toMatchObject({
    code: 'sender_not_verified',
    message: expect.stringContaining('The sender of this template is not'),
  })
  expect(apiError(503, { retryAfterMs: 1500 })).toMatchObject({ code: 'http_503', retryAfterMs: 1500 })
})

it('makes no error of an operation that the API does not have', () => {
  // @ts-expect-error no such operation
  expect(() => timeoutError({ operation: 'getPet' })).toThrow(/such as upsertContact; found "getPet"/)
})

it.each([100, 204, 299, 600, 404.5])('makes no error of the status %d', (status) => {
  expect(() => apiError(status)).toThrow(`apiError makes errors of the statuses 300 to 599; found ${status}`)
})

// Sound for the ids of the table: what stands under `~types` has no value.
const rows = Object.entries(operations as object as Record<string, OperationRow>)

it.each(rows)('%s answers with its documented example', async (id, { path, hasResult }) => {
  const { minimo, requests } = clientOf()
  const names = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
  // Only what the path takes must be right for anything to be sent.
  const call = minimo.call as (id: string, input: object) => Promise<{ data: unknown }>
  const { data } = await call(id, { path: Object.fromEntries(names.map((name) => [name, 1])) })
  expect(requests).toMatchObject([{ operation: id }])
  expect(data === undefined).toBe(!hasResult)
  expect(data).not.toEqual([])
})

it('what a request carried is recorded', async () => {
  const { minimo, requests } = clientOf()
  await minimo.contacts.update(42, { phone: '+390212345678' })
  await minimo.contacts.getByEmail('anna+x@example.com')
  expect(requests).toMatchObject([
    { operation: 'updateContactById', path: { id: '42' }, body: { phone: '+390212345678' } },
    { operation: 'getContactByEmail', path: { email: 'anna+x@example.com' } },
  ])
})

it('answers another documented status, or an example by its name', async () => {
  const { minimo } = clientOf({ answers: { upsertContact: 409, sendEmail: 'failed' } })
  const error: unknown = await minimo.contacts.upsert({ email: 'anna@example.com' }).catch((error: unknown) => error)
  expect(isApiError(error, 409)).toBe(true)
  const outcome = await minimo.emails.send({ to: 'a@b.invalid', subject: '', html: '' })
  expect(outcome.status).toBe('failed')
})

it('refuses answers and requests that the API does not have, and says which there are', async () => {
  expect(() => createExampleFetch({ answers: { upsertContact: 418 } })).toThrow(
    /upsertContact has no answer 418; the API description has 200 .*409/,
  )
  // @ts-expect-error no such operation
  expect(() => createExampleFetch({ answers: { getPet: 200 } })).toThrow(/getPet has no answer 200.*no such operation/)
  const { fetch } = createExampleFetch()
  await expect(fetch('https://api.minimo.it/pets', {})).rejects.toThrow(ClientError)
})

it('finds personal data and the key in what was logged, and names the field but not the value', async () => {
  const { minimo, requests } = clientOf()
  await minimo.contacts.upsert({ email: 'Anna.Neri@example.com', customFields: { city: 'Zagarolo' } })
  await minimo.contacts.getByEmail('bruno@example.com')
  const shows = (output: unknown) => () => assertNoPersonalData(output, { requests })
  expect(shows(['upserted contact 42', { operation: 'upsertContact', status: 200 }])).not.toThrow()
  expect(shows('hello anna.neri%40example.com')).toThrow('what was logged shows body.email of upsertContact')
  expect(shows([{ deep: { body: { city: 'zagarolo' } } }])).toThrow(/body\.customFields of upsertContact/)
  expect(shows(new Error('no bruno@example.com'))).toThrow('path.email of getContactByEmail')
  expect(shows({ headers: { authorization: 'Bearer mn-1-zqkey' } })).toThrow('the API key of')
  expect(shows('mn-1-zqkey anna.neri@example.com')).not.toThrow(/anna|zqkey/)
})

it('finds texts of several lines and other letters, however a log escapes them', async () => {
  const { minimo, requests } = clientOf()
  const note = 'città vecchia\nsecond line'
  await minimo.contacts.upsert({ email: 'anna@example.com', customFields: { note } })
  const outputs = [note, JSON.stringify({ note }), [[{ note }]], inspect([{ note }], { breakLength: 20 })]
  for (const output of [...outputs, 'citt\\u00e0 vecchia\\nsecond line']) {
    expect(() => assertNoPersonalData(output, { requests })).toThrow('body.customFields of upsertContact')
  }
})

it('does not take a short value for a leak: any log shows a 5', async () => {
  const { minimo, requests } = clientOf()
  await minimo.contacts.upsert({ email: 'anna@example.com', customFields: { seats: 5, language: 'it' } })
  assertNoPersonalData(['it took', { duration: 5 }], { requests })
})

it('refuses to find nothing because nothing was asked', () => {
  expect(() => assertNoPersonalData('anna@example.com', { requests: [] })).toThrow(
    /found no request: pass the requests/,
  )
})

it('keeps what any other fetch is given, whatever the body', async () => {
  const { fetch, requests } = recordRequests(async () => Response.json({ id: 1, phone: null }))
  const minimo = createMinimoClient({ apiKey: 'mn-1-abc', fetch, retries: 0 })
  await minimo.contacts.upsert({ email: 'anna@example.com' })
  await fetch('https://api.minimo.it/public/v1/contacts', { method: 'POST', body: 'no json' })
  expect(requests.map(({ body }) => body)).toEqual([{ email: 'anna@example.com' }, 'no json'])
  expect(() => assertNoPersonalData('anna@example.com', { requests })).toThrow('body.email of upsertContact')
})

it('an example is not given to a call that was cancelled', async () => {
  const { fetch } = createExampleFetch()
  const signal = AbortSignal.abort(new Error('cancelled'))
  await expect(fetch('https://api.minimo.it/public/v1/custom-fields', { signal })).rejects.toThrow('cancelled')
})

it.each([
  ['POST', 'https://app.minimo.it/public/v1/contacts'],
  ['POST', 'https://api.minimo.it/v9/public/v1/contacts'],
  ['GET', 'https://api.minimo.it/public/v1/contacts'],
])('refuses %s %s, which the API would not answer either', async (method, url) => {
  await expect(createExampleFetch().fetch(url, { method })).rejects.toThrow(/is no operation of the API/)
})

it('takes a base URL of its own, with a path in it', async () => {
  const { fetch, requests } = createExampleFetch()
  const minimo = createMinimoClient({ apiKey: 'mn-1-test', fetch, baseUrl: 'http://localhost:3000/minimo' })
  await minimo.emailTemplates.list()
  expect(requests.map(({ operation }) => operation)).toEqual(['listEmailTemplates'])
})
