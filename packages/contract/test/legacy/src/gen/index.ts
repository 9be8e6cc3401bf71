// @generated from minimo-g2.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { components } from './schema.ts'

export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from './operations.ts'
export type { components, operations as OperationTypes, paths } from './schema.ts'
export { ApiError, ClientError, ConnectionError, isConnectionError, isRateLimitError, isResponseParseError, isTimeoutError, logger, RateLimitError, rateLimit, ResponseParseError, TimeoutError, createClient, isApiError } from './client.ts'
export type { ApiClient, CallOptions, ClientOptions, ClientPlugin, ErrorOf, InputOf, OutputOf } from './client.ts'

/** The contact to create or update. */
export type ContactUpsert = components['schemas']['ContactUpsert']

/** The contact that was written. */
export type ContactReference = components['schemas']['ContactReference']

/** A field that contacts can carry. */
export type CustomField = components['schemas']['CustomField']

/** The field to create. */
export type CustomFieldCreate = components['schemas']['CustomFieldCreate']

/** A WhatsApp template and the phone to send it to. */
export type WhatsAppTemplateMessage = components['schemas']['WhatsAppTemplateMessage']

/** A stored email template and the email to send it to. */
export type EmailTemplateMessage = components['schemas']['EmailTemplateMessage']

/** The outcome of sending a template. */
export type SendResult = components['schemas']['SendResult']

/** The totals of a transactional message. */
export type TransactionalStats = components['schemas']['TransactionalStats']

/** The form of an error below /v1. */
export type NestedError = components['schemas']['NestedError']

/** The form of an error below /api that has a code. */
export type FlatError = components['schemas']['FlatError']

/** An error that consists of a message only. */
export type MessageError = components['schemas']['MessageError']

/** An error whose whole content is a text. */
export type TextError = components['schemas']['TextError']
