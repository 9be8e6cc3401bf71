/** What of undici's controller a body needs. */
export interface Flow {
  /** Takes in no more for now. */
  pause(): void
  /** Takes in what comes again. */
  resume(): void
  /** Closes the connection. */
  abort(reason: Error): void
}

/** A body on its way in. It can be read once: whole, or as a stream. */
export interface Incoming {
  /** Set once the request is under way. */
  controller: Flow | undefined
  /** Takes in a part of it. */
  push(chunk: Uint8Array): void
  /** Says that it is complete. */
  end(): void
  /** Says that it broke off. */
  fail(reason: unknown): void
  /** Whether someone has read it, or has begun to. */
  isUsed(): boolean
  /** The whole body. Rejects where it breaks off, and where it has been read before. */
  read(): Promise<Uint8Array<ArrayBuffer>>
  /** The body as a web stream; cancelling it closes the connection. The same one each time. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>>
}

/** Bytes that are taken in before anyone reads. */
const ahead = 2 ** 16

/** Makes an empty body, to be filled by what undici tells. */
export function createIncoming(): Incoming {
  const chunks: Uint8Array[] = []
  let size = 0
  let outcome: 'open' | 'ended' | { reason: unknown } = 'open'
  let isUsed = false
  let stream: ReadableStream<Uint8Array<ArrayBuffer>> | undefined
  /** What whoever reads wants to know: that there is more, or that it is over. */
  let onChange = () => {}
  const settle = (result: typeof outcome) => {
    if (outcome === 'open') outcome = result
    onChange()
  }

  const incoming: Incoming = {
    controller: undefined,
    push(chunk) {
      chunks.push(chunk)
      size += chunk.length
      if (!isUsed && size > ahead) incoming.controller?.pause()
      onChange()
    },
    end: () => settle('ended'),
    fail: (reason) => settle({ reason }),
    isUsed: () => isUsed,
    read() {
      return new Promise((resolve, reject) => {
        if (isUsed) return reject(new TypeError('the body has been read already'))
        isUsed = true
        onChange = () => {
          if (outcome === 'ended') resolve(join(chunks, size))
          else if (outcome !== 'open') reject(outcome.reason)
        }
        incoming.controller?.resume()
        onChange()
      })
    },
    stream() {
      isUsed = true
      stream ??= createStream(incoming, chunks, (listener) => {
        onChange = () => listener(outcome)
        onChange()
      })
      return stream
    },
  }
  return incoming
}

function createStream(
  incoming: Incoming,
  chunks: Uint8Array[],
  watch: (listener: (outcome: 'open' | 'ended' | { reason: unknown }) => void) => void,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  let isOver = false
  return new ReadableStream({
    start(target) {
      watch((outcome) => {
        if (isOver) return
        for (const chunk of chunks.splice(0)) target.enqueue(new Uint8Array(chunk))
        if (outcome === 'open') {
          if ((target.desiredSize ?? 0) <= 0) incoming.controller?.pause()
          return
        }
        isOver = true
        if (outcome === 'ended') target.close()
        else target.error(outcome.reason)
      })
    },
    pull: () => incoming.controller?.resume(),
    cancel() {
      isOver = true
      incoming.controller?.abort(new Error('the body was cancelled'))
    },
  })
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    whole.set(chunk, offset)
    offset += chunk.length
  }
  return whole
}
