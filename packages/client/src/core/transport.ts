import type { Call, Send } from './call.ts'
import { ClientError, ConnectionError } from './errors.ts'
import { isObject } from './redact.ts'

/** The `fetch` a client uses: a function that answers a URL and its options as `fetch` does. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/**
 * The end of every pipeline: hands the request to `fetch`. A failure becomes a `ConnectionError`, except what is one of
 * this package's errors already: a mistake that no repetition mends.
 */
export function createTransport(fetch: Fetch): Send {
  return async (call) => {
    const { request, progress } = call
    request.signal?.throwIfAborted()
    progress.attempts++
    try {
      return await fetch(request.url, request)
    } catch (cause) {
      throw cause instanceof ClientError ? cause : connectionError('no response', call, cause)
    }
  }
}

/** An abort surfaces as its reason, anything else as a `ConnectionError`. */
export function connectionError(what: string, { operation, request }: Call, cause: unknown): unknown {
  const { url, signal } = request
  if (signal?.aborted) return signal.reason
  const code = findCode(cause)
  const requestSent = !code || !connectFailures.test(code)
  // The origin only: the rest of the URL may hold personal data.
  const origin = originOf(url)
  const message = `${what} from ${origin}${code ? ` (${code})` : ''}`
  const isPersonal = !url.endsWith(operation.path) && tells(cause, url.slice(origin.length))
  return new ConnectionError(message, operation, { cause: isPersonal ? new Error(code ?? what) : cause, requestSent })
}

/** The scheme and host of a URL, as far as it shows them. */
export const originOf = (url: string): string => /^\w+:\/\/[^/?#@]+/.exec(url)?.[0] ?? 'the server'

/** An error and the causes behind it, as far as anyone needs to look: a cause may lead back to itself. */
function chain(error: unknown, depth = 5): Record<string, unknown>[] {
  return isObject(error) && depth > 0 ? [error, ...chain(error.cause, depth - 1)] : []
}

/** Whether an error, or a cause behind it, repeats a text: some kinds of fetch quote the URL. */
const tells = (error: unknown, text: string) =>
  chain(error).some((link) => Object.getOwnPropertyNames(link).some((name) => String(link[name]).includes(text)))

/**
 * Codes of failures before a connection came about, so that no request was sent: of the system, of undici, and of
 * Node's TLS where it does not trust the server (its "X509 certificate error codes") or finds no TLS at all.
 */
const connectFailures =
  /NOTFOUND|EAI_|REFUSED|UNREACH|CONNECT_|CERT(?!I)|LEAF_|INVALID_CA|HOSTNAME|WRONG_VERSION|^EPROTO/

/** The code of an error, or of the nearest cause that has one. */
const findCode = (error: unknown) =>
  chain(error)
    .map(({ code }) => code)
    .find((code): code is string => typeof code === 'string')
