import { bodyLimit, type Handle } from '../exchange/exchange.ts'
import { normalizePath } from '../exchange/path.ts'
import { toFetchResponse } from './in-process-response.ts'

/** What `fetch` was called with, as far as the sandbox looks at it. */
interface Outgoing {
  method: string
  url: string
  headers: Readonly<Record<string, string>>
  body: Uint8Array | ReadableStream<Uint8Array> | null
  signal: AbortSignal | null | undefined
}

/**
 * Creates a `fetch` that hands requests to the sandbox in this process, whatever their host. It rejects as `fetch`
 * does: with the signal's reason once it is aborted, and with a `TypeError` where the connection would have failed.
 */
export function createInProcessFetch(
  handle: Handle,
): (input: string | URL | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const outgoing = readPlain(input, init) ?? readAny(input, init)
    const { signal } = outgoing
    signal?.throwIfAborted()
    const answer = send(handle, outgoing)
    return signal ? untilAborted(answer, signal) : answer
  }
}

async function send(handle: Handle, { method, url, headers, body, signal }: Outgoing): Promise<Response> {
  const { pathname, search } = new URL(url)
  const path = normalizePath(pathname)
  // Made only when someone asks for it: few requests need one.
  let departure: AbortController | undefined
  const request = {
    method,
    path,
    query: search.slice(1),
    headers,
    body: await readLimited(body, bodyLimit(path)),
    local: true,
    signal() {
      departure ??= new AbortController()
      return signal ? AbortSignal.any([signal, departure.signal]) : departure.signal
    },
  }
  return toFetchResponse(await handle(request), { method, signal, leave: () => departure?.abort() })
}

/** A call in the form clients mostly use, read without `Request`, which takes several times as long. */
function readPlain(input: string | URL | Request, init: RequestInit = {}): Outgoing | undefined {
  const { method = 'GET', headers = {}, body = null, signal } = init
  if (typeof input !== 'string' || !isPlainRecord(headers)) return undefined
  // What else there is, `Request` reads, or refuses as `fetch` does.
  if (body !== null && typeof body !== 'string' && !(body instanceof Uint8Array)) return undefined
  if (!(body === null ? /^(?:get|head|post|put|patch|delete)$/i : /^(?:post|put|patch|delete)$/i).test(method))
    return undefined
  const byName: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    const lowerCase = name.toLowerCase()
    if (!/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(value) || lowerCase in byName) return undefined
    byName[lowerCase] = String(value).trim()
  }
  if (typeof body === 'string') byName['content-type'] ??= 'text/plain;charset=UTF-8'
  // A copy, as with `fetch`: whoever gave it may change it.
  const bytes = typeof body === 'string' ? Buffer.from(body) : body && Buffer.from(body)
  return { method: method.toUpperCase(), url: input, headers: byName, body: bytes, signal }
}

const isPlainRecord = (headers: NonNullable<RequestInit['headers']>): headers is Record<string, string> =>
  Object.getPrototypeOf(headers) === Object.prototype

/** A call in any form. Throws a `TypeError` for what `fetch` refuses. */
function readAny(input: string | URL | Request, init?: RequestInit): Outgoing {
  const request = new Request(input, init)
  const { method, url, headers, body, signal } = request
  return { method: method.toUpperCase(), url, headers: Object.fromEntries(headers), body, signal }
}

/** A body as bytes; a stream is read no further than the limit. */
async function readLimited(body: Outgoing['body'], limit: number): Promise<Uint8Array | 'too-large'> {
  if (body === null) return new Uint8Array()
  if (body instanceof Uint8Array) return body.length > limit ? 'too-large' : body
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > limit) return 'too-large'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** What work resolves to, or the signal's reason as soon as it is aborted. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason)
    signal.addEventListener('abort', abort)
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}
