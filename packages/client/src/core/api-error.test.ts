import { expect, it } from 'vitest'
import { createApiError, type FailedCall, parseErrorBody } from './api-error.ts'
import type { Operation } from './call.ts'
import { ApiError, RateLimitError } from './errors.ts'

const operation: Operation = {
  id: 'getThing',
  method: 'GET',
  path: '/things/{name}',
  server: 'api',
  retry: 'safe',
  pii: ['path.name'],
}

const failed = (parts: Partial<FailedCall> & { status?: number; init?: ResponseInit }) =>
  createApiError({
    operation,
    request: {},
    response: new Response(null, { status: parts.status ?? 404, ...parts.init }),
    body: undefined,
    errorCodes: { '404': 'not_found', '401': 'unauthorized' },
    progress: { attempts: 1, secrets: [] },
    ...parts,
  })

const envelopes: [given: unknown, code: string | undefined, message: string | undefined, details?: unknown][] = [
  [{ error: { code: 'c', message: 'm', details: { a: 1 } } }, 'c', 'm', { a: 1 }],
  [{ error: { code: 'c', message: 'm' } }, 'c', 'm'],
  [{ error: { message: 'm' } }, undefined, 'm'],
  [{ error: 'text' }, undefined, 'text'],
  [{ message: 'm' }, undefined, 'm'],
  [{ code: 'c', message: 'm', details: [1] }, 'c', 'm', [1]],
  [{ type: 't', title: 'Title', detail: 'Detail', status: 404 }, undefined, 'Detail'],
  [{ title: 'Title' }, undefined, 'Title'],
]
it.each(envelopes)('E2: reads %o as code %s, message %s', (given, code, message, details) => {
  expect(parseErrorBody(given)).toEqual({ code, message, details })
})

const bodiesOfNoUse: unknown[] = [
  undefined,
  null,
  0,
  1,
  '',
  'text',
  true,
  [],
  [{ message: 'm' }],
  {},
  { error: null },
  { error: {} },
  { error: [] },
  { error: '' },
  { error: { code: 7, message: 8 } },
  { error: { code: '', message: '' } },
  { message: {} },
  Object.create(null),
]
it.each(bodiesOfNoUse.map((body) => [body]))('E1: finds neither code nor message in %o, and does not throw', (body) => {
  const { code, message } = parseErrorBody(body)
  expect({ code, message }).toEqual({ code: undefined, message: undefined })
})

it.each(bodiesOfNoUse.map((body) => [body]))('E2: the code follows from the status for the body %o', (body) => {
  expect(failed({ body }).code).toBe('not_found')
  expect(failed({ body, status: 401 }).code).toBe('unauthorized')
  expect(failed({ body, status: 418 }).code).toBe('http_418')
})

it('E3: carries all that is known, in a message that names the operation', () => {
  const headers = { 'x-request-id': 'r1', 'retry-after': '2', 'x-other': 'y' }
  const body = { error: { code: 'gone_away', message: 'It left.', details: { when: 'now' } } }
  const error = failed({ body, init: { status: 410, headers } })
  expect(error).toBeInstanceOf(ApiError)
  expect(error).toMatchObject({
    name: 'ApiError',
    message: 'GET /things/{name}: 410 gone_away: It left.',
    operation: 'getThing',
    status: 410,
    code: 'gone_away',
    requestId: 'r1',
    retryAfterMs: 2000,
  })
  expect(error.details).toEqual({ when: 'now' })
  expect(error.body).toBe(body)
  expect(error.headers.get('x-other')).toBe('y')
})

it.each(['x-request-id', 'request-id', 'x-correlation-id'])('E3: takes the request id from %s', (name) => {
  expect(failed({ init: { status: 500, headers: { [name]: 'r1' } } }).requestId).toBe('r1')
  expect(failed({}).requestId).toBeUndefined()
})

it('E3: falls back to the status text, then to saying that there is no message', () => {
  expect(failed({ init: { status: 404, statusText: 'Not Here' } }).message).toContain('404 not_found: Not Here')
  expect(failed({}).message).toContain('404 not_found: the response has no message')
})

it('R5: a 429 becomes a RateLimitError that tells how long to wait', () => {
  const error = failed({ init: { status: 429, headers: { 'retry-after-ms': '1234' } } })
  expect(error).toBeInstanceOf(RateLimitError)
  expect(error).toMatchObject({ name: 'RateLimitError', retryAfterMs: 1234 })
})

it('E4: the message hides what the request carried, body and details do not', () => {
  const body = { error: { code: 'c', message: 'no thing Geheim', details: 'Geheim' } }
  const error = failed({ body, request: { path: { name: 'geheim' } } })
  expect(error.message).toBe('GET /things/{name}: 404 c: no thing [redacted]')
  expect(error.details).toBe('Geheim')
  expect(Object.keys(error)).not.toEqual(expect.arrayContaining(['body', 'details', 'headers']))
})
