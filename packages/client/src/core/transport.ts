import type { ApiRequest, Operation, Plugin, Send } from './call.ts'
import { ConnectionError } from './errors.ts'
import { createWholeResponse, isWhole } from './whole-response.ts'

/** The `fetch` a client uses: any function that answers a URL and its options as `fetch` does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** The end of every pipeline: hands the request to `fetch`. A failure becomes a `ConnectionError`. */
export function createTransport(fetch: Fetch): Send {
  return async ({ operation, request }) => {
    const { url, signal, ...init } = request
    signal?.throwIfAborted()
    try {
      return await fetch(url, signal ? { ...init, signal } : init)
    } catch (cause) {
      throw connectionError('no response arrived', operation, cause, signal)
    }
  }
}

/** Reads the body inside the attempt, so that a stall or a reset half-way counts as a failed attempt. */
export const readBody: Plugin = (next) => async (call) => {
  call.progress.attempts++
  return readWhole(await next(call), call.operation, call.request.signal, call.options.stream)
}

/** The response with its body in memory; as it is where the caller asked for a stream. */
export async function readWhole(
  response: Response,
  operation: Operation,
  signal: AbortSignal | null | undefined,
  stream: boolean,
): Promise<Response> {
  if (stream || isWhole(response)) return response
  try {
    return createWholeResponse(response, await response.arrayBuffer(), operation)
  } catch (cause) {
    throw connectionError('the response broke off', operation, cause, signal)
  }
}

/** An abort surfaces as its reason, anything else as a `ConnectionError`. */
function connectionError(what: string, operation: Operation, cause: unknown, signal: ApiRequest['signal']): unknown {
  if (signal?.aborted) return signal.reason
  return new ConnectionError(what, operation, { cause, requestSent: !neverConnected(cause) })
}

const connectFailures = /^(ENOTFOUND|EAI_\w+|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/

/** Whether an error, or a cause behind it, says that no connection came about. */
function neverConnected(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (typeof code === 'string' && connectFailures.test(code)) || neverConnected(cause)
}
