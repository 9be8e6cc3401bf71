export { type ApiKey, auth } from '../plugins/auth.ts'
export { type LogEntry, logger } from '../plugins/logger.ts'
export { type RateLimitOptions, rateLimit } from '../plugins/rate-limit.ts'
export { type RetryOptions, retry } from '../plugins/retry.ts'
export { timeout } from '../plugins/timeout.ts'
export { type ApiClient, type CallOperation, createApiClient, type RawClient } from './api-client.ts'
export type {
  ApiRequest,
  Call,
  CallOptions,
  HeaderValues,
  Limits,
  Operation,
  OperationRow,
  Plugin,
  ResolvedOptions,
  Send,
} from './call.ts'
export type { Logger } from './deprecation.ts'
export {
  ApiError,
  ConnectionError,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  MinimoError,
  RateLimitError,
  ResponseParseError,
  TimeoutError,
} from './errors.ts'
export type { ClientOptions } from './options.ts'
export { readBody } from './read-body.ts'
export type { Fetch } from './transport.ts'
export type { Input, OperationIds, OperationTable, Output } from './types.ts'
