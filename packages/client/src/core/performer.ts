import createClient from 'openapi-fetch'
import { auth } from '../plugins/auth.ts'
import { retry } from '../plugins/retry.ts'
import { timeout } from '../plugins/timeout.ts'
import {
  type ApiRequest,
  type CallOptions,
  compose,
  type HeaderValues,
  type Operation,
  type Plugin,
  type ResolvedOptions,
  sendThroughOwn,
} from './call.ts'
import { createDeprecationNotice } from './deprecation.ts'
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
export type Perform = (operation: Operation, init: PerformInit, options?: CallOptions) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `MinimoError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions): Perform {
  checkLimits(options)
  checkHeaders(options.headers)
  const { baseUrl } = options
  const urlOf = (server: string) => parseBaseUrl(typeof baseUrl === 'string' ? baseUrl : baseUrl[server], server)
  const baseUrls = new Map(operations.map(({ server }) => [server, urlOf(server)]))
  const plugins = listPlugins(options)
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const pipeline = compose(plugins, sendThroughOwn(transport))
  const noteDeprecation = createDeprecationNotice(options.logger)
  const plain = resolveOptions({}, options, 'text')
  const { request: send } = createClient<Record<string, never>>({
    Request: captureRequest as unknown as typeof Request,
    querySerializer: serializeQuery,
    // The key and the body must not follow a redirect to another host.
    redirect: 'manual',
  })
  const request = send as unknown as (
    method: string,
    path: string,
    init: object,
  ) => Promise<Omit<Performed, 'attempts'>>

  return async (operation, { params = {}, ...init }, callOptions = {}) => {
    const { parseAs = 'json' } = init
    const read = readers[parseAs] ?? 'bytes'
    const { signal = init.signal, headers = init.headers, plugins: own = [] } = callOptions
    const isPlain = Object.keys(callOptions).length === 0 && !headers && read === 'text'
    const resolved = isPlain ? plain : resolveOptions({ ...callOptions, headers }, options, read)
    const progress = { attempts: 0 }
    let failure: { error: unknown } | undefined
    const fetch = async (request: ApiRequest) => {
      const expires = resolved.deadline === false ? Number.POSITIVE_INFINITY : Date.now() + resolved.deadline
      const call = { operation, request, attempt: 1, options: resolved, expires, plugins: own, progress }
      try {
        const response = await readWhole(await pipeline(call), call)
        noteDeprecation(operation, response.headers)
        return response
      } catch (error) {
        failure = { error }
        throw error
      }
    }
    try {
      const { path, query = {}, header } = params
      const result = await request(operation.method, fillPath(operation, path), {
        ...init,
        ...(signal && { signal }),
        baseUrl: baseUrls.get(operation.server),
        fetch,
        headers: undefined,
        layers: [options.headers, header as HeaderValues, headers],
        params: { query },
        // The reader openapi-fetch is to call; its own would fail on malformed JSON with a bare SyntaxError.
        parseAs: parseAs === 'json' ? parseBody : parseAs,
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

/** How a body is read ahead, by what it is to be parsed as; anything else as bytes. */
const readers: Readonly<Record<string, ResolvedOptions['read']>> = { json: 'text', text: 'text', stream: 'stream' }

function listPlugins({ apiKey, plugins = [] }: ClientOptions): readonly Plugin[] {
  const builtIn = [retry(), timeout(), ...(apiKey === undefined ? [] : [auth(apiKey)]), readBody]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}

/** What this module hands through openapi-fetch to `captureRequest`. */
interface Captured extends Omit<ApiRequest, 'url' | 'headers'> {
  headers: Headers
  /** Header layers, the weakest first, beside what openapi-fetch sets itself. */
  layers: readonly (HeaderValues | undefined)[]
}

/**
 * What openapi-fetch makes in place of a `Request`: plain data. A `Request` can be sent once only and costs
 * more than the rest of the call; each attempt hands this to `fetch` as it is.
 */
function captureRequest(url: string, { headers, layers, ...init }: Captured): ApiRequest {
  const merged: Record<string, string> = {}
  headers.forEach((value, name) => {
    merged[name] = value
  })
  for (const layer of layers) overlay(merged, layer)
  return { ...init, url, headers: merged }
}

/** Lays header values over others; `null` removes one. */
function overlay(onto: Record<string, string>, headers: HeaderValues = {}): void {
  for (const name in headers) {
    const value = headers[name]
    if (value === null) delete onto[name.toLowerCase()]
    else if (value !== undefined) onto[name.toLowerCase()] = String(value)
  }
}
