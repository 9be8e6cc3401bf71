import { expect, it, vi } from 'vitest'
import type { Operation } from './call.ts'
import {
  ApiError,
  type ApiErrorFields,
  ClientError,
  ConnectionError,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  RateLimitError,
  ResponseParseError,
  TimeoutError,
} from './errors.ts'

const operation: Operation = { id: 'getThing', method: 'GET', path: '/things', server: 'api', retry: 'safe' }

const fields = (status: number): ApiErrorFields => ({
  status,
  code: 'c',
  requestId: 'r1',
  retryAfterMs: undefined,
  headers: new Headers({ 'x-a': 'header value' }),
  body: 'body value',
  details: 'details value',
})

const samples = (
  kinds: Pick<
    typeof import('./errors.ts'),
    'ApiError' | 'RateLimitError' | 'ConnectionError' | 'TimeoutError' | 'ResponseParseError'
  >,
) => ({
  ApiError: new kinds.ApiError('m', operation, fields(404)),
  RateLimitError: new kinds.RateLimitError('m', operation, fields(429)),
  ConnectionError: new kinds.ConnectionError('m', operation, { cause: new Error('why'), requestSent: true }),
  TimeoutError: new kinds.TimeoutError('timeout', 5, operation),
  ResponseParseError: new kinds.ResponseParseError(operation, new Response(null), {
    found: 'no JSON',
    text: 'body value',
  }),
})

const own = { ApiError, RateLimitError, ConnectionError, TimeoutError, ResponseParseError }
const predicates = {
  ApiError: (error: unknown) => isApiError(error),
  RateLimitError: isRateLimitError,
  ConnectionError: isConnectionError,
  TimeoutError: isTimeoutError,
  ResponseParseError: isResponseParseError,
}
const kinds = Object.keys(own) as (keyof typeof own)[]

it.each(kinds)('E7: %s has a literal name and works with instanceof', (kind) => {
  const error = samples(own)[kind]
  expect(error.name).toBe(kind)
  expect(error).toBeInstanceOf(own[kind])
  expect(error).toBeInstanceOf(ClientError)
  expect(error).toBeInstanceOf(Error)
})

it.each(kinds)('E7: only the predicates of %s take one, also from another copy of the package', async (kind) => {
  vi.resetModules()
  const copy = await import('./errors.ts')
  expect(copy.ApiError).not.toBe(ApiError)
  const want = kind === 'RateLimitError' ? ['ApiError', 'RateLimitError'] : [kind]
  for (const error of [samples(own)[kind], samples(copy)[kind]]) {
    expect(kinds.filter((other) => predicates[other](error))).toEqual(want)
  }
})

it('E7: isApiError tells statuses apart', () => {
  expect(isApiError(samples(own).ApiError, 404)).toBe(true)
  expect(isApiError(samples(own).ApiError, 409)).toBe(false)
  expect(isApiError(samples(own).RateLimitError, 429)).toBe(true)
})

const strangers: unknown[] = [
  undefined,
  null,
  'ApiError',
  0,
  {},
  new Error('ApiError'),
  { name: 'ApiError', status: 404 },
  new DOMException('late', 'TimeoutError'),
  new ClientError('base'),
]
it.each(strangers.map((value) => [value]))('E7: no predicate takes the stranger %o', (value) => {
  expect(kinds.filter((kind) => predicates[kind](value))).toEqual([])
})

it('E3: toJSON gives the fields that are safe to log', () => {
  expect(JSON.parse(JSON.stringify(samples(own).ApiError))).toEqual({
    name: 'ApiError',
    message: 'GET /things: 404 c: m',
    operation: 'getThing',
    attempts: 0,
    status: 404,
    code: 'c',
    requestId: 'r1',
  })
})

it('E4: bodies, details and headers are reachable but not enumerable', () => {
  const { ApiError: api, ResponseParseError: parse } = samples(own)
  expect([api.body, api.details, api.headers.get('x-a')]).toEqual(['body value', 'details value', 'header value'])
  expect(parse.bodyStart).toBe('body value')
  for (const error of [api, parse]) {
    expect(JSON.stringify(error)).not.toContain('value')
    expect(JSON.stringify({ ...error })).not.toContain('value')
  }
})

it('E5: a ConnectionError has its cause, a TimeoutError its limit', () => {
  const { ConnectionError: connection, TimeoutError: timeout } = samples(own)
  expect(connection.cause).toMatchObject({ message: 'why' })
  expect(timeout).toMatchObject({
    limit: 'timeout',
    message: 'GET /things: no complete answer within the timeout of 5 ms',
  })
})

it('E7: an error is told by the operationId it comes from, too', () => {
  const { ApiError: error, ConnectionError: other } = samples(own)
  const isOf = isApiError as (error: unknown, what: string) => boolean
  expect(isOf(error, 'getThing')).toBe(true)
  expect(isOf(error, 'getOther')).toBe(false)
  expect(isOf(other, 'getThing')).toBe(false)
})
