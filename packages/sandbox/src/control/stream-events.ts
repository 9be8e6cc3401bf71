import { setTimeout } from 'node:timers/promises'
import type { SandboxEvent } from '../events/event.ts'
import type { EventFilter } from '../events/event-log.ts'
import type { Controls } from './controls.ts'

/** Which events to stream, and until when. */
export interface StreamOptions {
  controls: Pick<Controls, 'followEvents'>
  filter: Omit<EventFilter, 'limit'>
  /** How long nothing is said at most, in milliseconds. */
  heartbeat: number
  /** Ends the stream. */
  signal: AbortSignal
}

/** Events as the pieces of a Server-Sent Events body, with a comment where there has been none for a while. */
export async function* streamEvents({ controls, filter, heartbeat, signal }: StreamOptions): AsyncGenerator<string> {
  const over = new AbortController()
  const events = controls.followEvents(filter, AbortSignal.any([signal, over.signal]))[Symbol.asyncIterator]()
  let next = events.next()
  try {
    // At once, so that the headers are on their way before anything happens.
    yield 'retry: 1000\n\n'
    for (;;) {
      const result = await within(next, heartbeat)
      if (result === 'late') yield ': still here\n\n'
      else if (result.done) return
      else {
        next = events.next()
        yield formatEvent(result.value)
      }
    }
  } finally {
    // Nobody waits for it any more, but it must not reject unheard.
    next.catch(() => undefined)
    over.abort()
  }
}

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | 'late'> {
  const timer = new AbortController()
  const late = setTimeout(milliseconds, 'late' as const, { signal: timer.signal })
  late.catch(() => undefined)
  try {
    return await Promise.race([promise, late])
  } finally {
    timer.abort()
  }
}

function formatEvent(event: SandboxEvent): string {
  return `id: ${event.sequence}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`
}
