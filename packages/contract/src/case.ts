import type { OperationId } from '@minimo/api-types'
import type { Answer } from './target.ts'

/** One exchange that the spec documents. */
export interface Case {
  operation: OperationId
  /** What the case shows, as words that follow the operation. */
  name: string
  request: {
    path?: Readonly<Record<string, string | number>>
    query?: Readonly<Record<string, string>>
    /** Name of the spec's request example that is sent as the body. */
    example?: string
  }
  /** The documented answer; for an error also the code that the client gives. */
  expect: Answer & { code?: string }
}

/** A request that the spec does not allow, and how it is refused. */
export interface Violation {
  operation: OperationId
  name: string
  request: { path?: object; query?: object; body?: unknown }
  /** The call's headers; `null` removes one. */
  headers?: Record<string, string | null>
  expect: { status: number }
}
