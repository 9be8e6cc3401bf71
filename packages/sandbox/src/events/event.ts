import type { ContactChange, EventContact } from '@minimo/api-types'

export type { ContactChange as Change, EventContact } from '@minimo/api-types'

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
  changes: ContactChange[]
}

/** Something that has just happened to a contact and is not stored yet. */
export type NewEvent = Pick<SandboxEvent, 'type' | 'contact' | 'changes'>
