import { createApiError } from './api-error.ts'
import { type CallOptions, describeOperation, type HeaderValues, type Operation, type OperationRow } from './call.ts'
import { ClientError } from './errors.ts'
import type { ClientOptions } from './options.ts'
import type { Serializers } from './parameters.ts'
import { type AnswerOptions, createPerformer, type ParseAs, type Perform } from './performer.ts'
import type { RawClient } from './raw-types.ts'
import type { RequestInput } from './request.ts'
import type {
  BodyReadings,
  CallArguments,
  CredentialsOf,
  IdsLike,
  NeededOptions,
  OperationIds,
  OperationTable,
  Output,
  ServerKeys,
} from './types.ts'
import { unwrap } from './unwrap.ts'

/** Calls operations by their operationId; rejects with `ApiError` unless the status is 2xx. */
export type CallOperation<Table extends OperationTable, Ids extends OperationIds<Table> = OperationIds<Table>> = <
  Id extends string,
  As extends keyof BodyReadings = never,
  Accept extends string = never,
>(
  id: Id extends Ids ? Id : IdsLike<Id, Ids>,
  ...args: CallArguments<Table, Id, As, Accept>
) => Promise<{ data: Output<Table, Id, As, Accept>; response: Response }>

/** A client over a table of operations. */
export interface ApiClient<Table extends OperationTable> {
  /** Calls any operation by its operationId. */
  call: CallOperation<Table>
  /**
   * openapi-fetch's interface over the same pipeline: answers `{ data, error, response }` with bodies as they
   * came, and rejects only where there is no complete response. On a status other than 2xx `error` is always truthy.
   */
  raw: RawClient<Table>
}

/** Makes a typed client of a generated table of operations. Throws `ClientError` for options that cannot work. */
export function createApiClient<const Table extends OperationTable>(
  operations: Table,
  options: ClientOptions<ServerKeys<Table>, CredentialsOf<Table>> & NeededOptions<Table>,
): ApiClient<Table> {
  const rows = Object.entries(operations as object as Readonly<Record<string, OperationRow>>)
  const all = rows.map(([id, row]): Operation => ({ ...row, id }))
  const find = createFinder(all, ({ id }) => id)
  const perform = createPerformer(all, options)

  const call = async (id: string, input: CallInput = {}, callOptions?: CallOptions & AnswerOptions) => {
    const operation = find(id)
    const performed = await perform(operation, input, callOptions)
    const { body, response } = performed
    if (response.ok) return { data: unwrap(body, operation), response }
    throw createApiError({ ...performed, operation, request: input, errorCodes: options.errorCodes })
  }
  // Sound because the types come from the same document as the table that is followed here.
  return { call, raw: createRaw(all, perform) } as unknown as ApiClient<Table>
}

type CallInput = Pick<RequestInput, 'path' | 'query' | 'header' | 'cookie' | 'body' | 'contentType'>

/** Makes what finds an operation by its name; throws `ClientError`, with up to three names that begin alike, where there is none. */
function createFinder(operations: readonly Operation[], nameOf: (operation: Operation) => string) {
  const byName = new Map(operations.map((operation) => [nameOf(operation), operation]))
  return (name: string): Operation => {
    const found = byName.get(name)
    if (found) return found
    const near = [...byName.keys()].filter((one) => one.startsWith(`${name}`.slice(0, 5))).slice(0, 3)
    return reject(`"${name}" is not an operation of this API; near it: ${near.join(', ') || 'none'}`)
  }
}

function createRaw(operations: readonly Operation[], perform: Perform) {
  const find = createFinder(operations, describeOperation)
  const request = async (method: string, path: string, init: RawInit = {}) => {
    const operation = find(`${method.toUpperCase()} ${path}`)
    const unused = ['middleware', 'fetch', 'baseUrl', 'Request'].find((name) => name in init)
    if (unused) reject(`raw takes no ${unused} per call: set it for the client, or use plugins`)
    const { params, body, headers, signal, parseAs, ...rest } = init
    const options = { signal, parseAs, headers: headers && toRecord(headers) }
    const { body: answer, response } = await perform(operation, { ...params, ...rest, body }, options, rest)
    // Falsy bodies too are errors: who asks `if (error)` must learn of them.
    return response.ok ? { data: answer, response } : { error: answer || {}, response }
  }
  const methods = operations.map(({ method }) => [method, request.bind(undefined, method)])
  return { request, ...Object.fromEntries(methods) }
}

/** What `raw` is called with, as openapi-fetch spells it. */
type RawInit = Omit<RequestInit, 'headers' | 'body'> &
  Pick<RequestInput, 'body' | 'bodySerializer' | keyof Serializers> & {
    params?: Pick<RequestInput, 'path' | 'query' | 'header' | 'cookie'>
    headers?: HeaderValues | Iterable<readonly [string, string]>
    parseAs?: ParseAs
  }

const toRecord = (headers: NonNullable<RawInit['headers']>): HeaderValues =>
  Symbol.iterator in headers ? Object.fromEntries(headers as Iterable<readonly [string, string]>) : headers

function reject(message: string): never {
  throw new ClientError(message)
}
