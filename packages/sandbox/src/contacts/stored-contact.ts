import type { Contact, ContactUpdate } from '@minimo/api-types'
import type { EventContact } from '../events/event.ts'
import { type JsonObject, mergeCustomFields } from './merge-custom-fields.ts'

/** A contact as the sandbox remembers it. */
export interface StoredContact {
  id: number
  company: number
  email: string | null
  /** In E.164 form. */
  phone: string | null
  /** Where it came from, such as `API`. */
  source: string
  customFields: JsonObject
  /** Per channel; `null`: never asked. */
  consent: { email: boolean | null; whatsapp: boolean | null }
  deleted: boolean
}

/** A contact of whom nothing is known yet. Its id is 0 until it is stored. */
export function emptyContact(company: number): StoredContact {
  return {
    id: 0,
    company,
    email: null,
    phone: null,
    source: 'API',
    customFields: {},
    consent: { email: null, whatsapp: null },
    deleted: false,
  }
}

/**
 * The contact after an update: what was sent is set, custom fields are merged in depth, everything else stays, and a
 * deleted contact is back.
 */
export function applyUpdate(contact: StoredContact, sent: ContactUpdate): StoredContact {
  return {
    ...contact,
    email: sent.email ?? contact.email,
    phone: sent.phone ?? contact.phone,
    customFields: sent.customFields
      ? mergeCustomFields(contact.customFields, asStored(sent.customFields))
      : contact.customFields,
    consent: {
      email: sent.marketingConsent?.email ?? contact.consent.email,
      whatsapp: sent.marketingConsent?.whatsapp ?? contact.consent.whatsapp,
    },
    deleted: false,
  }
}

/** What reading gives after writing: a number that JSON cannot write, such as -0 or 1e999, comes back as another. */
function asStored(customFields: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(customFields))
}

/** What emails are compared by: without regard to case. */
export function emailKey(email: string): string {
  return email.toLowerCase()
}

/** A contact as the API shows it. Only events ever show one that is deleted. */
export function showContact(contact: StoredContact): Contact {
  return {
    id: contact.id,
    email: contact.email,
    phone: contact.phone,
    status: contact.deleted ? 'deleted' : 'active',
    source: contact.source,
    custom_fields: contact.customFields,
    company: contact.company,
    deleted: contact.deleted,
    external_id: null,
    external_connection_id: null,
  }
}

/** A contact as events show it. */
export function showEventContact(contact: StoredContact): EventContact {
  return { ...showContact(contact), marketing_consent: contact.consent }
}
