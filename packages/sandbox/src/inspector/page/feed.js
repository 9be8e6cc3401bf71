import { createNumberedTail, list, shown } from './control-api.js'

/** @import { SandboxEvent } from '../../events/event.ts' */

/**
 * The newest events, as they happen.
 * @param {object} options
 * @param {readonly string[]} options.types The names that events come by.
 * @param {() => void} options.onEvent Called after each.
 */
export function createFeed({ types, onEvent }) {
  /** @type {SandboxEvent[]} Oldest first. */
  let events = []
  /** @type {EventSource | undefined} */
  let source

  /** @param {MessageEvent<string>} message */
  function take({ data }) {
    events.push(JSON.parse(data))
    if (events.length > 2 * shown) events = events.slice(-shown)
    onEvent()
  }

  function open() {
    source?.close()
    source = new EventSource(`events/stream?after=${events.at(-1)?.sequence ?? 0}`)
    for (const type of types) source.addEventListener(type, take)
  }

  /** @param {number} count */
  async function areStillThere(count) {
    const [first] = events
    if (first === undefined) return count === 0
    /** @type {SandboxEvent[]} */
    const [found] = await list('events', { after: first.sequence - 1, limit: 1 })
    return found?.id === first.id
  }

  return {
    events: () => events,
    /**
     * Sees that it runs: anew where what it has is no longer there, as after a reset, whoever did it. A browser gives
     * up where the sandbox once answers with an error.
     * @param {number} count How many events there are.
     */
    async keep(count) {
      if (!(await areStillThere(count))) {
        const read = await createNumberedTail('events', (/** @type {SandboxEvent} */ { sequence }) => sequence, count)
        events = await read()
        open()
      }
      if (source === undefined || source.readyState === EventSource.CLOSED) open()
    },
    /** Browsers have few connections to a host: a page that nobody sees must not keep one. */
    stop() {
      source?.close()
    },
  }
}
