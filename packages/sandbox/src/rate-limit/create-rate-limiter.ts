import { Refusal } from '../exchange/refusal.ts'
import { integer, oneOf, type Parse, refuse, type Shape } from '../validation/parse-object.ts'
import { type Allowance, burstOf, fullAllowance, type RateLimit, takeToken } from './rate-limit.ts'

/** Counts the requests of each key. */
export interface RateLimiter {
  /** Counts a request; throws a `Refusal` with status 429 and `Retry-After` where the limit does not let it in. */
  admit(key: string): void
  /** Forgets all that came. */
  reset(): void
}

/** Creates a limiter in the time that `now` tells, in milliseconds since 1970; without a limit it lets all in. */
export function createRateLimiter(limit: RateLimit | undefined, now: () => number): RateLimiter {
  const allowances = new Map<string, Allowance>()
  return {
    admit(key) {
      if (!limit) return
      const at = now()
      const { allowance, retryAfter } = takeToken(limit, allowances.get(key) ?? fullAllowance(limit, at), at)
      allowances.set(key, allowance)
      if (retryAfter === 0) return
      const message = `This key may send ${limit.perSecond} requests a second, ${burstOf(limit)} at once: wait ${retryAfter} s.`
      throw new Refusal(429, message, { headers: { 'retry-after': String(retryAfter) } })
    },
    reset: () => allowances.clear(),
  }
}

const perSecond: Parse<number> = (value, name) =>
  typeof value === 'number' && value >= 0.001 && value <= 1_000_000
    ? value
    : refuse(value, name, 'a number from 0.001 to 1000000')

/** The parts of a limit, each with its parser. */
export const rateLimitShape: Shape<RateLimit> = {
  fields: { perSecond, burst: integer(1, 1_000_000), kind: oneOf(['bucket', 'window']) },
  required: ['perSecond'],
}
