import type { components } from '../gen/schema.ts'

export type { ContactChange as Change, EventContact } from '@minimo/api-types'

/** The name of something that happened to a contact. */
export type EventType = components['schemas']['EventType']

/** What can happen to a contact. */
export const eventTypes = [
  'contact.created',
  'contact.updated',
  'contact.restored',
  'contact.deleted',
  'contact.consent_changed',
] as const satisfies readonly EventType[]

/** Something that happened to a contact, stored together with the change itself. */
export type SandboxEvent = components['schemas']['SandboxEvent']

/** Something that has just happened to a contact and is not stored yet. */
export type NewEvent = Pick<SandboxEvent, 'type' | 'contact' | 'changes'>
