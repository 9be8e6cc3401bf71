import type { TransactionalStats } from '@minimo/api-types'
import type { CallOptions } from '../core/call.ts'
import type { Caller, Id } from './caller.ts'

/** Methods for transactional messages. */
export interface Transactionals {
  /**
   * Returns how many messages were sent and which share of them was opened and clicked.
   *
   * Rejects with `ApiError` 404 `not_found`.
   * @see Operation `getTransactionalStats`: GET /public/v1/transactionals/{id}/stats
   */
  stats(id: Id, options?: CallOptions): Promise<TransactionalStats>
}

/** Makes the methods for transactional messages over a client's `call`; a path takes a number as well as its text. */
export function createTransactionals(call: Caller<'transactionals'>): Transactionals {
  return {
    async stats(id, options) {
      const { data } = await call('getTransactionalStats', { path: { id: id as string } }, options)
      return data
    },
  }
}
