import { setTimeout } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import type { TransactionOptions } from './database.ts'
import { createPool, limits, type PoolOptions } from './postgres-pool.ts'
import { createSlots, type Slots } from './slots.ts'
import { createTurns } from './turns.ts'
import { reasonOf } from './unavailable.ts'

/** How many may wait for a connection, and how many for their turn. */
const maxWaiting = 1000

/** How long to wait where the server has no connection left and none is open, in milliseconds. */
const pause = 50

/** How long no more connections are asked for after the server had none left, in milliseconds. */
const shortage = 5000

/** What is done with a connection. It calls `sentAll` when it only awaits answers: what others send is queued behind. */
export type UseClient<T> = (client: PoolClient, sentAll: () => void) => Promise<T>

/** Connections to a server. */
export interface Connections {
  /**
   * Lets act use a connection; throws `DatabaseUnavailable` where none is to be had in time. Those of the same turn
   * follow one another, and wait for it without a connection.
   */
  use<T>(act: UseClient<T>, options?: TransactionOptions): Promise<T>
  /** Ends the connections: at once where the server does not answer. */
  end(): Promise<void>
}

/** A connection in use: by one, and also by the one before whose answers are still to come. */
interface Shared {
  client: PoolClient
  users: number
  broken: boolean
}

/** Hands a connection on to who waits for it; `false` where nobody does. */
type HandOn = (shared: Shared) => boolean

/** Creates connections to the database of a URL. Nothing is connected yet. */
export function createConnections(url: string, options: PoolOptions): Connections {
  const { pool, destroy } = createPool(url, options)
  // The pool's own queue would ask a server that has no connection left once for each who waits.
  const slots = createSlots<Shared>({ max: options.max, maxWaiting, timeout: limits.connect })
  const turns = createTurns<Shared>({ maxWaiting, timeout: limits.connect })

  async function useShared<T>(shared: Shared, act: UseClient<T>, handOn: HandOn): Promise<T> {
    const { client } = shared
    let isHandedOn = false
    const sentAll = () => {
      isHandedOn = !shared.broken && handOn(shared)
      if (isHandedOn) shared.users++
    }
    try {
      return await act(client, sentAll)
    } catch (error) {
      const reason = reasonOf(error)
      if (reason === 'unreachable' || reason === 'timeout') shared.broken = true
      throw error
    } finally {
      shared.users--
      // A connection that is lost, or stuck in a transaction, is not used again.
      if (shared.users === 0) client.release(shared.broken || client.getTransactionStatus() !== 'I')
      if (!isHandedOn) slots.giveBack()
    }
  }

  async function useInTurn<T>(turn: string, act: UseClient<T>): Promise<T> {
    const handedOn = await turns.take(turn)
    let isHandedOn = false
    try {
      return await useShared(handedOn ?? (await connect(pool, slots)), act, (shared) => {
        // Who waits for any connection comes first: else a turn that many want would keep one to itself.
        if (slots.handOn(shared)) return true
        isHandedOn = turns.handOn(turn, shared)
        return isHandedOn
      })
    } finally {
      if (!isHandedOn) turns.giveBack(turn)
    }
  }

  return {
    use: async (act, { turn } = {}) =>
      turn === undefined ? useShared(await connect(pool, slots), act, slots.handOn) : useInTurn(turn, act),
    async end() {
      const ended = pool.end()
      const over = new AbortController()
      await Promise.race([ended, setTimeout(1000, undefined, { signal: over.signal }).catch(() => {})])
      over.abort()
      // One that does not answer would keep the process alive.
      destroy()
    },
  }
}

/** A connection, held together with a slot; where the server has none left, the open ones are shared for a while. */
async function connect(pool: Pool, slots: Slots<Shared>): Promise<Shared> {
  const deadline = performance.now() + limits.connect
  for (;;) {
    const handedOn = await slots.take()
    if (handedOn) return handedOn
    try {
      return { client: await pool.connect(), users: 1, broken: false }
    } catch (error) {
      const isShort = reasonOf(error) === 'busy' && performance.now() < deadline
      if (!isShort) {
        slots.giveBack()
        throw error
      }
      slots.giveUp(shortage)
    }
    if (pool.totalCount === 0) await setTimeout(pause)
  }
}
