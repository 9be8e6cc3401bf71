import { DatabaseUnavailable } from './unavailable.ts'

/** How many there are, and how many wait for how long. */
export interface SlotsOptions {
  /** How many may be held at a time. */
  max: number
  /** How many wait at most. */
  maxWaiting: number
  /** How long one waits at most, in milliseconds. */
  timeout: number
}

/** So many places to work in; who finds none waits, in order. */
export interface Slots {
  /** Takes a slot; throws `DatabaseUnavailable` where too many wait or it takes too long. */
  take(): Promise<void>
  /** Gives a slot back, to whoever waits longest. */
  giveBack(): void
  /** Gives one back and makes do, for so many milliseconds, with as many as are held then, but at least one. */
  giveUp(milliseconds: number): void
}

/** Creates slots; none is held. */
export function createSlots({ max, maxWaiting, timeout }: SlotsOptions): Slots {
  const waiting = new Set<() => void>()
  let capacity = max
  let held = 0

  function letIn(): void {
    for (const come of waiting) {
      if (held >= capacity) return
      come()
    }
  }

  function giveBack(): void {
    held--
    letIn()
  }

  return {
    take() {
      if (held < capacity) {
        held++
        return Promise.resolve()
      }
      if (waiting.size >= maxWaiting) return Promise.reject(new DatabaseUnavailable('busy'))
      return new Promise((resolve, reject) => {
        const come = () => {
          clearTimeout(timer)
          waiting.delete(come)
          held++
          resolve()
        }
        const timer = setTimeout(() => {
          waiting.delete(come)
          reject(new DatabaseUnavailable('busy'))
        }, timeout)
        waiting.add(come)
      })
    },
    giveBack,
    giveUp(milliseconds) {
      held--
      capacity = Math.max(1, Math.min(capacity, held))
      letIn()
      setTimeout(() => {
        capacity = max
        letIn()
      }, milliseconds).unref()
    },
  }
}
