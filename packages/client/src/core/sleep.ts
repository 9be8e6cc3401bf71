/** The longest time a timer can count, in milliseconds; a longer one would go off at once. */
export const longestTimer = 2 ** 31 - 1

/**
 * Resolves after so many milliseconds, or once what `rousable` is given is called; rejects with the signal's reason once it
 * aborts. Gives whether the time is up. Leaves no timer and no listener. A time that no timer can count does not end by itself.
 */
export function sleep(
  milliseconds: number,
  signal?: AbortSignal | null,
  rousable?: (rouse: () => void) => void,
): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason)
    const finish = (isUp?: unknown) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', finish)
      if (signal?.aborted) reject(signal.reason)
      else resolve(isUp)
    }
    const timer = milliseconds > longestTimer ? undefined : setTimeout(finish, Math.ceil(milliseconds), true)
    signal?.addEventListener('abort', finish)
    rousable?.(finish)
  })
}
