import type { OperationId } from '@minimo/api-types'
import type { Given } from './givens.ts'
import type { Answer } from './target.ts'

/** One exchange that a spec documents. `Id` names the spec's operations, `State` what a case can start from. */
export interface Case<Id extends string = OperationId, State extends string = Given> {
  operation: Id
  /** What the case shows, as words that follow the operation. */
  name: string
  /** What targets that remember are told first; what it gives replaces the path's parameters of the same name. */
  given?: State
  /** A key that no company has, or one without the spec's roles; default: one that may do everything. */
  key?: 'wrong' | 'limited'
  request: {
    path?: Readonly<Record<string, string | number>>
    query?: Readonly<Record<string, string>>
    /** Name of the spec's request example that is sent as the body. */
    example?: string
    /** A body that no example of the spec holds. */
    body?: unknown
  }
  /** The documented answer; for an error also the code that the client gives. */
  expect: Answer & { code?: string }
  /** Set where no request brings the answer about: the target must be asked for it. */
  asked?: true
  /** Why the case is not for the real API, such as `sends a message`. */
  notLive?: string
}

/** A request that a spec does not allow, and how it is refused. */
export interface Violation<Id extends string = OperationId> {
  operation: Id
  name: string
  request: { path?: object; query?: object; body?: unknown }
  /** The call's headers; `null` removes one. */
  headers?: Record<string, string | null>
  expect: { status: number }
}
