import type { Plugin } from '../core/call.ts'
import { TimeoutError } from '../core/errors.ts'

/** The longest time a timer can count, in milliseconds; a longer one would go off at once. */
export const longestTimer = 2 ** 31 - 1

/**
 * Ends what comes after it with a `TimeoutError` once the named option's time is up, and with the
 * signal's reason once the caller aborts. Outside `retry` it bounds the call, inside it each attempt.
 */
export function timeLimit(option: 'timeout' | 'deadline'): Plugin {
  return (next) => (call) => {
    const { operation, request, options } = call
    const limit = options[option]
    const outer = request.signal
    if (limit === false && !outer) return next(call)
    if (outer?.aborted) return Promise.reject(outer.reason)
    const controller = new AbortController()
    // A stream is read after its call has ended, so the caller's signal must outlive this listener.
    const signal = options.stream && outer ? AbortSignal.any([outer, controller.signal]) : controller.signal
    return new Promise((resolve, reject) => {
      const abort = (reason: unknown) => {
        release()
        controller.abort(reason)
        reject(reason)
      }
      const onAbort = () => abort(outer?.reason)
      const onTimeout = () => abort(new TimeoutError(option, Number(limit), operation))
      const timer = limit === false ? undefined : setTimeout(onTimeout, Math.min(limit, longestTimer))
      const release = () => {
        clearTimeout(timer)
        outer?.removeEventListener('abort', onAbort)
      }
      outer?.addEventListener('abort', onAbort)
      const send = async () => next({ ...call, request: { ...request, signal } })
      send().then(resolve, reject).finally(release)
    })
  }
}
