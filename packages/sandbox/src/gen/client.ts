// @generated from control.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { ApiClient as ClientOf, ClientOptions as OptionsOf, ApiErrorOf, CallOptions, CredentialsOf, Input, IsApiError, Output, Plugin } from '@minimo/client/core'
import { createApiClient, readAnswer, isApiError as isAnyApiError } from '@minimo/client/core'
import { errorCodes, type OperationId, operations, servers } from './operations.ts'

export { ApiError, ClientError, ConnectionError, isConnectionError, isRateLimitError, isResponseParseError, isTimeoutError, logger, RateLimitError, rateLimit, ResponseParseError, TimeoutError } from '@minimo/client/core'
export type { CallOptions, Plugin as ClientPlugin }

/** A client of the API. */
export type ApiClient = ClientOf<typeof operations>

/** What a call of an operation sends, by its operationId. */
export type InputOf<Id extends OperationId> = Input<typeof operations, Id>

/** What a call of an operation gives, by its operationId. */
export type OutputOf<Id extends OperationId> = Output<typeof operations, Id>

/** What a call of an operation rejects with when the API answers with an error, by its operationId. */
export type ErrorOf<Id extends OperationId> = ApiErrorOf<typeof operations, Id>

/** Whether an error is an `ApiError`: of the given status, or of the operation with the given operationId. */
export const isApiError = isAnyApiError as IsApiError<typeof operations>

/** Options of a client of the API. */
export type ClientOptions = Partial<Omit<OptionsOf<keyof typeof servers, CredentialsOf<typeof operations>>, 'readAnswer'>>

/** Makes a typed client of the API. Default base URLs: the servers of its description. Throws for options that cannot work. */
export const createClient = (options: ClientOptions = {}): ApiClient =>
  createApiClient(operations, { baseUrl: servers, errorCodes, ...options, readAnswer })
