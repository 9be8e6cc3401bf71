import type { IsApiError } from './api-error-types.ts'
import { describeOperation, type Operation } from './call.ts'

const brand = Symbol.for('api-client.error')

/** Base of every error this package makes; itself used for wrong configuration and wrong arguments. */
export class ClientError extends Error {
  override readonly name: string = 'ClientError'
  /** operationId of the call that failed; `undefined` when it failed before there was one. */
  readonly operation: string | undefined
  /** How many requests were made before the call failed. */
  attempts = 0

  /** What else `options` hold are fields that a kind of error has besides. */
  constructor(
    message: string,
    options: { operation?: Operation | undefined; cause?: unknown; [field: string]: unknown } = {},
  ) {
    const { operation, cause: _, ...fields } = options
    super(operation ? `${describeOperation(operation)}: ${message}` : message, options)
    this.operation = operation?.id
    Object.assign(this, fields)
    Object.defineProperty(this, brand, { value: true })
  }

  /** The fields that are safe to log. */
  toJSON(): object {
    return Object.assign({ message: this.message }, this)
  }
}

/** Keeps values reachable, but out of loggers, `util.inspect` and `JSON.stringify`: they may hold personal data. */
export function hide<Target>(target: Target, values: object): Target {
  for (const [key, value] of Object.entries(values)) Object.defineProperty(target, key, { value })
  return target
}

/** What a response says about an error, whatever its envelope. */
export interface ApiErrorFields {
  status: number
  code: string
  requestId: string | undefined
  retryAfterMs: number | undefined
  headers: Headers
  body: unknown
  details: unknown
}

/** The API answered with a status other than 2xx. `Code` is what the spec knows of its codes. */
export class ApiError<Code extends string = string> extends ClientError {
  override readonly name: string = 'ApiError'
  declare readonly status: number
  /** The API's own code, such as `not_found`; follows from the status where the body has none. */
  declare readonly code: Code
  /** What to quote to the API's support, where the response has it. */
  declare readonly requestId: string | undefined
  /** How long the server asked to wait before the next attempt, in milliseconds. */
  declare readonly retryAfterMs: number | undefined
  /** Headers of the response. Not enumerable, as `body` and `details`: they may hold personal data. */
  declare readonly headers: Headers
  /** The parsed body, or its text where it is no JSON. */
  declare readonly body: unknown
  /** The `details` of the body, where the API gives any. */
  declare readonly details: unknown

  constructor(message: string, operation: Operation, { headers, body, details, ...fields }: ApiErrorFields) {
    super(`${fields.status} ${fields.code}: ${message}`, { operation, ...fields })
    hide(this, { headers, body, details })
  }
}

/** The API answered 429: too many requests. */
export class RateLimitError extends ApiError {
  override readonly name = 'RateLimitError'
}

/** No response arrived, or it broke off. `cause` tells why. */
export class ConnectionError extends ClientError {
  override readonly name = 'ConnectionError'
  /** `false` where no connection was made, so the server cannot have seen the request; runtimes that do not tell leave it `true`. */
  declare readonly requestSent: boolean

  constructor(message: string, operation: Operation, fields: { cause: unknown; requestSent: boolean }) {
    super(message, { operation, ...fields })
  }
}

/** An attempt took longer than `timeout`, or the call longer than `deadline`. */
export class TimeoutError extends ClientError {
  override readonly name = 'TimeoutError'
  /** Which limit ran out. */
  declare readonly limit: 'timeout' | 'deadline'

  constructor(limit: 'timeout' | 'deadline', milliseconds: number, operation: Operation, what = 'no complete answer') {
    super(`${what} within the ${limit} of ${milliseconds} ms`, { operation, limit })
  }
}

/** The API answered 2xx, but not with what was asked for, such as JSON, or with more than may be read. */
export class ResponseParseError extends ClientError {
  override readonly name = 'ResponseParseError'
  declare readonly status: number
  declare readonly requestId: string | undefined
  /** Headers of the response. Not enumerable, as `bodyStart`. */
  declare readonly headers: Headers
  /** The first 200 characters of the body. */
  declare readonly bodyStart: string

  constructor(
    operation: Operation,
    { status, headers }: Pick<Response, 'status' | 'headers'>,
    { found, text }: { found: string; text: string },
  ) {
    super(`${status} with ${found}`, { operation, status, requestId: findRequestId(headers) })
    hide(this, { headers, bodyStart: text.slice(0, 200) })
  }
}

/** The request id of a response, from `x-request-id` or one of its usual variants. */
export function findRequestId(headers: Headers): string | undefined {
  return ['x-request-id', 'request-id', 'x-correlation-id'].flatMap((name) => headers.get(name) || [])[0]
}

const isNamed = (error: unknown, ...names: string[]): boolean => {
  const given = error as { [brand]?: unknown; name: string } | null | undefined
  return given?.[brand] === true && names.includes(given.name)
}

/**
 * Whether an error is an `ApiError`: of the given status or of the operation with the given operationId, where one is
 * given. Works across realms and copies of this package. `isApiError as IsApiError<typeof operations>` knows the
 * operations of a table, and the bodies of their errors.
 */
export const isApiError = ((error: unknown, what?: number | string) => {
  if (!isNamed(error, 'ApiError', 'RateLimitError')) return false
  const { status, operation } = error as ApiError
  return what === undefined || what === status || what === operation
}) as IsApiError

/** Whether an error is a `RateLimitError`. Works across realms and copies of this package. */
export const isRateLimitError = (error: unknown): error is RateLimitError => isNamed(error, 'RateLimitError')

/** Whether an error is a `ConnectionError`. Works across realms and copies of this package. */
export const isConnectionError = (error: unknown): error is ConnectionError => isNamed(error, 'ConnectionError')

/** Whether an error is a `TimeoutError`. Works across realms and copies of this package. */
export const isTimeoutError = (error: unknown): error is TimeoutError => isNamed(error, 'TimeoutError')

/** Whether an error is a `ResponseParseError`. Works across realms and copies of this package. */
export const isResponseParseError = (error: unknown): error is ResponseParseError =>
  isNamed(error, 'ResponseParseError')
