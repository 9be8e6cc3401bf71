import type { OperationSchema } from '@minimo/api-types/schemas'
import { decodeBody } from '../exchange/decode-body.ts'
import { errorResponse, json } from '../exchange/error-response.ts'
import type { SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import type { HandlersOf, Input } from '../exchange/handler.ts'
import { writeLists } from '../exchange/long-json.ts'
import { Refusal } from '../exchange/refusal.ts'
import { createCheckCompiler } from '../validation/compile-check.ts'
import { allowPreflight, isPreflight, shareAnswer } from './cross-origin.ts'
import type { Description } from './description.ts'
import { documentedError } from './documented-error.ts'
import { createJudge, type Judge } from './judge-unknown.ts'
import { compileBody, type ReadBody } from './read-body.ts'
import { compileParameters, type ReadParameters } from './read-parameters.ts'
import { createRouter, type Match } from './router.ts'
import { noteRefusal, type Trace } from './trace.ts'

/** What an API is made of. */
export interface ApiOptions<Types, Context> {
  description: Description<keyof Types & string>
  /** What carries the operations out. */
  handlers: HandlersOf<Types, Context>
  /**
   * Decides whether a request may do what asks for this security, and makes the context of its handler. Throws a
   * `Refusal` otherwise.
   */
  admit(request: SandboxRequest, security: OperationSchema['security'], trace: Trace): Context
  /** Whether names that the description does not know are refused; otherwise they are dropped, and a header tells of it. */
  strict: boolean
  /**
   * Operations whose JSON may be too long to be read or written in one go: handlers get its bytes, of which only the
   * media type was checked, and answers are written in pieces. Default: none.
   */
  longJson?: readonly (keyof Types & string)[]
  /** Whether pages of other origins may read the answers. */
  isShared: boolean
  /** Comes between a request and its answer, such as with a fault. Default: nothing does. */
  intervene?: (request: SandboxRequest, intervention: Intervention<keyof Types & string>) => Promise<SandboxResponse>
  /** Gives each answer its `x-request-id`. */
  createRequestId: () => string
  /** Hears of errors that are no refusals, answered with a 500; default: nobody does. */
  onError?: (error: unknown, operation: (keyof Types & string) | undefined) => void
}

/** What comes between a request and its answer has in its hands. */
export interface Intervention<Id extends string> {
  operation: Id
  trace: Trace
  /** Carries out the operation; never rejects. */
  run(): Promise<SandboxResponse>
}

/** Answers one request, and notes in `trace` what becomes of it; never throws. */
export type Answer = (request: SandboxRequest, trace?: Trace) => Promise<SandboxResponse>

/** A request on the way to its answer. */
interface Call {
  request: SandboxRequest
  unknown: Judge
  trace: Trace
}

/** What reads one operation's requests, and the media type of each of its answers. */
interface Reading {
  readParameters: ReadParameters
  readBody: ReadBody
  types: ReadonlyMap<number, string>
}

/**
 * Answers requests as a description says: finds the operation, then checks who calls, the parameters and the body, then
 * lets the handler answer. Whatever is wrong is answered as documented; nothing throws.
 */
export function createApi<Types, Context>(options: ApiOptions<Types, Context>): Answer {
  type Id = keyof Types & string
  const { description, handlers, admit, strict, longJson = [], isShared } = options
  const { intervene, createRequestId, onError } = options
  const { operations, schemas } = description
  const router = createRouter<Id>(operations)
  const findReading = createReadings(description, longJson)

  async function perform<Operation extends Id>(
    { operation, path }: Match<Operation>,
    { request, unknown, trace }: Call,
  ): Promise<SandboxResponse> {
    trace.check = 'caller'
    const context = admit(request, schemas.operations[operation].security, trace)
    const { readParameters, readBody, types } = await findReading(operation)
    const { query, headers } = request
    trace.check = 'parameters'
    const parameters = readParameters({ path, query, headers }, unknown.judge)
    trace.check = 'body'
    const given = { ...parameters, body: readBody(await decodeBody(request), unknown.judge) }
    trace.check = 'operation'
    // Sound: the input has passed the schemas that its type is generated from.
    const reply = await handlers[operation](given as unknown as Input<Types[Operation]>, context)
    const { status, body } = reply as { status: number; body: unknown }
    const isLong = longJson.includes(operation) && body !== undefined
    const response = writeReply(status, isLong ? writeLists(body) : body, types.get(status) ?? json)
    // A stream may never end, and nobody reads it.
    return request.method === 'HEAD' && isStream(response.body) ? { status, headers: response.headers } : response
  }

  function refuse(error: unknown, { unknown, trace }: Call, operation?: Id): SandboxResponse {
    const isRefusal = error instanceof Refusal
    const refusal = isRefusal ? error : sandboxFailure()
    noteRefusal(trace, refusal, unknown.hasRefused())
    if (isRefusal) return documentedError(schemas, operation && schemas.operations[operation], refusal)
    onError?.(error, operation)
    return errorResponse(refusal)
  }

  async function answer(call: Call): Promise<SandboxResponse> {
    const { request, trace } = call
    let operation: Id | undefined
    try {
      if (request.method === 'OPTIONS') {
        if (isShared && isPreflight(request)) return allowPreflight(request)
        // A browser asks without a key, which only those need that go on.
        if (!isShared) admit(request, [], trace)
        return { status: 204, headers: { allow: router.allow(request.path) } }
      }
      const route = router.find(request.method, request.path)
      operation = route.operation
      trace.operation = operation
      trace.check = 'fault'
      // A refusal is an answer like any other to what intervenes.
      const run = () => perform(route, call).catch((error) => refuse(error, call, operation))
      return intervene ? await intervene(request, { operation, trace, run }) : await run()
    } catch (error) {
      return refuse(error, call, operation)
    }
  }

  return async (request, trace = { check: 'route' }) => {
    const unknown = createJudge(strict)
    const response = await answer({ request, unknown, trace })
    const added = { ...(isShared && shareAnswer(request)), ...unknown.headers(), 'x-request-id': createRequestId() }
    return { ...response, headers: { ...response.headers, ...added } }
  }
}

const sandboxFailure = () =>
  new Refusal(500, 'The sandbox failed. This is an error of its own.', { code: 'internal_error' })

function writeReply(status: number, body: unknown, type: string): SandboxResponse {
  if (body === undefined) return { status, headers: {} }
  const headers = { 'content-type': type }
  if (isStream(body)) return { status, headers: { ...headers, 'cache-control': 'no-store' }, body }
  if (type === json) return { status, headers, body: JSON.stringify(body) }
  return { status, headers, body: String(body) }
}

const isStream = (body: unknown): body is AsyncIterable<string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body

/** Prepares reading each operation's requests when its first one comes. */
function createReadings<Id extends string>(
  { schemas }: Description<Id>,
  longJson: readonly Id[],
): (operation: Id) => Reading | Promise<Reading> {
  const compile = createCheckCompiler(schemas)
  const ready = new Map<Id, Reading>()
  return (operation) => ready.get(operation) ?? prepare(operation)

  async function prepare(operation: Id): Promise<Reading> {
    const schema: OperationSchema = schemas.operations[operation]
    const compiling = { root: schemas, pointer: `/operations/${operation}`, compile }
    const types = Object.entries(schema.responses).map(
      ([status, content]) => [Number(status), Object.keys(content)[0] ?? json] as const,
    )
    const readParameters = await compileParameters(schema, compiling)
    const readBody = await compileBody(schema, { ...compiling, isLong: longJson.includes(operation) })
    const reading = { readParameters, readBody, types: new Map(types) }
    ready.set(operation, reading)
    return reading
  }
}
