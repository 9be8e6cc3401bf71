import type { Call, Plugin } from '../core/call.ts'
import { MinimoError, TimeoutError } from '../core/errors.ts'
import { longestTimer } from './timeout.ts'

/** How much of the API a client may use. */
export interface RateLimitOptions {
  /** Starts a second, on average. Default: no limit. */
  perSecond?: number
  /** Starts at once after a pause. Default: `perSecond`, at least 1. */
  burst?: number
  /** Number under way at once. Default: no limit. */
  concurrency?: number
}

/**
 * Makes what comes after it wait its turn: a token bucket for the rate, a queue for the number at once. Among a
 * client's `plugins` it counts calls; right after `retry` it counts attempts. Waits end with the caller's abort and
 * at the deadline. Each call of this function makes one limiter. Throws `MinimoError` for limits that let nothing through.
 */
export function rateLimit({
  perSecond = Number.POSITIVE_INFINITY,
  burst = Math.max(1, perSecond),
  concurrency = Number.POSITIVE_INFINITY,
}: RateLimitOptions): Plugin {
  if (!(perSecond > 0 && burst >= 1 && concurrency >= 1)) {
    const found = JSON.stringify({ perSecond, burst, concurrency })
    throw new MinimoError(`rateLimit needs perSecond above 0, burst and concurrency from 1; found ${found}`)
  }
  const { enter, leave } = createLimiter(perSecond, burst, concurrency)
  return (next) => async (call) => {
    await enter(call)
    try {
      return await next(call)
    } finally {
      leave()
    }
  }
}

/** One queue for both limits: the first in it starts once there is a token and a free place. */
function createLimiter(perSecond: number, burst: number, concurrency: number) {
  const queue = new Set<() => void>()
  let tokens = burst
  let filledAt = performance.now()
  let active = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const advance = () => {
    clearTimeout(timer)
    const now = performance.now()
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond)
    filledAt = now
    for (const start of queue) {
      if (active >= concurrency) return
      if (tokens < 1) {
        timer = setTimeout(advance, ((1 - tokens) / perSecond) * 1000)
        return
      }
      tokens--
      active++
      start()
    }
  }
  const estimate = () => Math.max(0, ((queue.size + 1 - tokens) / perSecond) * 1000)

  return {
    async enter(call: Call): Promise<void> {
      call.request.signal?.throwIfAborted()
      advance()
      if (Date.now() + estimate() >= call.expires) throw deadlineError(call)
      await waitIn(queue, call, advance)
    },
    leave(): void {
      active--
      advance()
    },
  }
}

const deadlineError = ({ options, operation }: Call) =>
  new TimeoutError('deadline', Number(options.deadline), operation)

/** Stands in a queue until started, aborted, or past the deadline; leaves it in each case. */
function waitIn(queue: Set<() => void>, { request, expires, ...call }: Call, advance: () => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const { signal } = request
    const finish = (settle: () => void) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      queue.delete(start)
      settle()
    }
    const start = () => finish(resolve)
    const giveUp = (reason: unknown) => {
      finish(() => reject(reason))
      advance()
    }
    const onAbort = () => giveUp(signal?.reason)
    const onDeadline = () => giveUp(deadlineError({ request, expires, ...call }))
    const left = expires - Date.now()
    const timer = left > longestTimer ? undefined : setTimeout(onDeadline, left)
    signal?.addEventListener('abort', onAbort)
    queue.add(start)
    advance()
  })
}
