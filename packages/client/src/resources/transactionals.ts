import type { TransactionalStats } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller } from './caller.ts'

/** Methods for transactional messages. */
export interface Transactionals {
  /**
   * Gives the totals of a transactional message. Rates are text with a percent sign, such as `85%`.
   * @see Operation `getTransactionalStats`: GET /public/v1/transactionals/{id}/stats
   */
  stats(id: string, options?: CallOptions): Promise<TransactionalStats>
}

/** Makes the methods for transactional messages over a client's `call`. */
export function createTransactionals(call: Caller<'getTransactionalStats'>): Transactionals {
  return {
    async stats(id, options) {
      const { data } = await call('getTransactionalStats', { path: { id } }, options)
      return data
    },
  }
}
