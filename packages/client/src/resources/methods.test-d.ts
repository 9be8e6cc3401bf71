import type { OperationId } from '@minimo/api-types'
import type { ApiClient } from '../core.ts'
import type { MinimoClient } from '../minimo-client.ts'
import type { MinimoTable } from './caller.ts'
import type { MethodName, methods } from './methods.ts'

// Only checked by the compiler, never run: where something is missing, the error is a sentence that says what to open.

type Namespace = Exclude<keyof MinimoClient, keyof ApiClient<MinimoTable>>
type Written = { [Name in Namespace]: `${Name}.${keyof MinimoClient[Name] & string}` }[Namespace]
type Unserved = Exclude<OperationId, keyof typeof methods>
type Unwritten = Exclude<MethodName, Written>
type Unlisted = Exclude<Written, MethodName>

/** Compiles where nothing is missing: then `Missing` is `never`. */
type Holds<Claim extends string, Missing extends Claim> = Claim & Missing

/** An operation of the spec has come without a method. */
export type Served = Holds<
  'every operation has a method',
  `${Unserved} has no method: open packages/client/src/resources/methods.ts, name one there, and write it in the file of its namespace beside it`
>

/** A method is listed that cannot be called. */
export type Callable = Holds<
  'every listed method can be called',
  `${Unwritten} is listed in methods.ts and cannot be called: write it in the file of its namespace in packages/client/src/resources, and put a new namespace into packages/client/src/minimo-client.ts`
>

/** A method has come that is not listed. */
export type Listed = Holds<
  'every method is listed',
  `${Unlisted} is not listed: open packages/client/src/resources/methods.ts, and name it at the operation that it calls`
>
