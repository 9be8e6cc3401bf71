import { operations } from '@minimo/api-types'
import { expect, test } from 'vitest'
import { parseFaultRule } from './parse-fault.ts'

test('a rule with everything is taken as it is', () => {
  const rule = {
    fault: {
      status: 429,
      example: 'tooManyRequests',
      retryAfter: 'Wed, 21 Oct 2026 07:28:00 GMT',
      latency: 10,
      connection: 'stall',
      body: 'truncated',
      contentType: 'text/html; charset=utf-8',
      run: true,
    },
    operation: 'updateContactById',
    nth: [1, 3],
    probability: 0.5,
    seed: 2,
  }
  expect(parseFaultRule(rule)).toEqual(rule)
})

test('a rule without an operation may have a status that no operation documents', () => {
  expect(parseFaultRule({ fault: { status: 503 } })).toEqual({ fault: { status: 503 } })
})

test.each([429, 500, 503, 599])('any operation may answer %i', (status) => {
  for (const operation of Object.keys(operations)) {
    const rule = { operation, nth: 2, fault: { status, retryAfter: 1 } }
    expect(parseFaultRule(rule)).toEqual(rule)
  }
})

test.each([
  [{}, 'fault is missing'],
  [{ fault: {} }, 'at least one of status'],
  [{ fault: { status: 409 }, operation: 'sendEmail' }, 'sendEmail documents 200, 400, 401, 403, 422, 429, not 409'],
  [{ fault: { status: 302 }, operation: 'sendEmail' }, 'any operation may have 429 and 5xx'],
  [{ fault: { status: 503, example: 'refused' }, operation: 'sendEmail' }, 'status 503 of sendEmail are none'],
  [{ fault: { status: 99 } }, 'rule.fault.status: expected an integer from 200 to 599'],
  [{ fault: { status: '429' } }, 'found "429"'],
  [{ fault: { status: 429 }, operation: 'sendFax' }, 'rule.operation: expected an operation of the API: upsertContact'],
  [{ fault: { status: 429 }, operation: 'toString' }, 'rule.operation'],
  [{ fault: { example: 'found' } }, 'expected a status beside it'],
  [{ fault: { status: 404, example: 'refused' } }, 'examples of status 404 are one of notFound, contactNotFound'],
  [{ fault: { status: 503, example: 'refused' } }, 'examples of status 503 are none'],
  [{ fault: { status: 404, example: 'notFound' }, operation: 'deleteContact' }, 'one of contactNotFound'],
  [{ fault: { retryAfter: 'soon' } }, 'seconds or a date such as'],
  [{ fault: { retryAfter: 'Invalid Date' } }, 'seconds or a date such as'],
  [{ fault: { latency: -1 } }, 'rule.fault.latency'],
  [{ fault: { connection: 'cut' } }, 'one of reset, reset-body, stall'],
  [{ fault: { body: 'html' } }, 'one of truncated, invalid-json'],
  [{ fault: { contentType: 'a\nb' } }, 'rule.fault.contentType'],
  [{ fault: { run: 'yes' } }, 'true or false'],
  [{ fault: { staus: 429 } }, 'there is no "staus"; expected status'],
  [{ fault: { status: 429 }, nth: 0 }, 'rule.nth: expected an integer from 1'],
  [{ fault: { status: 429 }, nth: [] }, 'rule.nth'],
  [{ fault: { status: 429 }, nth: [1, 'b'] }, 'rule.nth[1]'],
  [{ fault: { status: 429 }, probability: 1.5 }, 'a number from 0 to 1, found 1.5'],
  [{ fault: { status: 429 }, probability: Number.NaN }, 'a number from 0 to 1'],
])('%j is refused: %s', (rule, message) => {
  expect(() => parseFaultRule(rule)).toThrow(
    expect.objectContaining({ name: 'Refusal', status: 422, message: expect.stringContaining(message) }),
  )
})
