import type { Call, Plugin } from '../core/call.ts'
import { ClientError } from '../core/errors.ts'
import { createTurnstile, startAfter } from '../core/turnstile.ts'

/** How much of the API a client may use. */
export interface RateLimitOptions {
  /** Starts a second. Default: no limit but the one that every client learns from the API's 429s. */
  perSecond?: number
  /** Starts at once after a pause. Default 1: all are evenly spread. */
  burst?: number
  /** Number under way at once. Default: no limit. */
  concurrency?: number
}

/**
 * Makes what comes after it wait its turn: evenly spread by `perSecond`, a queue by `concurrency`. Among a client's
 * `plugins` it counts calls; right after `retry` it counts attempts. Waits end with the caller's abort and at the
 * deadline. Each call of this function makes one limiter. Throws `ClientError` for limits that let nothing through.
 */
export function rateLimit(options: RateLimitOptions): Plugin {
  const { enter, leave } = createLimiter(checkLimits(options))
  return (next) => async (call) => {
    await enter(call)
    try {
      return await next(call)
    } finally {
      leave(call)
    }
  }
}

function checkLimits({
  perSecond = Number.POSITIVE_INFINITY,
  burst = 1,
  concurrency = Number.POSITIVE_INFINITY,
}: RateLimitOptions) {
  if (perSecond > 0 && burst >= 1 && concurrency >= 1) return { perSecond, burst, concurrency }
  const found = JSON.stringify({ perSecond, burst, concurrency })
  throw new ClientError(`rateLimit needs perSecond above 0, burst and concurrency from 1; found ${found}`)
}

function createLimiter({ perSecond, burst, concurrency }: ReturnType<typeof checkLimits>) {
  const interval = 1000 / perSecond
  /** How much earlier than evenly spread a call may start. */
  const tolerance = (burst - 1) * interval
  /** Until when each of those under way may hold its place. */
  const places = new Map<Call, number>()
  let nextAt = 0

  const untilPlace = (now: number) => {
    if (places.size < concurrency) return 0
    // In Workers a request can end, and what it had under way with it, without telling anyone.
    for (const [call, expires] of places) if (expires <= now) places.delete(call)
    return places.size < concurrency ? 0 : Math.min(...places.values()) - now
  }
  const turnstile = createTurnstile({
    delay() {
      const now = performance.now()
      return Math.max(nextAt - tolerance - now, untilPlace(now))
    },
    interval: () => interval,
    atLeast: (ahead) => nextAt - tolerance - performance.now() + ahead * interval,
    take(call) {
      nextAt = startAfter(nextAt, performance.now(), interval)
      places.set(call, call.expires)
    },
    reason: () => `rateLimit (${describe({ perSecond, concurrency })}) gave the call no turn`,
  })
  return {
    enter: turnstile.enter,
    leave(call: Call): void {
      places.delete(call)
      turnstile.advance()
    },
  }
}

const describe = (limits: Record<string, number>) =>
  Object.entries(limits)
    .flatMap(([name, limit]) => (Number.isFinite(limit) ? [`${name}: ${limit}`] : []))
    .join(', ')
