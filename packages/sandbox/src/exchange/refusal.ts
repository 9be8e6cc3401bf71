/** A refusal's code and details, where they are more than the status says. */
export interface RefusalOptions {
  /** The error code; default: the one the spec gives for the status. */
  code?: string
  /** Further information for the error's `details`. */
  details?: unknown
  /** Headers of the answer, by lower-case name. */
  headers?: Record<string, string>
}

/**
 * A request that is answered with an error. Thrown in a transaction it undoes the transaction. The answer takes the
 * shape that the spec documents for the operation and status.
 */
export class Refusal extends Error {
  override name = 'Refusal'
  readonly status: number
  readonly code: string | undefined
  readonly details: unknown
  readonly headers: Record<string, string>

  constructor(status: number, message: string, { code, details, headers = {} }: RefusalOptions = {}) {
    super(message)
    this.status = status
    this.code = code
    this.details = details
    this.headers = headers
  }
}
