import { errorCodes, type OperationId } from '@minimo/api-types'
import { createApiError, parseErrorBody } from '../core/api-error.ts'
import type { Operation } from '../core/call.ts'
import { type ApiError, ClientError, ConnectionError, TimeoutError } from '../core/errors.ts'
import { all, findAnswer, listAnswers } from './answers.ts'

const [anyOperation] = all as [Operation]

function find(id: OperationId = anyOperation.id as OperationId): Operation {
  const found = all.find((operation) => operation.id === id)
  if (found) return found
  throw new ClientError(`expected an operation of the API, such as ${anyOperation.id}; found ${JSON.stringify(id)}`)
}

/** What an error made by hand shall have; all of it has a default. */
export interface ApiErrorInput {
  /** operationId of the call that failed. Default: that of the first operation that documents the status. */
  operation?: OperationId
  /** Default: the code of the documented example, or else the API's own for the status. */
  code?: string
  /** Default: the message of the documented example. */
  message?: string
  details?: unknown
  headers?: Record<string, string>
  /** How long the API asks to wait, in milliseconds. */
  retryAfterMs?: number
}

/**
 * Makes the error with which the client rejects on a status, a `RateLimitError` for 429; to reject a mock with. What is
 * not said is taken from the API description's example. Throws `ClientError` for a status that is no error.
 */
export function apiError(
  status: number,
  { operation: id, headers, retryAfterMs, ...said }: ApiErrorInput = {},
): ApiError {
  if (!Number.isInteger(status) || status < 300 || status > 599) {
    throw new ClientError(`apiError makes errors of the statuses 300 to 599; found ${status}`)
  }
  const operation = (id ? undefined : all.find((one) => findAnswer(one.id, status))) ?? find(id)
  const example = findErrorBody(operation.id, status, said.code)
  const isSaid = said.code !== undefined || said.message !== undefined || said.details !== undefined
  const { code, message = 'made by a test', details } = parseErrorBody(example)
  return createApiError({
    operation,
    request: {},
    response: new Response(null, {
      status,
      headers: { ...(retryAfterMs !== undefined && { 'retry-after-ms': String(retryAfterMs) }), ...headers },
    }),
    body: isSaid || example === undefined ? { error: { code, message, details, ...said } } : example,
    errorCodes,
    progress: { attempts: 1, secrets: [] },
  })
}

/** The documented body of an error, of this code where one is named and there is one. */
function findErrorBody(id: string, status: number, code: string | undefined): unknown {
  const bodies = listAnswers(id).flatMap((answer) => (answer.status === status ? [answer.body] : []))
  return bodies.find((body) => code !== undefined && parseErrorBody(body).code === code) ?? bodies[0]
}

/** Makes the error of a call that got no answer; `requestSent`: the API may have seen it. Default true. */
export const connectionError = ({
  operation,
  requestSent = true,
}: {
  operation?: OperationId
  requestSent?: boolean
} = {}) => new ConnectionError('no response', find(operation), { cause: new Error('made by a test'), requestSent })

/** Makes the error of a call that took too long. */
export const timeoutError = ({ operation }: { operation?: OperationId } = {}): TimeoutError =>
  new TimeoutError('timeout', 30_000, find(operation))
