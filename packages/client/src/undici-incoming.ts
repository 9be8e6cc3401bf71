import { Readable } from 'node:stream'
import type { Dispatcher } from 'undici'

/** The body of an answer on its way in, filled by what undici tells. */
export interface Incoming {
  /** The request is under way. */
  start(controller: Dispatcher.DispatchController): void
  /** A part has come. */
  push(chunk: Buffer): void
  /** It is complete. */
  end(): void
  /** It broke off, or nobody wants it any more: ends the connection too. The first reason holds. */
  fail(reason: unknown): void
  /** What ended it early. */
  failure(): { reason: unknown } | undefined
  /** All of it, where it has come and no stream was made. */
  whole(): Buffer | undefined
  /** A stream of it, the same one each time. Destroying that ends the connection. */
  stream(): Readable
}

/** Bytes that are taken in before anyone reads. */
const ahead = 2 ** 16

interface State {
  controller?: Dispatcher.DispatchController
  /** What has come and is in no stream. */
  chunks: Buffer[]
  size: number
  isComplete: boolean
  failure?: { reason: unknown }
}

/** Makes an empty body. Most come in one piece and never become a stream, which costs a fifth of a call. */
export function createIncoming(): Incoming {
  const state: State = { chunks: [], size: 0, isComplete: false }
  let stream: Readable | undefined
  return {
    start(controller) {
      state.controller = controller
      if (state.failure) controller.abort(toError(state.failure.reason))
    },
    push(chunk) {
      // Going on after a pause, undici tells of a part without bytes.
      if (chunk.length === 0) return
      if (!stream) state.chunks.push(chunk)
      state.size += chunk.length
      const isEnough = stream ? !stream.push(chunk) : state.size > ahead
      if (isEnough) state.controller?.pause()
    },
    end() {
      state.isComplete = true
      stream?.push(null)
    },
    fail(reason) {
      state.failure ??= { reason }
      state.controller?.abort(toError(reason))
      stream?.destroy(toError(reason))
    },
    failure: () => state.failure,
    whole: () => (state.isComplete && !stream ? join(state.chunks) : undefined),
    stream() {
      stream ??= createStream(state)
      return stream
    },
  }
}

function createStream(state: State): Readable {
  const stream = new Readable({
    read: () => state.controller?.resume(),
    destroy(error, done) {
      if (!state.isComplete) state.controller?.abort(error ?? new Error('the body was cancelled'))
      done(error)
    },
  })
  // A body that nobody reads may break off in silence.
  stream.on('error', () => undefined)
  for (const chunk of state.chunks.splice(0)) stream.push(chunk)
  if (state.isComplete) stream.push(null)
  if (state.failure) stream.destroy(toError(state.failure.reason))
  return stream
}

const join = (chunks: Buffer[]) => (chunks.length === 1 && chunks[0]) || Buffer.concat(chunks)

const toError = (reason: unknown) => (reason instanceof Error ? reason : new Error('aborted'))
