/**
 * Work that is done once at a time: who asks while it is under way gets what the next time brings.
 * @param {() => Promise<void>} work
 * @returns {() => Promise<void>}
 */
export function inTurn(work) {
  /** @type {Promise<void> | undefined} */
  let next
  let last = Promise.resolve()
  return () => {
    next ??= last.then(() => {
      next = undefined
      last = work()
      return last
    })
    return next
  }
}

/**
 * Work that is done a while after it is first asked for, once for all who ask until then.
 * @param {() => Promise<void>} work
 * @param {number} pause The least one, in milliseconds.
 */
export function soon(work, pause) {
  let isDue = false
  let took = 0
  return () => {
    if (isDue) return
    isDue = true
    setTimeout(
      async () => {
        isDue = false
        took = await measure(work)
      },
      longer(pause, took),
    )
  }
}

/**
 * Does work again and again while the page is seen.
 * @param {() => Promise<void>} work
 * @param {number} pause The least one, in milliseconds.
 */
export async function repeat(work, pause) {
  const took = document.hidden ? 0 : await measure(work)
  setTimeout(() => repeat(work, pause), longer(pause, took))
}

/**
 * How long a pause is after work that took so long: to look at a sandbox that is busy must not make it busier.
 * @param {number} pause
 * @param {number} took
 */
const longer = (pause, took) => Math.max(pause, 10 * took)

/** @param {() => Promise<void>} work */
async function measure(work) {
  const started = performance.now()
  await work()
  return performance.now() - started
}
