import { setMaxListeners } from 'node:events'
import { globalAgent } from 'node:http'
import { Agent, type Dispatcher, EnvHttpProxyAgent, interceptors, Pool } from 'undici'
import { createIncoming } from './undici-incoming.ts'
import { createRequest, refuse } from './undici-request.ts'
import { createResponse } from './undici-response.ts'

/** A `fetch` over a pool of connections, and the way to close them. */
export interface UndiciFetch {
  /** Hand it to a client as its `fetch`, or use it as one. What cannot be sent rejects with a `ClientError`. */
  fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /** Waits for requests under way, then closes all connections. */
  close(): Promise<void>
}

/**
 * Makes a `fetch` for bulk work on Node: undici's pool without streams, several times faster than the global one.
 * Takes undici's `Agent.Options`; `connections` is the number per origin (default 16). Like Node's own it goes through
 * the proxies of `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY` only with `NODE_USE_ENV_PROXY=1` or `--use-env-proxy`;
 * `{ dispatcher }` puts another of undici's dispatchers in place of all this, such as a `ProxyAgent`.
 */
export function createUndiciFetch(options: Agent.Options | { dispatcher: Dispatcher } = {}): UndiciFetch {
  const direct = 'dispatcher' in options ? options.dispatcher : createDispatcher(options)
  const following = direct.compose(interceptors.redirect({ maxRedirections: 20, throwOnMaxRedirect: true }))
  const send = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    if (input instanceof Request) return send(input.url, new Request(input, init))
    init.signal?.throwIfAborted()
    const isFollowed = (init.redirect ?? 'follow') === 'follow'
    return exchange(isFollowed ? following : direct, createRequest(input, init), init)
  }
  return { fetch: send, close: () => direct.close() }
}

function createDispatcher(own: Agent.Options): Dispatcher {
  const options = { connections: 16, ...own }
  // What Node sets up for the flag; no type tells of it yet.
  const { proxyEnv } = (globalAgent as { options?: { proxyEnv?: unknown } }).options ?? {}
  if (process.env.NODE_USE_ENV_PROXY !== '1' && proxyEnv === undefined) return new Agent(options)
  // By itself it opens any number of connections to a proxy of plain HTTP.
  const factory = (origin: string | URL, given: object) => new Pool(origin, { ...options, ...given })
  return new EnvHttpProxyAgent({ factory, ...options })
}

function exchange(
  dispatcher: Dispatcher,
  request: Dispatcher.DispatchOptions,
  { signal, redirect }: RequestInit,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const incoming = createIncoming()
    const fail = (reason: unknown) => {
      release()
      reject(reason)
      incoming.fail(reason)
    }
    const release = listen(signal, () => fail(signal?.reason))
    let visited: readonly URL[] = []
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(controller, context) {
        visited = context?.history ?? []
        incoming.start(controller)
      },
      onResponseStart(_, status, headers, statusText = '') {
        if (status < 200) return
        if (redirect !== 'manual' && redirects.has(status) && headers.location) return fail(refuseRedirect(status))
        const head = { status, statusText, ...locate(request, visited) }
        resolve(createResponse(head, headers, isBare(request, status) ? undefined : incoming))
      },
      onResponseData: (_, chunk) => incoming.push(chunk),
      onResponseEnd() {
        release()
        incoming.end()
      },
      onResponseError: (_, error) => fail(explain(error)),
    }
    try {
      dispatcher.dispatch(request, handler)
    } catch (error) {
      fail(explain(error))
    }
  })
}

const redirects = new Set([301, 302, 303, 307, 308])

const refuseRedirect = (status: number) =>
  refuse(`it was redirected (${status}), which its options or a body that comes but once do not allow`)

const isBare = ({ method }: Dispatcher.DispatchOptions, status: number) =>
  method === 'HEAD' || status === 204 || status === 205 || status === 304

/** Where an answer came from, given all that was asked on the way, which undici tells only where it follows. */
const locate = ({ origin, path }: Dispatcher.DispatchOptions, visited: readonly URL[]) => ({
  url: String(visited.at(-1) ?? `${origin}${path}`),
  redirected: visited.length > 1,
})

/** Calls back on an abort; gives what ends that. Any number of requests may share a signal. */
function listen(signal: AbortSignal | null | undefined, onAbort: () => void): () => void {
  if (!signal) return () => undefined
  try {
    // Node 20 warns of more than ten.
    setMaxListeners(0, signal)
  } catch {
    // The signals of jsdom know no such limit.
  }
  signal.addEventListener('abort', onAbort)
  return () => signal.removeEventListener('abort', onAbort)
}

/** undici finds some mistakes only when it is given the request; all else is a failure of the network. */
function explain(error: unknown): unknown {
  const { code, message } = error as { code?: unknown; message: string }
  return mistakes.test(String(code)) ? refuse(message, error) : error
}

const mistakes = /^UND_ERR_(INVALID_ARG|NOT_SUPPORTED|REQ_CONTENT_LENGTH_MISMATCH|CLOSED|DESTROYED)$/
