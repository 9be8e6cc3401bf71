import type { Call } from '../core/call.ts'
import { TimeoutError } from '../core/errors.ts'
import { longestTimer } from './timeout.ts'

/** Milliseconds by which timers may be late without a rate suffering from it. */
const slack = 20

/** When the next may start, if one that might have started at `due` starts now, and starts shall be `interval` apart. */
export const startAfter = (due: number, now: number, interval: number): number =>
  (now - due < slack ? due : now) + interval

/** What decides when the next call may start. Times in milliseconds. */
export interface Gate {
  /** How long until the next may start, as far as is known now; 0 or less: at once. */
  delay(): number
  /** How long a call will surely have to wait behind so many others. */
  atLeast(ahead: number): number
  /** Time between one start and the next; 0 where many may start at once. */
  interval(): number
  /** A call starts. */
  take(call: Call): void
  /** Why a call had to wait, as the start of a message that ends with its deadline. */
  reason(): string
}

/** A queue in front of a gate. */
export interface Turnstile {
  /**
   * Waits for the call's turn; `undefined` where it has come. Rejects with the signal's reason on abort, and with a
   * `TimeoutError` at the deadline, or at once where the turn will surely come later.
   */
  enter(call: Call): Promise<void> | undefined
  /** Starts all whose turn has come: to be called when the gate may have opened. */
  advance(): unknown
  /** How many are waiting. */
  size(): number
}

interface Waiter {
  start(): void
  /** Sets its timer anew, for when so many are ahead of it. */
  wait(ahead: number): void
}

/**
 * Lets calls through a gate in the order they came. Each has a timer of its own: where a timer ends with the request
 * that set it, as in Workers, nobody may depend on somebody else's.
 */
export function createTurnstile(gate: Gate): Turnstile {
  const queue = new Set<Waiter>()

  /** Starts all whose turn has come, and sets the timer of the one that is next. */
  const advance = (): Waiter | undefined => {
    for (const waiter of queue) {
      if (gate.delay() > 0) {
        waiter.wait(0)
        return waiter
      }
      queue.delete(waiter)
      waiter.start()
    }
    return undefined
  }

  return {
    advance,
    size: () => queue.size,
    enter(call) {
      const { signal } = call.request
      signal?.throwIfAborted()
      const ahead = queue.size
      if (ahead === 0 && gate.delay() <= 0) return void gate.take(call)
      if (performance.now() + gate.atLeast(ahead) >= call.expires) return Promise.reject(late(call, gate))
      return new Promise((resolve, reject) => {
        let timer: ReturnType<typeof setTimeout> | undefined
        const leave = (settle: () => void) => {
          clearTimeout(timer)
          signal?.removeEventListener('abort', onAbort)
          const wasWaiting = queue.delete(waiter)
          settle()
          if (wasWaiting) advance()
        }
        const onAbort = () => leave(() => reject(signal?.reason))
        const onTimer = () => {
          if (performance.now() >= call.expires) return leave(() => reject(late(call, gate)))
          if (advance() !== waiter && queue.has(waiter)) waiter.wait(ahead)
        }
        const waiter: Waiter = {
          start: () =>
            leave(() => {
              gate.take(call)
              resolve()
            }),
          wait(ahead) {
            clearTimeout(timer)
            const left = Math.min(call.expires - performance.now(), gate.delay() + ahead * gate.interval())
            timer = left > longestTimer ? undefined : setTimeout(onTimer, Math.max(left, 0))
          },
        }
        signal?.addEventListener('abort', onAbort)
        queue.add(waiter)
        waiter.wait(ahead)
        advance()
      })
    },
  }
}

const late = ({ options, operation }: Call, gate: Gate) =>
  new TimeoutError('deadline', Number(options.deadline), operation, gate.reason())
