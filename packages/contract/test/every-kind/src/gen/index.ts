// @generated from every-kind.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { components } from './schema.ts'

export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from './operations.ts'
export type { components, operations as OperationTypes, paths } from './schema.ts'
export { ApiError, ClientError, ConnectionError, isConnectionError, isRateLimitError, isResponseParseError, isTimeoutError, logger, RateLimitError, rateLimit, ResponseParseError, TimeoutError, createClient, isApiError } from './client.ts'
export type { ApiClient, CallOptions, ClientOptions, ClientPlugin, ErrorOf, InputOf, OutputOf } from './client.ts'

/** The schema `Name` of the API. */
export type Name = components['schemas']['Name']

/** The schema `Word` of the API. */
export type Word = components['schemas']['Word']

/** The schema `Words` of the API. */
export type Words = components['schemas']['Words']

/** The schema `Names` of the API. */
export type Names = components['schemas']['Names']

/** The schema `Point` of the API. */
export type Point = components['schemas']['Point']
