import type { Call, Plugin } from '../core/call.ts'
import { MinimoError, TimeoutError } from '../core/errors.ts'
import { sleep } from '../core/sleep.ts'
import { longestTimer } from './timeout.ts'

/** How much of the API a client may use. */
export interface RateLimitOptions {
  /** Starts a second, on average. Default: any number. */
  perSecond?: number
  /** Starts at once after a pause. Default: `perSecond`, at least 1. */
  burst?: number
  /** Number under way at once. Default: any number. */
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
  const bucket = createBucket(perSecond, burst)
  const gate = createGate(concurrency)
  return (next) => async (call) => {
    await gate.enter(call)
    try {
      await bucket.take(call)
      return await next(call)
    } finally {
      gate.leave()
    }
  }
}

const deadlineError = ({ options, operation }: Call) =>
  new TimeoutError('deadline', Number(options.deadline), operation)

function createBucket(perSecond: number, burst: number) {
  let tokens = burst
  let filledAt = performance.now()
  return {
    async take(call: Call): Promise<void> {
      const now = performance.now()
      tokens = Math.min(burst, tokens + ((now - filledAt) / 1000) * perSecond) - 1
      filledAt = now
      if (!(tokens < 0)) return
      const pause = (-tokens / perSecond) * 1000
      try {
        if (Date.now() + pause >= call.expires) throw deadlineError(call)
        await sleep(pause, call.request.signal)
      } catch (reason) {
        tokens++
        throw reason
      }
    },
  }
}

function createGate(concurrency: number) {
  let free = concurrency
  const waiting = new Set<() => void>()
  const wait = (call: Call) =>
    new Promise<void>((resolve, reject) => {
      const { signal } = call.request
      const finish = (act: () => void) => {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onAbort)
        waiting.delete(start)
        act()
      }
      const start = () => finish(resolve)
      const onAbort = () => finish(() => reject(signal?.reason))
      const left = call.expires - Date.now()
      const timer = left > longestTimer ? undefined : setTimeout(() => finish(() => reject(deadlineError(call))), left)
      signal?.addEventListener('abort', onAbort)
      waiting.add(start)
    })
  return {
    async enter(call: Call): Promise<void> {
      call.request.signal?.throwIfAborted()
      if (free >= 1) free--
      else await wait(call)
    },
    leave(): void {
      const [start] = waiting
      if (start) start()
      else free++
    },
  }
}
