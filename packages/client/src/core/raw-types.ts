import type { Client, FetchResponse, MaybeOptionalInit, ParseAs } from 'openapi-fetch'
import type { AnswerBody } from './body-types.ts'
import type { OperationTable, TypesOf } from './types.ts'

/**
 * openapi-fetch's interface to a table's document; plugins take the place of its middleware. Where a success may be
 * more than JSON, `data` has the type that it is read as: a PDF, which the document calls a string, is a `Blob`.
 */
export type RawClient<Table extends OperationTable> = Omit<
  TypesOf<Table> extends { needs: infer Names }
    ? 'readAnswer' extends Names
      ? ReadingClient<TypesOf<Table>['paths']>
      : Client<TypesOf<Table>['paths']>
    : Client<TypesOf<Table>['paths']>,
  'use' | 'eject'
>

type ReadingClient<Paths extends object> = {
  [Name in Exclude<keyof Client<Paths>, 'use' | 'eject' | 'request'>]: ReadingMethod<Paths, Lowercase<Name>>
} & { request: ReadingRequest<Paths> }

type Method = Lowercase<Exclude<keyof Client<object>, 'use' | 'eject' | 'request'>>

type ReadingMethod<Paths, Verb> = <
  Path extends PathsWith<Paths, Verb>,
  Init extends MaybeOptionalInit<Paths[Path], Verb & keyof Paths[Path]>,
>(
  url: Path,
  ...init: InitOf<Init>
) => Promise<ReadResponse<Paths[Path][Verb & keyof Paths[Path]], Init>>

type ReadingRequest<Paths> = <
  Verb extends Method,
  Path extends PathsWith<Paths, Verb>,
  Init extends MaybeOptionalInit<Paths[Path], Verb & keyof Paths[Path]>,
>(
  method: Verb,
  url: Path,
  ...init: InitOf<Init>
) => Promise<ReadResponse<Paths[Path][Verb & keyof Paths[Path]], Init>>

type PathsWith<Paths, Verb> = {
  [Path in keyof Paths]: Paths[Path] extends { [Key in Verb & string]: unknown } ? Path : never
}[keyof Paths]

/** As openapi-fetch has it: any key more is let through, and nothing need be given where nothing is required. */
type InitOf<Init> =
  Record<never, never> extends Init
    ? [init?: Init & { [key: string]: unknown }]
    : [init: Init & { [key: string]: unknown }]

type ReadResponse<Op, Init> = Op extends { responses: infer Responses }
  ? Init extends { parseAs: ParseAs }
    ? Plain<Responses, Init>
    : { data: Success<Responses>; error?: never; response: Response } | Failure<Plain<Responses, Init>>
  : never

/** The answer as openapi-fetch types it: what `parseAs` says, else the document. */
type Plain<Responses, Init> = FetchResponse<{ responses: Responses }, Init, `${string}/${string}`>

type Failure<Answer> = Answer extends { data?: undefined; error: unknown } ? Answer : never

type Success<Responses> = {
  [Status in keyof Responses & (string | number)]: `${Status}` extends `2${string}` ? Content<Responses[Status]> : never
}[keyof Responses & (string | number)]

type Content<Response> = Response extends { content: infer Bodies }
  ? { [Type in keyof Bodies]: AnswerBody<Type, Bodies[Type]> }[keyof Bodies]
  : undefined
