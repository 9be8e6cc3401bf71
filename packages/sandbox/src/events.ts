import type { Contact } from '@minimo/api-types'

/** What can happen to a contact. */
export const eventTypes = [
  'contact.created',
  'contact.updated',
  'contact.restored',
  'contact.deleted',
  'contact.consent_changed',
] as const

/** The name of something that happened to a contact. */
export type EventType = (typeof eventTypes)[number]

/** One field that a write changed. */
export interface Change {
  /** Where it is, with dots: `email`, `customFields.plan`, `customFields.address.city`, `marketingConsent.email`. */
  field: string
  /** The value it had; `null` where it had none. */
  before: unknown
  /** The value it has now. */
  after: unknown
}

/** A contact as events show it: as the API does, with the consent per channel (`null`: never asked). */
export interface EventContact extends Contact {
  marketing_consent: { email: boolean | null; whatsapp: boolean | null }
}

/** Something that happened to a contact, stored together with the change itself. */
export interface SandboxEvent {
  /** Unique, begins with `evt_`. */
  id: string
  /** Later events have a higher number. */
  sequence: number
  type: EventType
  company: number
  /** ISO 8601, in the sandbox's time. */
  at: string
  /** The contact after the change. */
  contact: EventContact
  /** The fields that changed, in order of their names. */
  changes: Change[]
}
