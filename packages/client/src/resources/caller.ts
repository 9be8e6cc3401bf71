import type { operations } from '@minimo/api-types'
import type { CallOperation } from '../core/api-client.ts'
import type { OperationIds } from '../core/types.ts'

/** The Minimo API's table of operations. */
export type MinimoTable = typeof operations

/**
 * The client's `call`, limited to the operations a resource serves. Naming them here is what counts
 * them as served: an operation that no resource names is a compile error in `minimo-client.ts`.
 */
export type Caller<Ids extends OperationIds<MinimoTable>> = CallOperation<MinimoTable, Ids>
