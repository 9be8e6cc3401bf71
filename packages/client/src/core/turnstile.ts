import type { Call } from './call.ts'
import { TimeoutError } from './errors.ts'
import { sleep } from './sleep.ts'

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
  /** Lets the next look whether its turn has come: to be called when the gate may have opened. */
  advance(): void
  /** How many are waiting. */
  size(): number
}

interface Waiter {
  /** When it will look at the gate again by itself. */
  wakesAt: number
  /** Makes it look now. */
  rouse(): void
}

/** Milliseconds after its time in which a waiter that is still there gets its turn; then it is taken for gone. */
const grace = 1000

/**
 * Lets calls through a gate in the order they came. Others only resolve a promise of a waiter, which sets its timers
 * itself: in Workers a timer ends with the request that set it, so nobody may depend on somebody else's. Nor does anyone
 * wait for one in front of him whose request has ended without a word.
 */
export function createTurnstile(gate: Gate): Turnstile {
  const queue = new Set<Waiter>()
  const first = (): Waiter | undefined => queue.values().next().value

  const waitIn = async (call: Call, ahead: number): Promise<void> => {
    const waiter: Waiter = { wakesAt: 0, rouse: () => {} }
    try {
      for (;;) {
        queue.add(waiter)
        const now = performance.now()
        if (now >= call.expires) throw late(call, gate)
        const front = first()
        if (front && front !== waiter && now > front.wakesAt + grace) queue.delete(front)
        const isNext = first() === waiter
        const delay = gate.delay()
        if (isNext && delay <= 0) return gate.take(call)
        waiter.wakesAt = Math.min(
          call.expires,
          now + Math.max(delay, 0) + (isNext ? 0 : ahead * gate.interval() + grace),
        )
        await sleep(waiter.wakesAt - now, call.request.signal, (rouse) => {
          waiter.rouse = rouse
        })
      }
    } finally {
      queue.delete(waiter)
      first()?.rouse()
    }
  }

  return {
    advance: () => first()?.rouse(),
    size: () => queue.size,
    enter(call) {
      call.request.signal?.throwIfAborted()
      const ahead = queue.size
      if (ahead === 0 && gate.delay() <= 0) return void gate.take(call)
      if (performance.now() + gate.atLeast(ahead) >= call.expires) throw late(call, gate)
      return waitIn(call, ahead)
    },
  }
}

const late = ({ options, operation }: Call, gate: Gate) =>
  new TimeoutError('deadline', Number(options.deadline), operation, gate.reason())
