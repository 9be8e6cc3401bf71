export type { ApiKey, Logger } from './core/index.ts'
export {
  ApiError,
  type ApiRequest,
  type Call,
  type CallOptions,
  ConnectionError,
  type Fetch,
  type HeaderValues,
  isApiError,
  isConnectionError,
  isRateLimitError,
  isResponseParseError,
  isTimeoutError,
  type Limits,
  MinimoError,
  type Operation,
  type OperationRow,
  type Plugin,
  RateLimitError,
  type ResolvedOptions,
  ResponseParseError,
  type Send,
  TimeoutError,
} from './core/index.ts'
export { parseRetryAfter } from './core/retry-after.ts'
export { createMinimoClient, type MinimoClient, type MinimoClientOptions } from './minimo-client.ts'
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
