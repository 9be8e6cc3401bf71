import { auth } from './auth.ts'
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
import { createFollower } from './follow-signal.ts'
import { contentOf } from './held-response.ts'
import { type ClientOptions, createOptionsResolver, missingOption } from './options.ts'
import { parseText } from './parse-response.ts'
import { readBody } from './read-body.ts'
import { createRequestBuilder, type RequestInput } from './request.ts'
import { retry } from './retry.ts'
import type { Authenticator } from './security.ts'
import { timeout } from './timeout.ts'
import { createTransport } from './transport.ts'

/** How a call through `raw` differs from others: in how a successful body is read, and in what else `fetch` is told. */
export interface Raw {
  parseAs: 'json' | 'stream' | 'text' | 'blob' | 'arrayBuffer'
  fetchOptions: RequestInit
}

/** What came of an operation: `data` of a success, `error` (the body) of a failure. */
export interface Performed {
  data?: unknown
  error?: unknown
  response: Response
  progress: Progress
}

/** Takes an operation through the client's plugins. */
export type Perform = (
  operation: Operation,
  input: RequestInput,
  options?: CallOptions,
  raw?: Raw,
) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `MinimoError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions<string, unknown>): Perform {
  const resolveOptions = createOptionsResolver(options)
  const buildRequest = createRequestBuilder(operations, options)
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  const send = compose(listPlugins(operations, options), sendThroughOwn(readBody(transport)))
  const noteDeprecation = createDeprecationNotice(options.logger)
  const followSignal = createFollower()

  return async (operation, input, callOptions, { parseAs, fetchOptions } = usual) => {
    const { headers, plugins = [], signal: leader } = callOptions ?? {}
    const resolved = resolveOptions(callOptions, headers, readers[parseAs] ?? 'bytes')
    const expires = resolved.deadline === false ? Number.POSITIVE_INFINITY : performance.now() + resolved.deadline
    const progress = createProgress()
    // A stream is read after its call has ended, so it needs the caller's own signal.
    const followed = leader && resolved.read !== 'stream' ? followSignal(leader) : undefined
    try {
      const signal = followed?.signal ?? leader
      const request = buildRequest(operation, input, headers, signal ? { ...fetchOptions, signal } : fetchOptions)
      const call = { operation, request, attempt: 1, options: resolved, expires, plugins, progress }
      const sent = await send(call)
      const response = contentOf(sent) === undefined ? await readBody(async () => sent)(call) : sent
      noteDeprecation(operation, response.headers)
      const content = contentOf(response)
      const isText = typeof content === 'string' && (parseAs === 'json' || !response.ok)
      const body = isText ? parseText(content, response, operation) : await read(response, parseAs)
      return response.ok ? { data: body, response, progress } : { error: body, response, progress }
    } catch (error) {
      if (error instanceof MinimoError) {
        error.attempts ||= progress.attempts
        showCaller(error)
      }
      throw error
    } finally {
      followed?.release()
    }
  }
}

/** Gives an error the stack of who waits for the call, where the engine can: it was made by a timer or a socket. */
function showCaller(error: MinimoError): void {
  const { captureStackTrace } = Error as { captureStackTrace?: (error: object) => void }
  captureStackTrace?.(error)
}

const usual: Raw = { parseAs: 'json', fetchOptions: {} }

const read = (response: Response, parseAs: Raw['parseAs']): unknown =>
  parseAs === 'stream' ? response.body : response[parseAs]()

/** Nobody who prints a call shall see its secrets. */
const createProgress = () => Object.defineProperty({ attempts: 0 }, 'secrets', { value: [] }) as Progress

/** How a body is read ahead, by what it is to be parsed as; anything else as bytes. */
const readers: Readonly<Record<string, ResolvedOptions['read']>> = { json: 'text', text: 'text', stream: 'stream' }

function listPlugins(
  operations: readonly Operation[],
  { apiKey, authenticate, plugins = [], retryCountHeader }: ClientOptions<string, unknown>,
): readonly Plugin[] {
  const other = operations.find(({ security }) => security?.length)
  if (other && !authenticate && apiKey !== undefined) throw missingOption('authenticate', other)
  const builtIn = [
    retry({ countHeader: retryCountHeader }),
    timeout(),
    ...(apiKey === undefined ? [] : [(authenticate ?? (auth as Authenticator))(apiKey)]),
    readBody,
  ]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}
