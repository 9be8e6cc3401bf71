import { type Call, type Plugin, withHeader } from './call.ts'
import { isConnectionError, isTimeoutError } from './errors.ts'
import { discard, isStream } from './held-response.ts'
import { parseRetryAfter } from './retry-after.ts'
import { longestTimer, sleep } from './sleep.ts'
import { createSteering, type Steering } from './steering.ts'
import { originOf } from './transport.ts'

/** Settings of `retry`: time and chance, so that tests can stand in for them, and a header. */
export interface RetryOptions {
  /** Milliseconds on a clock that never jumps. Default: that of `performance.now()`. */
  now(): number
  /** Milliseconds since the epoch, for a `Retry-After` that is a date. Default: `Date.now`. */
  date(): number
  /** Resolves after so many milliseconds; rejects with the signal's reason once it aborts. */
  sleep(milliseconds: number, signal?: AbortSignal | null): Promise<unknown>
  /** From 0 up to, but not including, 1. */
  random(): number
  /** Name of a header that tells the API how often a call has been repeated. Default: none is sent. */
  countHeader: string | undefined
}

/** How many extra attempts may be made at once. */
const budget = 10

/** What each call adds to them. */
const perCall = 0.2

/**
 * Repeats failed attempts: after network failures, timeouts of an attempt, and 408, 429, 500, 502, 503, 504.
 * An operation whose row says `retry: 'never'` is repeated only where the request surely had no effect. Waits as
 * long as `Retry-After` says, else between half of and the whole of 500 ms doubling up to 8 s. When many calls
 * fail together, extra attempts stay under a fifth of the calls plus ten, so that a brown-out is not made worse. A 429,
 * or a 503 with `Retry-After`, costs nothing of that, but pauses all calls to that host; one then probes, and the
 * others follow at the rate that held.
 */
export function retry({
  now = () => performance.now(),
  date = Date.now,
  sleep: pauseFor = sleep,
  random = Math.random,
  countHeader,
}: Partial<RetryOptions> = {}): Plugin {
  let left = budget
  const steeringOf = createSteerings()
  return (next) => async (call) => {
    const { retries, maxRetryAfter } = call.options
    const steering = steeringOf(call)
    left = Math.min(left + perCall, budget)
    for (let attempt = 1, isRefused = false; ; attempt++) {
      const turn = steering.enter(call, isRefused)
      if (turn) await turn
      const begun = steering.begin()
      let response: Response | undefined
      let error: unknown
      try {
        response = await next(number(call, attempt, countHeader))
        if (response.ok) {
          steering.end(begun, response)
          return response
        }
      } catch (caught) {
        error = caught
      }
      const asked = response && parseRetryAfter(response.headers, date())
      const pause = asked ?? backoff(attempt, random())
      const isWaitable = asked === undefined || asked <= Math.min(maxRetryAfter, longestTimer)
      isRefused = isWaitable && isRefusal(response?.status, asked)
      // Who may come again at once has met no limit.
      if (response && isRefused && pause > 0) steering.refuse(begun, pause, response.status)
      else steering.end(begun, response)
      const isAffordable = isWaitable && now() + pause < call.expires && (isRefused || left >= 1)
      if (attempt > retries || !isAffordable || !isRetryable(call, response, error, asked)) {
        if (response) return response
        throw error
      }
      if (!isRefused) left--
      if (response) await discard(response)
      await pauseFor(pause, call.request.signal)
    }
  }
}

/** Finds the steering of the host that a call goes to. */
function createSteerings(): (call: Call) => Steering {
  const byOrigin = new Map<string, Steering>()
  return ({ request: { url } }) => {
    const origin = originOf(url)
    const steering = byOrigin.get(origin) ?? createSteering()
    byOrigin.set(origin, steering)
    return steering
  }
}

function number(call: Call, attempt: number, countHeader: string | undefined): Call {
  const numbered = { ...call, attempt }
  return countHeader && attempt > 1 ? withHeader(numbered, countHeader, `${attempt - 1}`) : numbered
}

/** Whether the server says that it takes no more for now. */
const isRefusal = (status?: number, asked?: number) => status === 429 || (status === 503 && asked !== undefined)

const retryableStatuses = [408, 429, 500, 502, 503, 504]

/** Whether what a call came to may be tried again, and might then be better. */
export function isRetryable(
  { operation, request }: Call,
  response: Response | undefined,
  error: unknown,
  asked?: number,
): boolean {
  // A stream has been used up by the first attempt.
  if (request.signal?.aborted || isStream(request.body)) return false
  const isSafe = operation.retry === 'safe'
  if (response) return isSafe ? retryableStatuses.includes(response.status) : isRefusal(response.status, asked)
  if (isConnectionError(error) && !error.requestSent) return true
  return isSafe && (isConnectionError(error) || (isTimeoutError(error) && error.limit === 'timeout'))
}

const backoff = (attempt: number, random: number) => Math.min(500 * 2 ** (attempt - 1), 8000) * (0.5 + random / 2)
