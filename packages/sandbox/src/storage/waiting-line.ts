import { DatabaseUnavailable, type Reason } from './unavailable.ts'

/** Those who wait for the same thing, in order. `T` is what may be handed to who comes in. */
export interface WaitingLine<T> {
  /** Waits; resolves to what was handed over, if anything. Throws `DatabaseUnavailable` where it takes too long. */
  wait(): Promise<T | undefined>
  /** Lets in who has waited longest, handing something over; `false` where nobody waits. */
  letIn(something?: T): boolean
  /** How many wait. */
  size(): number
}

/** Creates a line in which nobody waits. `timeout` is in milliseconds; `reason` is why who waited so long gives up. */
export function createWaitingLine<T>({ timeout, reason }: { timeout: number; reason: Reason }): WaitingLine<T> {
  const waiting = new Set<(something?: T) => void>()
  return {
    wait: () =>
      new Promise((resolve, reject) => {
        const come = (something?: T) => {
          clearTimeout(timer)
          waiting.delete(come)
          resolve(something)
        }
        const timer = setTimeout(() => {
          waiting.delete(come)
          reject(new DatabaseUnavailable(reason))
        }, timeout)
        waiting.add(come)
      }),
    letIn(something) {
      const [come] = waiting
      come?.(something)
      return come !== undefined
    },
    size: () => waiting.size,
  }
}
