import type { OperationId } from '@minimo/api-types'

/** How an answer goes wrong. Parts can be combined; latency comes first. */
export interface Fault {
  /** Answers with this status and the spec's own example of it; the operation does not run. */
  status?: number
  /** Which named example of the spec to answer with; default: the first. */
  example?: string
  /** The Retry-After header, in seconds or as a date. */
  retryAfter?: number | string
  /** Milliseconds to wait before anything else. */
  latency?: number
  /**
   * What befalls the connection: `reset` before any of the answer, `reset-body` half-way through the body, `stall`
   * after the headers.
   */
  connection?: 'reset' | 'reset-body' | 'stall'
  /** What befalls the text of the body: cut off half-way, or text that is not JSON, under an intact connection. */
  body?: 'truncated' | 'invalid-json'
  /** A content type other than the one documented. */
  contentType?: string
  /** Whether the operation runs before its answer goes wrong; default: unless `status` or `reset` is asked for. */
  run?: boolean
}

/** A fault, and which calls it befalls. Without conditions it befalls every call. */
export interface FaultRule {
  fault: Fault
  /** Only calls of this operation; its status must then be one that the spec documents for it, 429 or 5xx. */
  operation?: OperationId
  /** Only the nth call that the rule's operation sees, from 1; a list names several. */
  nth?: number | number[]
  /** Only so many calls of the rule's operation, 0 to 1, chosen by a generator seeded with `seed`. */
  probability?: number
  /** Default 1. The same seed chooses the same calls. */
  seed?: number
}

/** A rule that is in force. */
export interface ActiveFaultRule extends FaultRule {
  id: number
  /** How many calls of its operation the rule has seen. */
  seen: number
  /** How many of them it has befallen. */
  hit: number
}

/** The rules in force. */
export interface Faults {
  /** Adds a rule; throws a `Refusal` with status 422 where it is not valid. */
  add(rule: FaultRule): ActiveFaultRule
  /** The rules, in the order they were added. */
  list(): ActiveFaultRule[]
  /** Removes one rule, or all; false where there was none. */
  remove(id?: number): boolean
  /** The fault that befalls this call, if one does; counts it. The first rule that hits wins. */
  next(operation: OperationId): Fault | undefined
}
