import type { OperationRow } from './call.ts'
import { isObject } from './redact.ts'

/**
 * Takes a result out of its envelope where the row names one. Only an object with that property and no
 * other counts as the envelope, so a bare body passes, also one that has such a property among others.
 */
export function unwrap(body: unknown, { unwrap: property }: Pick<OperationRow, 'unwrap'>): unknown {
  return property && isObject(body) && Object.keys(body).join() === property ? body[property] : body
}
