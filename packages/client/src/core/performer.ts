import createClient from 'openapi-fetch'
import { auth } from '../plugins/auth.ts'
import { retry } from '../plugins/retry.ts'
import { timeLimit } from '../plugins/time-limit.ts'
import { type ApiRequest, type CallOptions, compose, type HeaderValues, type Operation, type Plugin } from './call.ts'
import { MinimoError } from './errors.ts'
import { type ClientOptions, checkHeaders, checkLimits, resolveOptions } from './options.ts'
import { createTransport, readBody, readWhole } from './transport.ts'
import { fillPath, parseBaseUrl, serializeQuery } from './url.ts'
import { parseBody } from './whole-response.ts'

/** What an operation is called with, as openapi-fetch spells it. */
export interface PerformInit {
  params?: { path?: Record<string, unknown>; query?: Record<string, unknown>; header?: Record<string, unknown> }
  body?: unknown
  headers?: HeaderValues | undefined
  signal?: AbortSignal | null | undefined
  parseAs?: string
}

/** What came of an operation: openapi-fetch's result, and how many requests it took. */
export interface Performed {
  data?: unknown
  error?: unknown
  response: Response
  attempts: number
}

/** Takes an operation through openapi-fetch with the client's plugins beneath it. */
export type Perform = (operation: Operation, init: PerformInit, options: CallOptions) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `MinimoError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions): Perform {
  checkLimits(options)
  checkHeaders(options.headers)
  const { baseUrl } = options
  const urlOf = (server: string) => parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server)
  const baseUrls = new Map(operations.map(({ server }) => [server, urlOf(server)]))
  const plugins = listPlugins(options)
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const pipeline = compose(plugins, transport)
  const { request: send } = createClient<Record<string, never>>({
    Request: captureRequest as unknown as typeof Request,
    headers: options.headers ?? {},
    querySerializer: serializeQuery,
    // The key and the body must not follow a redirect to another host.
    redirect: 'manual',
  })
  const request = send as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<Omit<Performed, 'attempts'>>

  return async (operation, { params = {}, ...init }, callOptions) => {
    const stream = init.parseAs === 'stream'
    const headers = callOptions.headers ?? init.headers
    const resolved = resolveOptions({ ...callOptions, headers }, options, stream)
    const progress = { attempts: 0 }
    let failure: { error: unknown } | undefined
    const through = callOptions.plugins ? compose([...plugins, ...callOptions.plugins], transport) : pipeline
    const fetch = async (request: ApiRequest) => {
      const call = { operation, request, attempt: 1, options: resolved, progress }
      try {
        return await readWhole(await through(call), call)
      } catch (error) {
        failure = { error }
        throw error
      }
    }
    try {
      const { path, ...otherParams } = params
      const signal = callOptions.signal ?? init.signal
      const result = await request(operation.method, fillPath(operation, path), {
        ...init,
        ...(signal && { signal }),
        baseUrl: baseUrls.get(operation.server),
        fetch,
        headers,
        params: otherParams,
        // The reader openapi-fetch is to call; its own would fail on malformed JSON with a bare SyntaxError.
        parseAs: init.parseAs && init.parseAs !== 'json' ? init.parseAs : parseBody,
      })
      return { ...result, attempts: progress.attempts }
    } catch (caught) {
      // openapi-fetch loses an error that is falsy, such as the reason of an abort may be.
      const { error } = failure ?? { error: caught }
      if (error instanceof MinimoError) error.attempts ||= progress.attempts
      throw error
    }
  }
}

function listPlugins({ apiKey, plugins = [] }: ClientOptions): readonly Plugin[] {
  const builtIn = [
    timeLimit('deadline'),
    retry(),
    timeLimit('timeout'),
    ...(apiKey === undefined ? [] : [auth(apiKey)]),
    readBody,
  ]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}

/**
 * What openapi-fetch makes in place of a `Request`: plain data. A `Request` can be sent once only and costs
 * more than the rest of the call; each attempt hands this to `fetch` as it is.
 */
function captureRequest(
  url: string,
  { headers, ...init }: Omit<ApiRequest, 'url' | 'headers'> & { headers: Headers },
): ApiRequest {
  return { ...init, url, headers: Object.fromEntries(headers) }
}
