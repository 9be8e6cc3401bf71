import { auth } from './auth.ts'
import {
  boundOf,
  type CallOptions,
  compose,
  type Operation,
  type Plugin,
  type Progress,
  sendThroughOwn,
} from './call.ts'
import { createDeprecationNotice } from './deprecation.ts'
import { ClientError, hide } from './errors.ts'
import { createFollower, type Followed } from './follow-signal.ts'
import { contentOf } from './held-response.ts'
import { type ClientOptions, createOptionsResolver, missingOption } from './options.ts'
import { parseText } from './parse-response.ts'
import type { AnswerReader } from './read-answer.ts'
import { readBody } from './read-body.ts'
import { createRequestBuilder, type RequestInput } from './request.ts'
import { retry } from './retry.ts'
import type { Authenticator } from './security.ts'
import { timeout } from './timeout.ts'
import { createTransport } from './transport.ts'

/** What a successful body can be read as, whatever its media type. */
export type ParseAs = 'json' | 'stream' | 'text' | 'blob' | 'arrayBuffer'

/** How the answer to a call is read. */
export interface AnswerOptions {
  /** What a success is read as, whatever its media type; a `stream` is left to the caller. */
  parseAs?: ParseAs | undefined
  /** The media type that is asked for, where the operation promises several. */
  accept?: string | undefined
}

/** What came of an operation. */
export interface Performed {
  /** What the body of its response holds. */
  body: unknown
  response: Response
  progress: Progress
}

/** Takes an operation through the client's plugins. */
export type Perform = (
  operation: Operation,
  input: RequestInput,
  options?: CallOptions & AnswerOptions,
  fetchOptions?: RequestInit,
) => Promise<Performed>

/** Prepares all that does not change from call to call. Throws `ClientError` for options that cannot work. */
export function createPerformer(operations: readonly Operation[], options: ClientOptions<string, unknown>): Perform {
  const resolveOptions = createOptionsResolver(options)
  const { readAnswer = missingOption('readAnswer') } = options
  const buildRequestOf = createRequestBuilder(options)
  const prepare = (operation: Operation) => ({
    readerOf: operation.answer && readAnswer(operation),
    buildRequest: buildRequestOf(operation),
  })
  const prepared = new Map(operations.map((operation) => [operation, prepare(operation)]))
  const transport = createTransport(options.fetch ?? ((url, init) => globalThis.fetch(url, init)))
  // Outermost too: a plugin may answer by itself.
  const send = compose([readBody, ...listPlugins(operations, options)], sendThroughOwn(readBody(transport)))
  const noteDeprecation = createDeprecationNotice(options.logger)
  const followSignal = createFollower()

  return async (operation, input, callOptions, fetchOptions) => {
    const { plugins = [], signal: leader, parseAs, headers: own } = callOptions ?? {}
    const { readerOf, buildRequest } = prepared.get(operation) ?? prepare(operation)
    const progress = createProgress()
    let followed: Followed | undefined
    try {
      const promised = readerOf?.(callOptions)
      const reader = (!parseAs && promised) || readAs(operation, parseAs)
      // A stream is read after its call has ended, so it needs the caller's own signal.
      followed = leader && !reader.mayStream ? followSignal(leader) : undefined
      const signal = followed?.signal ?? leader
      const request = buildRequest(input, promised?.headers ?? own, signal ? { ...fetchOptions, signal } : fetchOptions)
      const resolved = { ...resolveOptions(callOptions), read: reader.ahead }
      const expires = performance.now() + boundOf(resolved.deadline)
      const call = { operation, request, attempt: 1, options: resolved, expires, plugins, progress }
      const response = await send(call)
      noteDeprecation(operation, response.headers)
      const body = await (response.ok ? reader : readAs(operation)).parse(response)
      return { body, response, progress }
    } catch (error) {
      if (error instanceof ClientError) {
        error.attempts ||= progress.attempts
        // The stack of who waits for the call, where the engine can: a timer or a socket made the error.
        ;(Error as { captureStackTrace?: (error: object) => void }).captureStackTrace?.(error)
      }
      throw error
    } finally {
      followed?.release()
    }
  }
}

/** Nobody who prints a call shall see its secrets. */
const createProgress = () => hide({ attempts: 0 }, { secrets: [] }) as Progress

/** Reads a body as what the caller names, whatever its media type. */
const readAs = (operation: Operation, parseAs: ParseAs = 'json'): AnswerReader => ({
  mayStream: parseAs === 'stream',
  ahead: () => (parseAs === 'stream' ? parseAs : /json|text/.test(parseAs) ? 'text' : 'bytes'),
  parse: (response) => {
    if (parseAs === 'json') return parseText(`${contentOf(response)}`, response, operation)
    return parseAs === 'stream' ? response.body : response[parseAs]()
  },
})

function listPlugins(
  operations: readonly Operation[],
  { apiKey, authenticate, plugins = [], retryCountHeader }: ClientOptions<string, unknown>,
): readonly Plugin[] {
  const other = operations.find(({ security }) => security?.length)
  if (other && !authenticate && apiKey !== undefined) missingOption('authenticate')(other)
  const builtIn = [
    retry({ countHeader: retryCountHeader }),
    timeout(),
    ...(apiKey === undefined ? [] : [(authenticate ?? (auth as Authenticator))(apiKey)]),
    readBody,
  ]
  return typeof plugins === 'function' ? plugins(builtIn) : [...plugins, ...builtIn]
}
