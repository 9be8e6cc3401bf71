/** A signal that aborts when another one does, until it is released. */
export interface Followed {
  signal: AbortSignal
  /** Stops following. */
  release(): void
}

/**
 * Makes a function that gives a signal of its own to each of the many that wait for one. However many these are, they
 * put one listener on it, as more than ten make some versions of Node warn, and none once all are released.
 */
export function createFollower(): (signal: AbortSignal) => Followed {
  const groups = new WeakMap<EventTarget, Set<AbortController>>()
  const abort = ({ target: leader }: { target: EventTarget | null }) => {
    for (const follower of groups.get(leader as AbortSignal) ?? []) follower.abort((leader as AbortSignal).reason)
  }

  return (leader) => {
    const follower = new AbortController()
    const group = (groups.get(leader) ?? new Set()).add(follower)
    groups.set(leader, group)
    // Put on it once, however often it is added.
    leader.addEventListener('abort', abort)
    if (leader.aborted) follower.abort(leader.reason)
    const release = () => {
      group.delete(follower)
      if (group.size === 0) leader.removeEventListener('abort', abort)
    }
    return { signal: follower.signal, release }
  }
}
