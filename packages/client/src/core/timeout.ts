import type { Plugin } from './call.ts'
import { TimeoutError } from './errors.ts'
import { longestTimer } from './sleep.ts'

/**
 * Ends what comes after it with a `TimeoutError` once `timeout` or what is left of `deadline` is up, and with the
 * signal's reason once the caller aborts. Inside `retry` it bounds each attempt; a stream it bounds until its end.
 */
export function timeout(): Plugin {
  return (next) => (call) => {
    const { operation, request, options, expires } = call
    const left = Math.max(0, expires - performance.now())
    const limit = options.timeout === false || left < options.timeout ? 'deadline' : 'timeout'
    const milliseconds = limit === 'timeout' ? Number(options.timeout) : left
    const outer = request.signal
    if (milliseconds === Number.POSITIVE_INFINITY && !outer) return next(call)
    if (outer?.aborted) return Promise.reject(outer.reason)
    const controller = new AbortController()
    const { signal } = controller
    return new Promise((resolve, reject) => {
      const abort = (reason: unknown) => {
        fail(reason)
        controller.abort(reason)
      }
      const onAbort = () => abort(outer?.reason)
      const onTimeout = () => abort(new TimeoutError(limit, Number(options[limit]), operation))
      const timer = milliseconds > longestTimer ? undefined : setTimeout(onTimeout, milliseconds)
      const release = () => {
        clearTimeout(timer)
        outer?.removeEventListener('abort', onAbort)
      }
      outer?.addEventListener('abort', onAbort)
      const fail = (error: unknown) => {
        release()
        reject(error)
      }
      try {
        next({ ...call, request: { ...request, signal } }).then((response) => {
          const body = response.ok && options.read(response) === 'stream' && response.body
          if (body) return resolve(new Response(follow(body, signal, release), response))
          release()
          resolve(response)
        }, fail)
      } catch (error) {
        fail(error)
      }
    })
  }
}

/** The same stream, which also ends with the signal, whether its source heeds that or not. Tells when it is over. */
function follow(body: ReadableStream<Uint8Array>, signal: AbortSignal, onEnd: () => void): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  body.pipeTo(writable, { signal }).then(onEnd, onEnd)
  return readable
}
