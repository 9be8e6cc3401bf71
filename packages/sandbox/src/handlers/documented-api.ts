import { setTimeout } from 'node:timers/promises'
import { type OperationId, operations } from '@minimo/api-types'
import { schemas } from '@minimo/api-types/schemas'
import { type ApiOptions, createApi } from '../api/api.ts'
import type { Handle } from '../exchange/exchange.ts'
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
}

/** Answers requests to the documented API, for who has a key. */
export function createDocumentedApi(options: DocumentedApiOptions): Handle {
  const { keys, handlers, faults, limiter, context, closing, ...rest } = options
  const authenticate = createAuthenticator(keys)
  const sleep = (time: number) => setTimeout(time, undefined, { signal: closing }).catch(() => undefined)
  const handle = createApi<Operations, Context>({
    ...rest,
    description: { operations, schemas },
    handlers,
    isShared: true,
    admit({ headers }, security) {
      const key = authenticate(headers.authorization)
      limiter.admit(key.key)
      authorize(key, security)
      return { ...context, company: key.company ?? 1 }
    },
    async intervene({ headers }, operation: OperationId, run) {
      const header = headers[faultHeader]
      const fault = header === undefined ? faults.next(operation) : parseFaultHeader(header, operation)
      return fault ? applyFault(fault, operation, run, { sleep }) : run()
    },
  })
  return async (request) => {
    const response = await handle(request)
    if (response.status !== 401) return response
    return { ...response, headers: { ...response.headers, 'www-authenticate': 'Bearer realm="Minimo"' } }
  }
}
