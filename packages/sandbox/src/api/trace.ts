import type { Recorded } from '../automations/record-events.ts'
import { codeOf } from '../exchange/error-response.ts'
import type { Refusal } from '../exchange/refusal.ts'
import type { Fault } from '../faults/fault.ts'
import type { components } from '../gen/schema.ts'
import { DatabaseUnavailable } from '../storage/unavailable.ts'

/** What a request goes through, in this order. `fault`: whether one befalls it. `caller`: who calls, and may they? */
export type Check = 'route' | 'fault' | 'caller' | 'parameters' | 'body' | 'operation'

/** Why a request was refused. */
export type RefusalReason = components['schemas']['RefusalReason']

/** What becomes of a request on the way to its answer, noted as it happens. */
export interface Trace {
  /** The check that it has come to. */
  check: Check
  /** Its operation; nothing where none answers there. */
  operation?: string
  refusal?: RefusalReason
  fault?: Fault
  recorded?: Recorded
}

/** Notes that a request was refused; `isUnknown` where it was for a name that the description does not know. */
export function noteRefusal(trace: Trace, refusal: Refusal, isUnknown: boolean): void {
  trace.refusal = { rule: ruleOf(trace.check, refusal, isUnknown), code: codeOf(refusal), message: refusal.message }
}

function ruleOf(check: Check, refusal: Refusal, isUnknown: boolean): RefusalReason['rule'] {
  if (refusal instanceof DatabaseUnavailable) return 'database'
  if (refusal.status === 500) return 'sandbox'
  if (isUnknown) return 'unknown-name'
  if (check !== 'caller') return check
  return refusal.status === 401 ? 'authentication' : refusal.status === 429 ? 'rate-limit' : 'permission'
}
