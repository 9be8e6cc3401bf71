/** How many requests of one key are let in. */
export interface RateLimit {
  /** So many on average: 0.001 to 1,000,000, also below one, such as 0.5 for 30 a minute. */
  perSecond: number
  /** So many at once, up to 1,000,000; default: those of one second, at least 1. */
  burst?: number
  /**
   * `bucket` (default): tokens up to `burst`, refilled evenly; never more than `burst + perSecond × seconds` are let in.
   * `window`: `burst` requests in every `burst / perSecond` seconds, counted from the first; twice as many may come
   * close together, at the end of one window and the beginning of the next.
   */
  kind?: 'bucket' | 'window'
}

/** What is left of a limit. */
export interface Allowance {
  /** How many requests more may come; of a bucket also parts of one. */
  tokens: number
  /** The moment that this was so, in milliseconds since 1970; of a window, when it began. */
  since: number
}

/** What a request has been told, and what is left after it. */
export interface Admission {
  allowance: Allowance
  /** 0 where it was let in; otherwise the whole seconds after which one will be, if none comes before. */
  retryAfter: number
}

/** How many requests a limit lets in at once. */
export const burstOf = ({ perSecond, burst }: RateLimit): number => burst ?? Math.max(1, Math.floor(perSecond))

/** What a key may do that has not been used. `now` is in milliseconds since 1970. */
export const fullAllowance = (limit: RateLimit, now: number): Allowance => ({ tokens: burstOf(limit), since: now })

/** Lets a request in or not. Who was not let in has used nothing. `now` is in milliseconds since 1970. */
export function takeToken(limit: RateLimit, allowance: Allowance, now: number): Admission {
  const { tokens, since } = refill(limit, allowance, now)
  if (tokens >= 1) return { allowance: { tokens: tokens - 1, since }, retryAfter: 0 }
  return { allowance, retryAfter: secondsUntilToken(limit, allowance, now) }
}

function refill(limit: RateLimit, { tokens, since }: Allowance, now: number): Allowance {
  const burst = burstOf(limit)
  const gained = (Math.max(0, now - since) * limit.perSecond) / 1000
  if (limit.kind !== 'window') return { tokens: Math.min(burst, tokens + gained), since: Math.max(since, now) }
  return gained < burst ? { tokens, since } : { tokens: burst, since: now }
}

function secondsUntilToken(limit: RateLimit, allowance: Allowance, now: number): number {
  const needed = limit.kind === 'window' ? burstOf(limit) : 1 - allowance.tokens
  const seconds = Math.max(1, Math.ceil(needed / limit.perSecond + (allowance.since - now) / 1000))
  // Both were rounded, so that a second may be missing.
  return refill(limit, allowance, now + seconds * 1000).tokens >= 1 ? seconds : seconds + 1
}
