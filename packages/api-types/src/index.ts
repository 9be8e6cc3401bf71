import type { components } from './gen/schema.ts'

export { errorCodes, type OperationId, operations, servers } from './gen/operations.ts'
export type { components, operations as OperationTypes, paths } from './gen/schema.ts'

type Schemas = components['schemas']

/** A contact as the API sends it: snake_case names. */
export type Contact = Schemas['Contact']
/** What identifies and describes a contact to create or update; email, phone or both. */
export type ContactUpsert = Schemas['ContactUpsert']
/** What to change on a contact; what is left out stays. */
export type ContactUpdate = Schemas['ContactUpdate']
/** Marketing consent per channel; a channel that is left out keeps its setting. */
export type MarketingConsent = Schemas['MarketingConsent']
/** The contact that an upsert or update has written. */
export type ContactIdResponse = Schemas['ContactIdResponse']
/** A field that contacts can carry. */
export type CustomField = Schemas['CustomField']
/** A custom field to create. */
export type CustomFieldCreate = Schemas['CustomFieldCreate']
/** The custom fields of one category. */
export type CustomFieldGroup = Schemas['CustomFieldGroup']
/** All custom fields, grouped by category. */
export type CustomFieldGroups = Schemas['CustomFieldGroups']
/** A WhatsApp template as the API sends it: snake_case names. */
export type WhatsAppTemplate = Schemas['WhatsAppTemplate']
/** One part of a WhatsApp template. */
export type WhatsAppTemplateComponent = Schemas['WhatsAppTemplateComponent']
/** How well recipients receive a WhatsApp template. */
export type WhatsAppQualityScore = Schemas['WhatsAppQualityScore']
/** A WhatsApp template to send, with its recipient and parameters. */
export type WhatsAppTemplateMessage = Schemas['WhatsAppTemplateMessage']
/** Parameters for one part of the WhatsApp template to send. */
export type WhatsAppMessageComponent = Schemas['WhatsAppMessageComponent']
/** What became of a WhatsApp template that was sent. */
export type WhatsAppSendResult = Schemas['WhatsAppSendResult']
/** A single e-mail to send. */
export type EmailMessage = Schemas['EmailMessage']
/** An e-mail that was sent. */
export type EmailSent = Schemas['EmailSent']
/** An e-mail that was accepted but could not be sent. */
export type EmailFailed = Schemas['EmailFailed']
/** What became of a single e-mail. */
export type EmailStats = Schemas['EmailStats']
/** The totals of a transactional message. */
export type TransactionalStats = Schemas['TransactionalStats']
/** A stored e-mail template. */
export type EmailTemplate = Schemas['EmailTemplate']
/** A stored e-mail template to send, with its recipient and values. */
export type EmailTemplateMessage = Schemas['EmailTemplateMessage']
/** The outcome of sending an e-mail template. */
export type EmailTemplateSendResult = Schemas['EmailTemplateSendResult']
/** What an automation tells a webhook. */
export type ContactEvent = Schemas['ContactEvent']
/** A contact as events show it: snake_case names, with its consent per channel. */
export type EventContact = Schemas['EventContact']
/** Whether a contact agrees to marketing, per channel; `null`: never asked. */
export type ContactConsent = Schemas['ContactConsent']
/** One field that a write has changed. */
export type ContactChange = Schemas['ContactChange']
/** The usual error body: `{ error: { code, message, details? } }`. */
export type ErrorEnvelope = Schemas['ErrorEnvelope']
/** The error body that is only a message. */
export type MessageError = Schemas['MessageError']
/** The error body whose `error` is a text. */
export type TextError = Schemas['TextError']
