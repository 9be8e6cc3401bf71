import { auth } from '../plugins/auth.ts'
import { retry } from '../plugins/retry.ts'
import { timeout } from '../plugins/timeout.ts'
import {
  type CallOptions,
  compose,
  type Operation,
  type Plugin,
  type Progress,
  type ResolvedOptions,
  sendThroughOwn,
} from './call.ts'
import { createDeprecationNotice } from './deprecation.ts'
import { MinimoError } from './errors.ts'
import { type ClientOptions, checkOptions, resolveOptions } from './options.ts'
import { createRequestBuilder, type RequestInput } from './request.ts'
import { createTransport, readBody, readWhole } from './transport.ts'
import { parseResponse } from './whole-response.ts'

/** What an operation is called with, and how its successful body is parsed. */
export interface PerformInit extends RequestInput {
  /** `json` by default, `stream`, or the name of another body reader. */
  parseAs?: 'json' | 'stream' | 'text' | 'blob' | 'arrayBuffer' | undefined
}

/** What came of an operation: `data` of a success, `error` (the body) of a failure. */
export interface Performed {
  data?: unknown
  error?: unknown
  response: Response
  progress: Progress
}

/** Takes an operation through the client's plugins. */
export type Perform = (operation: Operation, init: PerformInit, options?: CallOptions) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `MinimoError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions): Perform {
  checkOptions(options)
  const buildRequest = createRequestBuilder(operations, options)
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const send = compose(listPlugins(options), sendThroughOwn(readBody(transport)))
  const noteDeprecation = createDeprecationNotice(options.logger)

  return async (operation, init, callOptions = {}) => {
    const { parseAs = 'json', params, body, bodySerializer, querySerializer, ...rest } = init
    const { headers: initHeaders, signal: initSignal, ...fetchOptions } = rest
    const { signal = initSignal, headers = initHeaders, plugins = [] } = callOptions
    const resolved = resolveOptions({ ...callOptions, headers }, options, readers[parseAs] ?? 'bytes')
    const input = { params, body, headers, signal, bodySerializer, querySerializer }
    const request = buildRequest(operation, input, fetchOptions)
    const expires = resolved.deadline === false ? Number.POSITIVE_INFINITY : Date.now() + resolved.deadline
    const progress = createProgress()
    const call = { operation, request, attempt: 1, options: resolved, expires, plugins, progress }
    try {
      const response = await readWhole(await send(call), call)
      noteDeprecation(operation, response.headers)
      const parsed = await parseResponse(response, parseAs, operation)
      return { [response.ok ? 'data' : 'error']: parsed, response, progress }
    } catch (error) {
      if (error instanceof MinimoError) error.attempts ||= progress.attempts
      throw error
    }
  }
}

/** Nobody who prints a call shall see its secrets. */
const createProgress = () => Object.defineProperty({ attempts: 0 }, 'secrets', { value: [] }) as Progress

/** How a body is read ahead, by what it is to be parsed as; anything else as bytes. */
const readers: Readonly<Record<string, ResolvedOptions['read']>> = { json: 'text', text: 'text', stream: 'stream' }

function listPlugins({ apiKey, plugins = [] }: ClientOptions): readonly Plugin[] {
  const builtIn = [retry(), timeout(), ...(apiKey === undefined ? [] : [auth(apiKey)]), readBody]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}
