import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../exchange/refusal.ts'
import { parseFaultHeader } from './parse-fault-header.ts'

test('a header with everything is a fault with everything', () => {
  const header =
    'status=429; retry-after=2; latency=200; connection=reset-body; body=truncated; content-type=text/html; example=tooManyRequests; run=true'
  expect(parseFaultHeader(header, 'sendEmail')).toEqual({
    status: 429,
    retryAfter: 2,
    latency: 200,
    connection: 'reset-body',
    body: 'truncated',
    contentType: 'text/html',
    example: 'tooManyRequests',
    run: true,
  })
})

test('white space, a last semicolon and a date are fine', () => {
  expect(parseFaultHeader(' status = 503 ;retry-after=Wed, 21 Oct 2026 07:28:00 GMT; ', 'sendEmail')).toEqual({
    status: 503,
    retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT',
  })
})

test.each([
  ['', 'at least one of status'],
  ['slow', 'there is no "slow"; expected status, example, retry-after, latency'],
  ['statsu=429', 'there is no "statsu"; expected status'],
  ['retryAfter=2', 'there is no "retryAfter"'],
  ['status', 'sandbox-fault: status: expected a text that is not empty'],
  ['status=many', 'sandbox-fault.status: expected an integer from 200 to 599, found "many"'],
  ['status=429; status=500', 'status is there twice'],
  // As a header that came twice arrives.
  ['status=429, latency=3', 'sandbox-fault.status'],
  ['connection=gone', 'one of reset, reset-body, stall'],
  ['run=perhaps', 'true or false'],
  ['status=429; example=nothing', 'examples of status 429 of sendEmail are one of tooManyRequests'],
])('%j is refused: %s', (header, message) => {
  expect(() => parseFaultHeader(header, 'sendEmail')).toThrow(
    expect.objectContaining({ name: 'Refusal', status: 422, message: expect.stringContaining(message) }),
  )
})

test('an example is one of the operation that is called, which need not document the status', () => {
  const header = 'status=422; example=senderNotVerified'
  expect(parseFaultHeader(header, 'sendEmailTemplate')).toEqual({ status: 422, example: 'senderNotVerified' })
  expect(() => parseFaultHeader(header, 'deleteContact')).toThrow('examples of status 422 of deleteContact are none')
  expect(parseFaultHeader('status=409', 'deleteContact')).toEqual({ status: 409 })
})

test('any text is a fault or a refusal, never another error', () => {
  const name = fc.constantFrom('status', 'retry-after', 'latency', 'connection', 'body', 'run', '__proto__', 'toString')
  const value = fc.oneof(fc.string({ unit: 'binary' }), fc.integer().map(String), fc.constantFrom('reset', 'true'))
  const parts = fc.array(fc.tuple(name, value).map((part) => part.join('=')))
  const header = fc.oneof(
    fc.string({ unit: 'binary' }),
    parts.map((list) => list.join(';')),
  )
  fc.assert(
    fc.property(header, (text) => {
      try {
        expect(Object.keys(parseFaultHeader(text, 'sendEmail')).length).toBeGreaterThan(0)
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
      }
    }),
  )
})
