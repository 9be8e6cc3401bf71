import type { Operation, Progress } from './call.ts'
import { ApiError, findRequestId, RateLimitError } from './errors.ts'
import { isObject, redact } from './redact.ts'
import { parseRetryAfter } from './retry-after.ts'

/** The code of an error whose body names none, by status. */
export type ErrorCodes = Readonly<Record<string, string>>

/** What a failed call was made of. */
export interface FailedCall {
  operation: Operation
  /** The request as it was given, by place: `path`, `query`, `header`, `body`. */
  request: Readonly<Record<string, unknown>>
  response: Response
  /** The parsed body, or its text. */
  body: unknown
  errorCodes?: ErrorCodes | undefined
  progress: Progress
}

/** The error that a response other than 2xx becomes. */
export function createApiError({ operation, request, response, body, errorCodes, progress }: FailedCall): ApiError {
  const { status, headers, statusText } = response
  const { code = errorCodes?.[status] ?? `http_${status}`, message, details } = parseErrorBody(body)
  const said = status < 400 ? 'redirects are not followed' : statusText
  const text = message ?? (said || 'the response has no message')
  const Kind = status === 429 ? RateLimitError : ApiError
  const error = new Kind(redact(text, request, operation.pii, progress.secrets), operation, {
    status,
    code,
    details,
    requestId: findRequestId(headers),
    retryAfterMs: parseRetryAfter(headers, Date.now()),
    headers,
    body,
  })
  error.attempts = progress.attempts
  return error
}

/** The parts of an error body, as far as it has them. */
export interface ErrorBody {
  code?: string | undefined
  message?: string | undefined
  details?: unknown
}

/**
 * Reads any error envelope: `{ error: { code, message, details } }`, `{ error: "text" }`, `{ message }`,
 * and problem details (RFC 9457: `title`, `detail`). Never throws, whatever the body is.
 */
export function parseErrorBody(body: unknown): ErrorBody {
  if (!isObject(body)) return {}
  const inner = isObject(body.error) ? body.error : body
  const texts = [inner.message, inner.detail, body.error, inner.title]
  return {
    code: typeof inner.code === 'string' && /^[\w.-]+$/.test(inner.code) ? inner.code : undefined,
    message: texts.find((text): text is string => typeof text === 'string' && text !== ''),
    details: inner.details,
  }
}
