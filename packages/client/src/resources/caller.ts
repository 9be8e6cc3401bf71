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

/**
 * A request body as it may be written: `undefined` means leaving out, also under `exactOptionalPropertyTypes`. JSON has
 * no `undefined`, so the API never sees one.
 */
export type Sent<T> = T extends (infer Item)[]
  ? Sent<Item>[]
  : T extends object
    ? { [Key in keyof T]: Sent<T[Key]> | (Record<never, never> extends Pick<T, Key> ? undefined : never) }
    : T

/** The id of something as the API gives it: listings have numbers where paths take text. */
export type Id = string | number
