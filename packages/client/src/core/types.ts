import type { ApiKey } from './auth.ts'
import type { AcceptOf, AnswerOf, BodyFields } from './body-types.ts'
import type { CallOptions, OperationRow } from './call.ts'
import type { ClientOptions } from './options.ts'
import type { Authenticator, Credentials } from './security.ts'

/**
 * A generated table of operations: rows keyed by operationId, and under `~types` (which has no value)
 * the types of the same document.
 */
export type OperationTable = {
  readonly '~types'?: { paths: object; operations: object; errorCode?: string; needs?: string }
}

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

/** What `apiKey` is for a table: what the schemes of its document need. */
export type CredentialsOf<Table extends OperationTable> =
  TypesOf<Table> extends { securitySchemes: infer Schemes } ? Credentials<Schemes> : ApiKey

/** The generated type of an operation. */
export type TypeOf<Table extends OperationTable, Id> = TypesOf<Table>['operations'][Id &
  keyof TypesOf<Table>['operations']]

/** What a call sends: `path`, `query`, `header`, `cookie` and `body`, each where the operation has it. */
export type Input<Table extends OperationTable, Id extends OperationIds<Table>> = InputOf<TypeOf<Table, Id>, Table[Id]>

// Of several operations the inputs of each, not every combination of their parts.
type InputOf<Op, Row> = Op extends unknown ? ParameterFields<Op> & BodyField<Op, Row> : never

/**
 * What follows the operationId in a call. Inferring the operation hides from the compiler which ones there are until it
 * knows which is called: else it would read the input by the types of all of them first, at a cost that grows with
 * their square.
 */
export type CallArguments<Table extends OperationTable, Id, As, Accept> = [
  TypeOf<Table, Id>,
  Table[Id & keyof Table],
] extends [infer Op, infer Row]
  ? Record<never, never> extends InputOf<Op, Row>
    ? [input?: InputOf<Op, Row>, options?: ReadOptions<As, Accept> & Among<Accept, AcceptOf<SuccessOf<Op>>>]
    : [input: InputOf<Op, Row>, options?: ReadOptions<As, Accept> & Among<Accept, AcceptOf<SuccessOf<Op>>>]
  : never

/** Demands that what is asked for is among what there is. */
type Among<Accept, All> = [Accept] extends [All] ? unknown : { accept?: All }

/** Options of a call, of which some tell the type of its result. */
type ReadOptions<As, Accept> = CallOptions & {
  /** What a success is read as, whatever its media type; a `stream` is left to the caller. */
  parseAs?: As | undefined
  /** The media type that is asked for. Default: JSON where a success may be JSON, else whatever it may be. */
  accept?: Accept | undefined
}

/** What a successful body can be read as, whatever its media type. */
export interface BodyReadings {
  text: string
  blob: Blob
  arrayBuffer: ArrayBuffer
  stream: ReadableStream<Uint8Array<ArrayBuffer>>
}

/** The options of a client without which some rows of a table cannot be served, as the generator lists them. */
export type NeededOptions<Table extends OperationTable> =
  TypesOf<Table> extends { needs: infer Names extends keyof ClientOptions } ? OptionsFor<Names> : unknown

type OptionsFor<Names extends keyof ClientOptions> = {
  [Name in Exclude<Names, 'authenticate'>]: NonNullable<ClientOptions[Name]>
} & ('authenticate' extends Names ? { authenticate: Authenticator } | { apiKey?: undefined } : unknown)

type ParameterFields<Op> = Op extends { parameters: infer Parameters }
  ? {
      [In in keyof Parameters as In extends 'path' | 'query' | 'header' | 'cookie'
        ? [Parameters[In]] extends [undefined]
          ? never
          : In
        : never]: Parameters[In]
    }
  : unknown

// Nothing sends a body with GET or HEAD, whatever the document says.
type BodyField<Op, Row> = Row extends { readonly method: 'GET' | 'HEAD' }
  ? { body?: undefined }
  : Op extends { requestBody: { content: infer Content } }
    ? BodyFields<Content, Row>
    : Op extends { requestBody?: { content: infer Content } }
      ? BodyFields<Content, Row> | { body?: undefined; contentType?: undefined }
      : unknown

/** What a call gives: what it reads a success as, else what it holds, taken out of its envelope where the row says so. */
export type Output<Table extends OperationTable, Id, As extends keyof BodyReadings = never, Accept = never> = [
  As,
] extends [never]
  ? Unwrapped<Table[Id & keyof Table], BodyOf<SuccessOf<TypeOf<Table, Id>>, Accept>>
  : BodyReadings[As]

type Unwrapped<Row, Body> =
  Row extends Required<Pick<OperationRow, 'unwrap'>> ? (Body extends { data: infer Data } ? Data : Body) : Body

/** The successes of an operation: where no status of one is documented, whatever else is. */
type SuccessOf<Op> = Op extends { responses: infer Responses }
  ? [SuccessStatus<Responses>] extends [never]
    ? Responses extends { default: infer Default }
      ? Default
      : { content: unknown }
    : Responses[SuccessStatus<Responses>]
  : { content: unknown }

type SuccessStatus<Responses> = {
  [Status in keyof Responses]: Status extends string | number
    ? `${Status}` extends `2${string}`
      ? Status
      : never
    : never
}[keyof Responses]

type BodyOf<Response, Accept> = Response extends { content: infer Content }
  ? unknown extends Content
    ? unknown
    : AnswerOf<Content, Accept>
  : undefined
