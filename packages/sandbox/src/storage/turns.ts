import { DatabaseUnavailable } from './unavailable.ts'

/** How long and how many may wait. */
export interface TurnLimits {
  /** How many wait at most, for all turns together. */
  maxWaiting: number
  /** How long one waits at most, in milliseconds. */
  timeout: number
}

/**
 * Takes a turn of this name, when all who came before have given theirs back; resolves to what gives it back, to be
 * called once. Throws `DatabaseUnavailable` where too many wait or it takes too long.
 */
export type TakeTurn = (name: string) => Promise<() => void>

/** Creates turns: of each name, one is held at a time. */
export function createTurns({ maxWaiting, timeout }: TurnLimits): TakeTurn {
  const queues = new Map<string, Set<() => void>>()
  let waiting = 0

  function giveBack(name: string): void {
    const queue = queues.get(name)
    const [next] = queue ?? []
    if (next) next()
    else queues.delete(name)
  }

  function wait(queue: Set<() => void>): Promise<void> {
    if (waiting >= maxWaiting) return Promise.reject(new DatabaseUnavailable('busy'))
    waiting++
    return new Promise<void>((resolve, reject) => {
      const leave = () => {
        waiting--
        clearTimeout(timer)
        queue.delete(come)
      }
      const come = () => {
        leave()
        resolve()
      }
      const timer = setTimeout(() => {
        leave()
        reject(new DatabaseUnavailable('locked'))
      }, timeout)
      queue.add(come)
    })
  }

  return async (name) => {
    const queue = queues.get(name)
    if (queue) await wait(queue)
    else queues.set(name, new Set())
    return () => giveBack(name)
  }
}
