import type { CallOptions, OperationRow } from './call.ts'

/**
 * A generated table of operations: rows keyed by operationId, and under `~types` (which has no value)
 * the types of the same document.
 */
export type OperationTable = { readonly '~types'?: { paths: object; operations: object; errorCode?: string } }

/** The types of the document a table was generated from. */
export type TypesOf<Table extends OperationTable> = NonNullable<Table['~types']>

/** The operationIds of a table. */
export type OperationIds<Table extends OperationTable> = Exclude<keyof Table, '~types'> & string

/** The operationIds that begin like a text that is none, so that a mistake is told with what may be meant; else all. */
export type IdsLike<
  Text extends string,
  Ids extends string,
> = Text extends `${infer A}${infer B}${infer C}${infer D}${string}`
  ? [Extract<Ids, `${A}${B}${C}${D}${string}`>] extends [never]
    ? Ids
    : Extract<Ids, `${A}${B}${C}${D}${string}`>
  : Ids

/** The keys of the servers that a table's rows name. */
export type ServerKeys<Table extends OperationTable> = Table[OperationIds<Table>] extends {
  readonly server: infer Key extends string
}
  ? Key
  : never

/** The generated type of an operation. */
export type TypeOf<Table extends OperationTable, Id> = TypesOf<Table>['operations'][Id &
  keyof TypesOf<Table>['operations']]

/** What a call sends: `path`, `query`, `header` and `body`, each where the operation has it. */
export type Input<Table extends OperationTable, Id extends OperationIds<Table>> = InputOf<TypeOf<Table, Id>>

// Of several operations the inputs of each, not every combination of their parts.
type InputOf<Op> = Op extends unknown ? ParameterFields<Op> & BodyField<Op> : never

/**
 * What follows the operationId in a call. Inferring the operation hides from the compiler which ones there are until it
 * knows which is called: else it would read the input by the types of all of them first, at a cost that grows with
 * their square.
 */
export type CallArguments<Table extends OperationTable, Id> = [TypeOf<Table, Id>] extends [infer Op]
  ? Record<never, never> extends InputOf<Op>
    ? [input?: InputOf<Op>, options?: CallOptions]
    : [input: InputOf<Op>, options?: CallOptions]
  : never

type ParameterFields<Op> = Op extends { parameters: infer Parameters }
  ? {
      [In in keyof Parameters as In extends 'path' | 'query' | 'header'
        ? [Parameters[In]] extends [undefined]
          ? never
          : In
        : never]: Parameters[In]
    }
  : unknown

type BodyField<Op> = Op extends { requestBody: { content: infer Content } }
  ? { body: Content[keyof Content] }
  : Op extends { requestBody?: { content: infer Content } }
    ? { body?: Content[keyof Content] }
    : unknown

/** What a call gives: the body of a success, taken out of its envelope where the row says so. */
export type Output<Table extends OperationTable, Id> = Unwrapped<
  Table[Id & keyof Table],
  SuccessBody<TypeOf<Table, Id>>
>

type Unwrapped<Row, Body> =
  Row extends Required<Pick<OperationRow, 'unwrap'>> ? (Body extends { data: infer Data } ? Data : Body) : Body

type SuccessStatus = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226 | '2XX'

type SuccessBody<Op> = Op extends { responses: infer Responses }
  ? { [Status in keyof Responses & SuccessStatus]: BodyOf<Responses[Status]> }[keyof Responses & SuccessStatus]
  : unknown

type BodyOf<Response> = Response extends { content: infer Content } ? Content[keyof Content] : undefined
