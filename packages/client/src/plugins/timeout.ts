import type { Plugin } from '../core/call.ts'
import { TimeoutError } from '../core/errors.ts'

/** The longest time a timer can count, in milliseconds; a longer one would go off at once. */
export const longestTimer = 2 ** 31 - 1

/**
 * Ends what comes after it with a `TimeoutError` once `timeout` or what is left of `deadline` is up, and
 * with the signal's reason once the caller aborts. Inside `retry` it bounds each attempt.
 */
export function timeout(): Plugin {
  return (next) => (call) => {
    const { operation, request, options, expires } = call
    const left = expires - Date.now()
    const limit = options.timeout === false || left < options.timeout ? 'deadline' : 'timeout'
    const milliseconds = limit === 'timeout' ? Number(options.timeout) : left
    const outer = request.signal
    if (milliseconds === Number.POSITIVE_INFINITY && !outer) return next(call)
    if (outer?.aborted) return Promise.reject(outer.reason)
    const controller = new AbortController()
    // A stream is read after its call has ended, so the caller's signal must outlive this listener.
    const signal = options.read === 'stream' && outer ? AbortSignal.any([outer, controller.signal]) : controller.signal
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
          release()
          resolve(response)
        }, fail)
      } catch (error) {
        fail(error)
      }
    })
  }
}
