import type { SandboxResponse } from '../exchange/exchange.ts'

/** The caller whom an answer goes to. */
export interface Recipient {
  /** The request's method, upper case. */
  method: string
  /** Ends the body when it is aborted. */
  signal: AbortSignal | null | undefined
  /** Called when the caller cancels the body. */
  leave: () => void
}

const bodiless: ReadonlySet<number> = new Set([204, 205, 304])

/**
 * The answer as `fetch` gives it. Throws the `TypeError` of a connection that was reset before the answer; any other
 * damage shows when the body is read, and an answer without a body arrives whole.
 */
export function toFetchResponse({ status, headers, body, damage }: SandboxResponse, recipient: Recipient): Response {
  if (damage === 'reset') throw connectionReset('fetch failed')
  const isEmpty = body === undefined || recipient.method === 'HEAD' || bodiless.has(status)
  if (isEmpty) return new Response(null, { status, headers })
  if (typeof body !== 'string') return new Response(streamPieces(body, recipient), { status, headers })
  if (damage) return new Response(streamDamaged(body, damage, recipient), { status, headers })
  return new Response(body, { status, headers })
}

/** The first half and then an error, or nothing for as long as the caller waits. */
function streamDamaged(body: string, damage: 'reset-body' | 'stall', { signal }: Recipient): ReadableStream {
  const bytes = Buffer.from(body)
  let isHalfSent = false
  return new ReadableStream({
    start(controller) {
      signal?.addEventListener('abort', () => controller.error(signal.reason), { once: true })
    },
    pull(controller) {
      if (damage === 'stall') return
      if (isHalfSent) controller.error(connectionReset('terminated'))
      else controller.enqueue(new Uint8Array(bytes.subarray(0, bytes.length / 2)))
      isHalfSent = true
    },
  })
}

function streamPieces(pieces: AsyncIterable<string>, { signal, leave }: Recipient): ReadableStream {
  const iterator = pieces[Symbol.asyncIterator]()
  const encoder = new TextEncoder()
  // Not awaited: a generator that waits for its next piece does not return before it has come.
  const stop = () => void iterator.return?.().catch(() => undefined)
  return new ReadableStream({
    start(controller) {
      const abort = () => {
        controller.error(signal?.reason)
        stop()
      }
      signal?.addEventListener('abort', abort, { once: true })
    },
    async pull(controller) {
      const { done, value } = await iterator.next()
      if (signal?.aborted) return
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    cancel() {
      leave()
      stop()
    },
  })
}

/** What Node's `fetch` rejects with when the other side resets the connection. */
function connectionReset(message: string): TypeError {
  return new TypeError(message, { cause: Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }) })
}
