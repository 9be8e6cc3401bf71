import { DatabaseUnavailable } from './unavailable.ts'
import { createWaitingLine, type WaitingLine } from './waiting-line.ts'

/** How long and how many may wait. */
export interface TurnLimits {
  /** How many wait at most, for all turns together. */
  maxWaiting: number
  /** How long one waits at most, in milliseconds. */
  timeout: number
}

/** Turns by name: of each, one is held at a time. `T` is what may be handed on together with a turn. */
export interface Turns<T> {
  /**
   * Takes the turn of this name when all who came before have given theirs back; resolves to what was handed on with
   * it, if anything. Throws `DatabaseUnavailable` where too many wait or it takes too long.
   */
  take(name: string): Promise<T | undefined>
  /** Gives a turn back, to whoever waits longest. */
  giveBack(name: string): void
  /** Gives a turn and something else to whoever waits longest; `false` where nobody does, and the turn is kept. */
  handOn(name: string, something: T): boolean
}

/** Creates turns; none is held. */
export function createTurns<T>({ maxWaiting, timeout }: TurnLimits): Turns<T> {
  const lines = new Map<string, WaitingLine<T>>()
  let waiting = 0
  return {
    async take(name) {
      const line = lines.get(name)
      if (line) {
        if (waiting >= maxWaiting) throw new DatabaseUnavailable('busy')
        waiting++
        return line.wait().finally(() => waiting--)
      }
      lines.set(name, createWaitingLine({ timeout, reason: 'locked' }))
      return undefined
    },
    giveBack(name) {
      if (!lines.get(name)?.letIn()) lines.delete(name)
    },
    handOn: (name, something) => lines.get(name)?.letIn(something) ?? false,
  }
}
