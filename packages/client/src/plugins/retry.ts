import type { Call, Plugin } from '../core/call.ts'
import { isConnectionError, isTimeoutError } from '../core/errors.ts'
import { parseRetryAfter } from '../core/retry-after.ts'
import { isWhole } from '../core/whole-response.ts'
import { longestTimer } from './time-limit.ts'

/** Time and chance, so that tests can stand in for them. */
export interface RetryClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason once it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal | null): Promise<void>
  /** From 0 up to, but not including, 1. */
  random(): number
}

/**
 * Repeats failed attempts: after network failures, timeouts of an attempt, and 408, 429, 500, 502, 503, 504.
 * An operation whose row says `retry: 'never'` is repeated only where the request surely had no effect. Waits as
 * long as `Retry-After` says, else between half of and the whole of 500 ms doubling up to 8 s.
 */
export function retry({ now = Date.now, sleep = wait, random = Math.random }: Partial<RetryClock> = {}): Plugin {
  return (next) => async (call) => {
    const { retries, deadline, maxRetryAfter } = call.options
    const end = deadline === false ? Number.POSITIVE_INFINITY : now() + deadline
    for (let attempt = 1; ; attempt++) {
      const outcome: Outcome = await next(numbered(call, attempt)).then(
        (response) => ({ response }),
        (error: unknown) => ({ error }),
      )
      const { response, error } = outcome
      const asked = response && parseRetryAfter(response.headers, now())
      const pause = asked ?? backoff(attempt, random())
      const isTooLong = (asked ?? 0) > Math.min(maxRetryAfter, longestTimer) || now() + pause >= end
      if (attempt > retries || isTooLong || !isRetryable(call, outcome)) {
        if (response) return response
        throw error
      }
      if (response && !isWhole(response)) await response.body?.cancel()
      await sleep(pause, call.request.signal)
    }
  }
}

type Outcome = { response: Response; error?: never } | { response?: never; error: unknown }

function numbered(call: Call, attempt: number): Call {
  if (attempt === 1) return call
  const headers = { ...call.request.headers, 'x-minimo-retry-count': String(attempt - 1) }
  return { ...call, attempt, request: { ...call.request, headers } }
}

const retryableStatuses = [408, 429, 500, 502, 503, 504]

function isRetryable({ operation, request }: Call, { response, error }: Outcome): boolean {
  // A stream has been used up by the first attempt.
  if (request.signal?.aborted || request.body instanceof ReadableStream) return false
  const isSafe = operation.retry === 'safe'
  if (response) {
    if (isSafe) return retryableStatuses.includes(response.status)
    return response.status === 429 || (response.status === 503 && response.headers.has('retry-after'))
  }
  if (isConnectionError(error) && !error.requestSent) return true
  return isSafe && (isConnectionError(error) || isTimeoutError(error))
}

const backoff = (attempt: number, random: number) => Math.min(500 * 2 ** (attempt - 1), 8000) * (0.5 + random / 2)

function wait(milliseconds: number, signal?: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const onAbort = () => {
      clearTimeout(timer)
      reject(signal?.reason)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort)
      resolve()
    }, milliseconds)
    signal?.addEventListener('abort', onAbort, { once: true })
  })
}
