import { DatabaseUnavailable } from './unavailable.ts'
import { createWaitingLine } from './waiting-line.ts'

/** How many there are, and how many wait for how long. */
export interface SlotsOptions {
  /** How many may be held at a time. */
  max: number
  /** How many wait at most. */
  maxWaiting: number
  /** How long one waits at most, in milliseconds. */
  timeout: number
}

/** So many places to work in; who finds none waits, in order. `T` is what may be handed on together with a slot. */
export interface Slots<T> {
  /**
   * Takes a slot; resolves to what was handed on with it, if anything. Throws `DatabaseUnavailable` where too many wait
   * or it takes too long.
   */
  take(): Promise<T | undefined>
  /** Gives a slot back, to whoever waits longest. */
  giveBack(): void
  /** Gives a slot and something else to whoever waits longest; `false` where nobody does, and the slot is kept. */
  handOn(something: T): boolean
  /** Gives one back and makes do, for so many milliseconds, with as many as are held then, but at least one. */
  giveUp(milliseconds: number): void
}

/** Creates slots; none is held. */
export function createSlots<T>({ max, maxWaiting, timeout }: SlotsOptions): Slots<T> {
  const line = createWaitingLine<T>({ timeout, reason: 'busy' })
  let capacity = max
  let held = 0

  function letIn(): void {
    while (held < capacity && line.letIn()) held++
  }

  return {
    async take() {
      if (held >= capacity) {
        if (line.size() >= maxWaiting) throw new DatabaseUnavailable('busy')
        return line.wait()
      }
      held++
      return undefined
    },
    giveBack() {
      held--
      letIn()
    },
    handOn: (something) => held <= capacity && line.letIn(something),
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
