import type { operations } from '@minimo/api-types'
import type { CallOperation } from '../core/api-client.ts'
import type { OperationIds } from '../core/types.ts'
import type { MethodName, methods } from './methods.ts'

/** The Minimo API's table of operations. */
export type MinimoTable = typeof operations

type NamespaceOf<Method> = Method extends `${infer Namespace}.${string}` ? Namespace : never

type Listed = keyof typeof methods & OperationIds<MinimoTable>

type OperationsOf<Namespace extends string> = {
  [Id in Listed]: Namespace extends NamespaceOf<(typeof methods)[Id][number]> ? Id : never
}[Listed]

/** The client's `call`, limited to the operations that `methods.ts` lists for a namespace such as `contacts`. */
export type Caller<Namespace extends NamespaceOf<MethodName>> = CallOperation<MinimoTable, OperationsOf<Namespace>>

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
