import type { ApiError } from './errors.ts'
import type { OperationIds, OperationTable, TypeOf, TypesOf } from './types.ts'

/**
 * `isApiError` for the errors of one table, told by status or operationId. The error of an operation has the body that
 * the spec documents for its `status`; comparing that tells the bodies apart.
 */
export type IsApiError<Table extends OperationTable = OperationTable> = <
  What extends number | OperationIds<Table> = number,
>(
  error: unknown,
  what?: What,
) => error is ErrorOf<Table, What>

type ErrorOf<Table extends OperationTable, What> = What extends number
  ? CodedError<Table> & { readonly status: What }
  : ApiErrorOf<Table, What>

/** The error that an operation of a table rejects with when the API answers other than 2xx. */
export type ApiErrorOf<Table extends OperationTable, Id> =
  TypeOf<Table, Id> extends { responses: infer Responses }
    ? CodedError<Table> & Documented<Responses, keyof Responses>
    : CodedError<Table>

/** An error whose `code` is one of those that the spec knows, or a new one. */
type CodedError<Table extends OperationTable> = ApiError<CodeOf<TypesOf<Table>>>

type CodeOf<Types> = Types extends { errorCode?: infer Code extends string } ? Code | (string & {}) : string

/** Statuses of errors in use: the registered ones, and those of well-known proxies and servers. */
type Redirect = 300 | 301 | 302 | 303 | 304 | 305 | 307 | 308
type OfClient =
  | 400
  | 401
  | 402
  | 403
  | 404
  | 405
  | 406
  | 407
  | 408
  | 409
  | 410
  | 411
  | 412
  | 413
  | 414
  | 415
  | 416
  | 417
type OfClientToo = 418 | 419 | 420 | 421 | 422 | 423 | 424 | 425 | 426 | 428 | 429 | 431 | 440 | 444 | 449 | 451 | 499
type OfServer =
  | 500
  | 501
  | 502
  | 503
  | 504
  | 505
  | 506
  | 507
  | 508
  | 509
  | 510
  | 511
  | 520
  | 521
  | 522
  | 523
  | 524
  | 525
type OfServerToo = 526 | 527 | 529 | 530 | 598 | 599
type Statuses = { '3XX': Redirect; '4XX': OfClient | OfClientToo; '5XX': OfServer | OfServerToo }

/** What each status says of the error, as far as documented: by itself, else by its range, else by `default`. */
type Documented<Responses, Key> =
  | {
      [Status in keyof Responses & number]: Status extends Success ? never : Known<Status, Responses[Status]>
    }[keyof Responses & number]
  | {
      [Range in keyof Statuses]: Range extends keyof Responses
        ? Known<Exclude<Statuses[Range], Key>, Responses[Range]>
        : 'default' extends keyof Responses
          ? Known<Exclude<Statuses[Range], Key>, Responses['default']>
          : Unknown<Exclude<Statuses[Range], Key>>
    }[keyof Statuses]

type Success = 200 | 201 | 202 | 203 | 204 | 205 | 206 | 207 | 208 | 226

interface Unknown<Status> {
  readonly status: Status
}

type Known<Status, Response> = Response extends { content: infer Content }
  ? {
      readonly status: Status
      readonly body: Content[keyof Content]
      readonly details: DetailsOf<Content[keyof Content]>
    }
  : Unknown<Status>

/** `details` stand beside the message, in an envelope or without one. */
type DetailsOf<Body> = Body extends { error: infer Inner extends object } ? Detail<Inner> : Detail<Body>

type Detail<Body> = Body extends { details?: infer Details } ? Details : unknown
