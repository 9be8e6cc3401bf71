export type { ApiErrorOf, IsApiError } from './core/api-error-types.ts'
export type { ApiKey } from './core/auth.ts'
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
} from './core/call.ts'
export type { Logger } from './core/deprecation.ts'
export {
  ApiError,
  ClientError,
  ConnectionError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  RateLimitError,
  ResponseParseError,
  TimeoutError,
} from './core/errors.ts'
export { parseRetryAfter } from './core/retry-after.ts'
export type { Fetch } from './core/transport.ts'
export { createMinimoClient, isApiError, type MinimoClient, type MinimoClientOptions } from './minimo-client.ts'
export { type LogEntry, logger } from './plugins/logger.ts'
export { type RateLimitOptions, rateLimit } from './plugins/rate-limit.ts'
export { type Pause, type WaitOutOptions, waitOut } from './plugins/wait-out.ts'
export type { Id } from './resources/caller.ts'
export {
  type AnyCustomFields,
  type Contact,
  type Contacts,
  type ContactUpdate,
  type ContactUpsert,
  createContacts,
} from './resources/contacts.ts'
export type { CustomFields } from './resources/custom-fields.ts'
export type { EmailTemplateInput, EmailTemplates } from './resources/email-templates.ts'
export type { Emails } from './resources/emails.ts'
export type { Transactionals } from './resources/transactionals.ts'
export type { WhatsApp, WhatsAppTemplate } from './resources/whatsapp.ts'
