import type { Call, Plugin } from '../core/call.ts'
import { isConnectionError, isTimeoutError } from '../core/errors.ts'
import { parseRetryAfter } from '../core/retry-after.ts'
import { sleep } from '../core/sleep.ts'
import { discard } from '../core/whole-response.ts'
import { longestTimer } from './timeout.ts'

/** Time and chance, so that tests can stand in for them. */
export interface RetryClock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason once it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal | null): Promise<void>
  /** From 0 up to, but not including, 1. */
  random(): number
}

/** What may be spent on extra attempts at once, and what each call adds to it: 10 at once, then one in five calls. */
const budget = { most: 10, perCall: 0.2 }

/**
 * Repeats failed attempts: after network failures, timeouts of an attempt, and 408, 429, 500, 502, 503, 504.
 * An operation whose row says `retry: 'never'` is repeated only where the request surely had no effect. Waits as
 * long as `Retry-After` says, else between half of and the whole of 500 ms doubling up to 8 s. When many calls
 * fail together, extra attempts stay under a fifth of the calls plus ten, so that a brown-out is not made worse.
 */
export function retry({
  now = Date.now,
  sleep: pauseFor = sleep,
  random = Math.random,
}: Partial<RetryClock> = {}): Plugin {
  let left = budget.most
  return (next) => async (call) => {
    const { retries, maxRetryAfter } = call.options
    left = Math.min(left + budget.perCall, budget.most)
    for (let attempt = 1; ; attempt++) {
      let response: Response | undefined
      let error: unknown
      try {
        response = await next(numbered(call, attempt))
        if (response.ok) return response
      } catch (caught) {
        error = caught
      }
      const asked = response && parseRetryAfter(response.headers, now())
      const pause = asked ?? backoff(attempt, random())
      const isTooLong =
        pause > Math.min(asked === undefined ? pause : maxRetryAfter, longestTimer) || now() + pause >= call.expires
      if (attempt > retries || isTooLong || left < 1 || !isRetryable(call, response, error, asked)) {
        if (response) return response
        throw error
      }
      left--
      if (response) await discard(response)
      await pauseFor(pause, call.request.signal)
    }
  }
}

function numbered(call: Call, attempt: number): Call {
  if (attempt === 1) return call
  const headers = { ...call.request.headers, 'x-minimo-retry-count': String(attempt - 1) }
  return { ...call, attempt, request: { ...call.request, headers } }
}

const retryableStatuses = [408, 429, 500, 502, 503, 504]

function isRetryable(
  { operation, request }: Call,
  response: Response | undefined,
  error: unknown,
  asked?: number,
): boolean {
  // A stream has been used up by the first attempt.
  if (request.signal?.aborted || request.body instanceof ReadableStream) return false
  const isSafe = operation.retry === 'safe'
  if (response) {
    if (isSafe) return retryableStatuses.includes(response.status)
    return response.status === 429 || (response.status === 503 && asked !== undefined)
  }
  if (isConnectionError(error) && !error.requestSent) return true
  return isSafe && (isConnectionError(error) || (isTimeoutError(error) && error.limit === 'timeout'))
}

const backoff = (attempt: number, random: number) => Math.min(500 * 2 ** (attempt - 1), 8000) * (0.5 + random / 2)
