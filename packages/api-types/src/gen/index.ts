// @generated from openapi/minimo.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { components } from './schema.ts'

export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from './operations.ts'
export type { components, operations as OperationTypes, paths } from './schema.ts'

/** A contact of your company. */
export type Contact = components['schemas']['Contact']

/** The contact to create or update. Send an email, a phone or both. */
export type ContactUpsert = components['schemas']['ContactUpsert']

/** What to change on the contact. Leave out whatever should stay. */
export type ContactUpdate = components['schemas']['ContactUpdate']

/** Whether the contact agrees to marketing, per channel. A channel you leave out keeps its setting. */
export type MarketingConsent = components['schemas']['MarketingConsent']

/** The contact that was written. */
export type ContactIdResponse = components['schemas']['ContactIdResponse']

/** A field that contacts can carry. */
export type CustomField = components['schemas']['CustomField']

/** The field to create. */
export type CustomFieldCreate = components['schemas']['CustomFieldCreate']

/** The fields of one category. */
export type CustomFieldGroup = components['schemas']['CustomFieldGroup']

/** The custom fields, sorted by category. */
export type CustomFieldGroups = components['schemas']['CustomFieldGroups']

/** A WhatsApp template of your company. */
export type WhatsAppTemplate = components['schemas']['WhatsAppTemplate']

/** A part of a WhatsApp template. */
export type WhatsAppTemplateComponent = components['schemas']['WhatsAppTemplateComponent']

/** The quality rating of a WhatsApp template. */
export type WhatsAppQualityScore = components['schemas']['WhatsAppQualityScore']

/** A WhatsApp template and the phone to send it to. */
export type WhatsAppTemplateMessage = components['schemas']['WhatsAppTemplateMessage']

/** The values for the placeholders of the body. */
export type WhatsAppMessageComponent = components['schemas']['WhatsAppMessageComponent']

/** The outcome of sending a WhatsApp template. */
export type WhatsAppSendResult = components['schemas']['WhatsAppSendResult']

/** A single email. */
export type EmailMessage = components['schemas']['EmailMessage']

/** The email was sent. */
export type EmailSent = components['schemas']['EmailSent']

/** The email was not sent, although the response is a 200. */
export type EmailFailed = components['schemas']['EmailFailed']

/** What became of a single email. */
export type EmailStats = components['schemas']['EmailStats']

/** The totals of a transactional message. */
export type TransactionalStats = components['schemas']['TransactionalStats']

/** A stored email template. */
export type EmailTemplate = components['schemas']['EmailTemplate']

/** A stored email template and the email to send it to. */
export type EmailTemplateMessage = components['schemas']['EmailTemplateMessage']

/** The outcome of sending an email template. */
export type EmailTemplateSendResult = components['schemas']['EmailTemplateSendResult']

/** What an automation tells a webhook. */
export type ContactEvent = components['schemas']['ContactEvent']

/** The contact after the change, with its consent. */
export type EventContact = components['schemas']['EventContact']

/** Whether the contact agrees to marketing, per channel. Requests spell this `marketingConsent`. */
export type ContactConsent = components['schemas']['ContactConsent']

/** One field that a write has changed. */
export type ContactChange = components['schemas']['ContactChange']

/** The usual form of an error. */
export type ErrorEnvelope = components['schemas']['ErrorEnvelope']

/** An error that consists of a message only. */
export type MessageError = components['schemas']['MessageError']

/** An error whose whole content is a text. */
export type TextError = components['schemas']['TextError']
