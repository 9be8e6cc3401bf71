import { setTimeout } from 'node:timers/promises'
import { operations } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { type Answer, type ApiOptions, createApi } from '../api/api.ts'
import type { Trace } from '../api/trace.ts'
import type { Handle, SandboxRequest, SandboxResponse } from '../exchange/exchange.ts'
import { applyFault } from '../faults/apply-fault.ts'
import type { Faults } from '../faults/fault.ts'
import { faultHeader, parseFaultHeader } from '../faults/parse-fault-header.ts'
import type { RateLimiter } from '../rate-limit/create-rate-limiter.ts'
import { authorize, createAuthenticator, type SandboxKey } from './authenticate.ts'
import type { Context, Handlers, Operations } from './handler.ts'

/** What the documented API is made of. */
export interface DocumentedApiOptions
  extends Pick<ApiOptions<Operations, Context>, 'strict' | 'createRequestId' | 'onError'> {
  /** Who may call. */
  keys: readonly SandboxKey[]
  /** What carries the operations out. */
  handlers: Handlers
  /** What goes wrong on purpose; a fault in the header `sandbox-fault` takes the place of the rules for its call. */
  faults: Faults
  /** Refuses the requests of a key that sends too many. */
  limiter: RateLimiter
  /** What handlers act on; the company comes from the key. */
  context: Omit<Context, 'company'>
  /** Ends the latency of faults, so that what waits is answered before the sandbox closes. */
  closing: AbortSignal
  /** Hears of every call once it has its answer; default: nobody does. */
  onAnswered?: (call: AnsweredCall) => void
}

/** A request that has been answered, and what became of it on the way. */
export interface AnsweredCall {
  request: SandboxRequest
  response: SandboxResponse
  trace: Trace
  /** When it came, in milliseconds since 1970 of the sandbox's time. */
  at: number
  /** How long the answer took, in milliseconds. */
  duration: number
}

/** Answers requests to the documented API, for who has a key. */
export function createDocumentedApi(options: DocumentedApiOptions): Handle {
  const { keys, handlers, faults, limiter, context, closing, onAnswered, ...rest } = options
  const authenticate = createAuthenticator(keys)
  const sleep = (time: number) => setTimeout(time, undefined, { signal: closing }).catch(() => undefined)
  const handle = createApi<Operations, Context>({
    ...rest,
    description: { operations, schemas },
    handlers,
    isShared: true,
    admit({ headers }, security, trace) {
      const key = authenticate(headers.authorization)
      limiter.admit(key.key)
      authorize(key, security)
      const onRecorded: Context['onRecorded'] = (recorded) => {
        trace.recorded = recorded
      }
      return { ...context, company: key.company ?? 1, onRecorded }
    },
    async intervene({ headers }, { operation, trace, run }) {
      const header = headers[faultHeader]
      const fault = header === undefined ? faults.next(operation) : parseFaultHeader(header, operation)
      if (!fault) return run()
      trace.fault = fault
      return applyFault(fault, operation, run, { sleep })
    },
  })
  const answer: Answer = async (request, trace) => challenge(await handle(request, trace))
  if (!onAnswered) return (request) => answer(request)
  return async (request) => {
    const trace: Trace = { check: 'route' }
    const at = context.now()
    const start = performance.now()
    const response = await answer(request, trace)
    onAnswered({ request, response, trace, at, duration: performance.now() - start })
    return response
  }
}

/** Says how to authenticate, as HTTP wants it, where that is what is missing. */
function challenge(response: SandboxResponse): SandboxResponse {
  if (response.status !== 401) return response
  return { ...response, headers: { ...response.headers, 'www-authenticate': 'Bearer realm="Minimo"' } }
}
