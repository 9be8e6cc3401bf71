export { type ApiClient, type CallOperation, createApiClient } from './core/api-client.ts'
export type { ApiErrorOf, IsApiError } from './core/api-error-types.ts'
export { type ApiKey, type Asked, auth } from './core/auth.ts'
export type { BinaryBody, EventStream } from './core/body-types.ts'
export type {
  ApiRequest,
  Call,
  CallOptions,
  HeaderValues,
  Limits,
  Operation,
  OperationRow,
  ParameterPlace,
  ParameterStyle,
  Plugin,
  ResolvedOptions,
  Send,
} from './core/call.ts'
export type { Logger } from './core/deprecation.ts'
export {
  ApiError,
  ClientError,
  ConnectionError,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  RateLimitError,
  ResponseParseError,
  TimeoutError,
} from './core/errors.ts'
export type { FormEncoding } from './core/form-fields.ts'
export type { ClientOptions } from './core/options.ts'
export type { ParameterInput, ParameterWriter, Serializers, WrittenParameters } from './core/parameters.ts'
export type { AnswerOptions, ParseAs } from './core/performer.ts'
export type { RawClient } from './core/raw-types.ts'
export { type ReadAnswer, readAnswer } from './core/read-answer.ts'
export { readBody } from './core/read-body.ts'
export { type RetryOptions, retry } from './core/retry.ts'
export {
  type Authenticator,
  type BasicCredentials,
  type CredentialFor,
  type Credentials,
  createAuthenticator,
  type SecurityScheme,
  type SecuritySchemes,
} from './core/security.ts'
export { timeout } from './core/timeout.ts'
export type { Fetch } from './core/transport.ts'
export type { CredentialsOf, Input, NeededOptions, OperationIds, OperationTable, Output } from './core/types.ts'
export { type WriteBody, writeBody } from './core/write-body.ts'
export { type WriteForm, writeForm } from './core/write-form.ts'
export { writeParameters } from './core/write-parameters.ts'
export { type LogEntry, logger } from './plugins/logger.ts'
export { type RateLimitOptions, rateLimit } from './plugins/rate-limit.ts'
