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
  const groups = new WeakMap<AbortSignal, { followers: Set<AbortController>; abort: () => void }>()

  return (leader) => {
    if (leader.aborted) return { signal: leader, release: () => {} }
    const follower = new AbortController()
    const group = groups.get(leader) ?? createGroup(leader)
    groups.set(leader, group)
    if (group.followers.size === 0) leader.addEventListener('abort', group.abort)
    group.followers.add(follower)
    const release = () => {
      group.followers.delete(follower)
      if (group.followers.size === 0) leader.removeEventListener('abort', group.abort)
    }
    return { signal: follower.signal, release }
  }
}

function createGroup(leader: AbortSignal) {
  const followers = new Set<AbortController>()
  const abort = () => {
    for (const follower of followers) follower.abort(leader.reason)
  }
  return { followers, abort }
}
