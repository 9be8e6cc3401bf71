/** Where a pump's work comes from and what it does with it. */
export interface PumpOptions<Item> {
  /** How long to wait after `claim` or `untilNext` has failed, in milliseconds. */
  retryAfter: number
  /**
   * Takes items that are due, no more than may be handled beside those under way. Says as of what time, and whether
   * there may be more to take at once.
   */
  claim(underWay: readonly Item[]): Promise<{ items: readonly Item[]; at: number; more: boolean }>
  /** Where it rejects, the item is left to be claimed again. */
  handle(item: Item): Promise<void>
  /** How long until something is due that was not yet due at that time, in milliseconds; infinite for never. */
  untilNext(claimedAt: number): Promise<number>
}

/** Claims and handles items as they fall due. */
export interface Pump {
  /** Looks for items that are due; at most one look is under way, and one is to follow. */
  wake(): void
  /** Resolves when no item is due or under way; rejects where the last look has failed. */
  idle(): Promise<void>
  /** Claims no more and waits for what is under way. */
  close(): Promise<void>
}

/** The longest wait that a timer can take, in milliseconds. */
const maxTimer = 2 ** 31 - 1

/** The shortest: a clock that stands still just before an item is due must not make the pump spin. */
const minTimer = 10

/** Creates a pump that rests until it is woken. Its timer does not keep the process alive. */
export function createPump<Item extends object>(options: PumpOptions<Item>): Pump {
  const { retryAfter, claim, handle, untilNext } = options
  const underWay = new Map<Item, Promise<void>>()
  let look: Promise<void> | undefined
  let asked = false
  let closed = false
  let timer: NodeJS.Timeout | undefined
  let failure: { error: unknown } | undefined

  async function start(item: Item): Promise<void> {
    try {
      await handle(item)
    } catch {
      // Its claim runs out.
    }
    underWay.delete(item)
    wake()
  }

  async function lookOnce(): Promise<void> {
    let wait = retryAfter
    try {
      while (asked && !closed) {
        asked = false
        const { items, at, more } = await claim([...underWay.keys()])
        for (const item of items) underWay.set(item, start(item))
        if (more) asked = true
        else wait = await untilNext(at)
      }
      failure = undefined
    } catch (error) {
      failure = { error }
    }
    look = undefined
    if (!closed && wait < Number.POSITIVE_INFINITY) {
      timer = setTimeout(wake, Math.min(Math.max(wait, minTimer), maxTimer)).unref()
    }
  }

  function wake(): void {
    if (closed) return
    asked = true
    if (look) return
    clearTimeout(timer)
    look = lookOnce()
  }

  async function settle(): Promise<void> {
    while (look || underWay.size > 0) await (look ?? Promise.race(underWay.values()))
  }

  return {
    wake,
    async idle() {
      wake()
      await settle()
      if (failure) throw failure.error
    },
    async close() {
      closed = true
      clearTimeout(timer)
      await settle()
    },
  }
}
