import { describeOperation, type Operation } from './call.ts'

/** Where warnings go; `console` is one. */
export interface Logger {
  /** Takes a warning as one line of text. */
  warn(message: string): void
}

/**
 * Makes a function that warns, once per operation, of one that the spec marks as deprecated or a response does
 * (`Deprecation`, RFC 9745; `Sunset`, RFC 8594).
 */
export function createDeprecationNotice(logger: Logger = console) {
  const told = new Set<Operation>()
  return (operation: Operation, headers: Headers): void => {
    const sunset = headers.get('sunset')
    if (!(operation.deprecated || sunset || headers.has('deprecation')) || told.has(operation)) return
    told.add(operation)
    logger.warn(`${describeOperation(operation)} is deprecated${sunset ? ` and goes on ${sunset}` : ''}`)
  }
}
