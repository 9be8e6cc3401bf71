import { randomBytes } from 'node:crypto'
import { setTimeout } from 'node:timers/promises'
import { type OperationId, operations } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import { decodeBody } from '../exchange/decode-body.ts'
import type { Handle, SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import { Refusal } from '../exchange/refusal.ts'
import { applyFault } from '../faults/apply-fault.ts'
import type { Faults } from '../faults/fault.ts'
import { faultHeader, parseFaultHeader } from '../faults/parse-fault-header.ts'
import type { Context, Handlers, Input } from '../handlers/handler.ts'
import { createCheckCompiler } from '../validation/compile-check.ts'
import { authorize, createAuthenticator, type SandboxKey } from './authenticate.ts'
import { allowPreflight, isPreflight, shareAnswer } from './cross-origin.ts'
import { errorResponse, json } from './error-response.ts'
import { createJudge, type JudgeUnknown } from './judge-unknown.ts'
import { compileBody, type ReadBody } from './read-body.ts'
import { compileParameters, type ReadParameters } from './read-parameters.ts'
import { createRouter, type Match, type Router } from './router.ts'

/** What the API is made of. */
export interface ApiOptions {
  /** Who may call. */
  keys: readonly SandboxKey[]
  /** What carries the operations out. */
  handlers: Handlers
  /** What goes wrong on purpose; a fault in the header `sandbox-fault` takes the place of the rules for its call. */
  faults: Faults
  /** What handlers act on; the company comes from the key. */
  context: Omit<Context, 'company'>
  /** Ends the latency of faults, so that what waits is answered before the sandbox closes. */
  closing: AbortSignal
  /** Whether names that the spec does not know are refused; otherwise they are dropped, and a header tells of it. */
  strict: boolean
  /** Hears of errors that are no refusals, answered with a 500; default: nobody does. */
  onError?: (error: unknown, operation: OperationId | undefined) => void
}

/** What reads one operation's requests. */
interface Reading {
  readParameters: ReadParameters
  readBody: ReadBody
}

/**
 * Answers requests as the spec says: finds the operation, then checks the key, its permissions, the parameters and the
 * body, then lets the handler answer. Whatever is wrong is answered as documented; nothing throws.
 */
export function createApi({ keys, handlers, faults, context, closing, strict, onError }: ApiOptions): Handle {
  const router = createRouter<OperationId>(operations)
  const authenticate = createAuthenticator(keys)
  const findReading = createReadings()
  const nextRequestId = createRequestIds()
  const sleep = (time: number) => setTimeout(time, undefined, { signal: closing }).catch(() => undefined)

  async function perform<Id extends OperationId>(
    { operation, path }: Match<Id>,
    request: SandboxRequest,
    judge: JudgeUnknown,
  ): Promise<SandboxResponse> {
    const key = authenticate(request.headers.authorization)
    authorize(key, schemas.operations[operation].security)
    const { readParameters, readBody } = await findReading(operation)
    const parameters = readParameters({ path, query: request.query }, judge)
    // Sound: the input has passed the schemas that its type is generated from.
    const input = { ...parameters, body: readBody(await decodeBody(request), judge) } as Input<Id>
    const { status, body } = await handlers[operation](input, { ...context, company: key.company ?? 1 })
    if (body === undefined) return { status, headers: {} }
    return { status, headers: { 'content-type': json }, body: JSON.stringify(body) }
  }

  function refuse(error: unknown, operation?: OperationId): SandboxResponse {
    if (error instanceof Refusal) return errorResponse(operation, error)
    onError?.(error, operation)
    return errorResponse(undefined, new Refusal(500, 'The sandbox failed. This is an error of its own.'))
  }

  async function answer(request: SandboxRequest, judge: JudgeUnknown): Promise<SandboxResponse> {
    let operation: OperationId | undefined
    try {
      if (request.method === 'OPTIONS') return answerOptions(request, router)
      const route = router.find(request.method, request.path)
      operation = route.operation
      const header = request.headers[faultHeader]
      const fault = header === undefined ? faults.next(operation) : parseFaultHeader(header, operation)
      if (!fault) return await perform(route, request, judge)
      // A refusal is an answer like any other to a fault.
      const run = () => perform(route, request, judge).catch((error) => refuse(error, operation))
      return await applyFault(fault, operation, run, { sleep })
    } catch (error) {
      return refuse(error, operation)
    }
  }

  return async (request) => {
    const unknown = createJudge(strict)
    const response = await answer(request, unknown.judge)
    const added = { ...shareAnswer(request), ...unknown.headers(), 'x-request-id': nextRequestId() }
    const headers = { ...response.headers, ...added }
    const isUnauthorized = response.status === 401
    return {
      ...response,
      headers: isUnauthorized ? { ...headers, 'www-authenticate': 'Bearer realm="Minimo"' } : headers,
    }
  }
}

/** Says what a path takes, or lets a browser send what it asks for. Throws a `Refusal` where nothing is at the path. */
function answerOptions(request: SandboxRequest, router: Router<OperationId>): SandboxResponse {
  if (isPreflight(request)) return allowPreflight(request)
  return { status: 204, headers: { allow: router.allow(request.path) } }
}

/** Prepares reading each operation's requests when its first one comes. */
function createReadings(): (operation: OperationId) => Reading | Promise<Reading> {
  const compile = createCheckCompiler()
  const ready = new Map<OperationId, Reading>()
  return (operation) => ready.get(operation) ?? prepare(operation)

  async function prepare(operation: OperationId): Promise<Reading> {
    const schema: OperationSchema = schemas.operations[operation]
    const pointer = `/operations/${operation}`
    const readParameters = await compileParameters(schema, pointer, compile)
    const reading = { readParameters, readBody: await compileBody(schema, pointer, compile) }
    ready.set(operation, reading)
    return reading
  }
}

/** Ids that no other sandbox gives either. */
function createRequestIds(): () => string {
  const prefix = randomBytes(6).toString('hex')
  let count = 0
  return () => `req_${prefix}${(++count).toString(36).padStart(6, '0')}`
}
