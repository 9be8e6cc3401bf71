import type { WhatsAppTemplate } from '@minimo/api-types'
import type { EventType } from './events.ts'
import type { FaultRule } from './faults/fault.ts'

/** A key of the sandbox, and whom it acts for. */
export interface SandboxKey {
  /** `mn-<clientId>-<secret>`. */
  key: string
  /** The id of the company; default 1. */
  company?: number
  /** The roles the key has; default: all that the spec names. */
  permissions?: readonly string[]
}

/** When something happens to a contact, tell a webhook. */
export interface Automation {
  /** Unique; runs are recorded under it. */
  name: string
  when: EventType
  /** Only if this field changed, such as `customFields.plan`; default: any. */
  field?: string
  /** Only if the field's new value is this one, compared as JSON; default: any. */
  to?: unknown
  /** The URL that gets a signed POST. */
  webhook: string
  /** The Standard Webhooks secret, `whsec_…`; default: the config's `webhookSecret`. */
  secret?: string
  /** Only for this company; default: all. */
  company?: number
}

/** A stored e-mail template; placeholders are `{{name}}`. */
export interface SandboxEmailTemplate {
  id: number
  name: string
  subject: string
  html: string
  /** Whether its sender may send; default true. */
  senderVerified?: boolean
}

/** What a sandbox can be told in a file as well as in code. Everything has a default. */
export interface SandboxConfig {
  /** Default: `demoKey` for company 1, with every permission. */
  keys?: readonly SandboxKey[]
  /** Default: none. */
  automations?: readonly Automation[]
  /** Signs webhooks of automations without a secret of their own; default: a documented demo secret. */
  webhookSecret?: string
  /** How long after each failed delivery the next one is tried, in milliseconds; then the run has failed. */
  retryDelays?: readonly number[]
  /** Default: a few in each state. */
  whatsappTemplates?: readonly WhatsAppTemplate[]
  /** Default: `tmpl_42` and a few more. */
  emailTemplates?: readonly SandboxEmailTemplate[]
  /** Faults from the start; default: none. */
  faults?: readonly FaultRule[]
}

/** The key of a sandbox that was given none. */
export const demoKey = 'mn-sandbox-demo'

/** The secret that webhooks are signed with where none is given (Standard Webhooks: base64 after `whsec_`). */
export const demoWebhookSecret = 'whsec_bWluaW1vLXNhbmRib3gtZGVtby1zZWNyZXQ='
