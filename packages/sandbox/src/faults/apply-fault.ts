import { STATUS_CODES } from 'node:http'
import { setTimeout } from 'node:timers/promises'
import { errorCodes, type OperationId } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import type { SandboxResponse } from '../exchange/exchange.ts'
import { isKeyOf } from '../validation/parse-object.ts'
import type { Fault } from './fault.ts'
import { documentedExamples } from './parse-fault.ts'

/** What `applyFault` runs on. */
export interface ApplyFaultOptions {
  /** Waits so many milliseconds; default: for real. */
  sleep?: (milliseconds: number) => Promise<unknown>
}

/**
 * Answers a call as the fault has it. `run` carries out the operation; it is called at most once, after the latency.
 * With neither `run` nor `status` the answer is the spec's example of success.
 */
export async function applyFault(
  fault: Fault,
  operation: OperationId,
  run: () => Promise<SandboxResponse>,
  { sleep = setTimeout }: ApplyFaultOptions = {},
): Promise<SandboxResponse> {
  if (fault.latency) await sleep(fault.latency)
  const runs = fault.run ?? (fault.status === undefined && fault.connection !== 'reset')
  const answer = runs ? await run() : documentedAnswer(operation, successStatus(operation))
  return spoil(fault.status === undefined ? answer : documentedAnswer(operation, fault.status, fault.example), fault)
}

function successStatus(operation: OperationId): number {
  return Number(Object.keys(schemas.operations[operation].responses).find((status) => status.startsWith('2')) ?? 200)
}

/** Statuses that HTTP gives no body. */
const bodiless = [204, 205, 304]

/** The spec's answer of this status: the named example, or else the first; the general error where it has none. */
function documentedAnswer(operation: OperationId, status: number, example?: string): SandboxResponse {
  if (bodiless.includes(status)) return { status, headers: {} }
  const examples = documentedExamples(schemas.operations[operation], status)
  const named =
    example !== undefined && Object.hasOwn(examples, example) ? [examples[example]] : Object.values(examples)
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(named[0] ?? generalError(status)),
  }
}

function generalError(status: number) {
  const code = isKeyOf(errorCodes, status) ? errorCodes[status] : `http_${status}`
  return { error: { code, message: `${STATUS_CODES[status] ?? 'This status'}: a fault has asked for it.` } }
}

/** The answer with everything else that the fault does to it. */
function spoil({ headers, body, ...answer }: SandboxResponse, fault: Fault): SandboxResponse {
  const spoilt = typeof body === 'string' && fault.body ? spoilText(body, fault.body) : body
  return {
    ...answer,
    headers: {
      ...headers,
      ...('content-length' in headers &&
        typeof spoilt === 'string' && { 'content-length': String(Buffer.byteLength(spoilt)) }),
      ...(fault.retryAfter !== undefined && { 'retry-after': String(fault.retryAfter) }),
      ...(fault.contentType !== undefined && { 'content-type': fault.contentType }),
    },
    ...(spoilt !== undefined && { body: spoilt }),
    ...(fault.connection && { damage: fault.connection }),
  }
}

function spoilText(body: string, how: NonNullable<Fault['body']>): string {
  return how === 'truncated' ? body.slice(0, Math.floor(body.length / 2)) : '{"data":'
}
