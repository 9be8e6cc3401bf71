import { boundOf, type Plugin } from './call.ts'
import { TimeoutError } from './errors.ts'
import { sleep } from './sleep.ts'

/**
 * Ends what comes after it with a `TimeoutError` once `timeout` or what is left of `deadline` is up, and with the
 * signal's reason once the caller aborts. Inside `retry` it bounds each attempt; a stream it bounds until its end.
 */
export function timeout(): Plugin {
  return (next) => async (call) => {
    const { operation, request, options, expires } = call
    const { signal: outer } = request
    const left = Math.max(0, expires - performance.now())
    const own = boundOf(options.timeout)
    const limit = left < own ? 'deadline' : 'timeout'
    const milliseconds = Math.min(left, own)
    if (milliseconds === Number.POSITIVE_INFINITY && !outer) return next(call)
    outer?.throwIfAborted()
    const controller = new AbortController()
    const { signal } = controller
    let release = () => {}
    const end = sleep(milliseconds, outer, (rouse) => {
      release = rouse
    }).then((isUp) => {
      if (isUp) throw new TimeoutError(limit, Number(options[limit]), operation)
    })
    end.catch((reason) => controller.abort(reason))
    try {
      const response = await Promise.race([next({ ...call, request: { ...request, signal } }), end as Promise<never>])
      const body = response.ok && options.read(response) === 'stream' && response.body
      if (body) return new Response(follow(body, signal, release), response)
      release()
      return response
    } catch (error) {
      release()
      throw error
    }
  }
}

/** The same stream, which also ends with the signal, whether its source heeds that or not. Tells when it is over. */
function follow(body: ReadableStream<Uint8Array>, signal: AbortSignal, onEnd: () => void): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
  body
    .pipeTo(writable, { signal })
    .catch(() => {})
    .then(onEnd)
  return readable
}
