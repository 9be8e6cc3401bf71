import type { EventType, NewEvent } from '../events/event.ts'
import { isFieldWithin, listChanges } from './list-changes.ts'
import { emptyContact, type StoredContact, showEventContact } from './stored-contact.ts'

/**
 * What a write has made of a contact, as events: one of created, updated, restored or deleted, and one more if a
 * consent changed. `before` is `undefined` for a new contact. None where an update has changed no value.
 */
export function listContactEvents(before: StoredContact | undefined, after: StoredContact): NewEvent[] {
  const changes = listChanges(before ?? emptyContact(after.company), after)
  const type = nameWrite(before, after)
  if (type === 'contact.updated' && changes.length === 0) return []
  const consent = changes.filter(({ field }) => isFieldWithin(field, 'marketingConsent'))
  const events: NewEvent[] = [{ type, contact: showEventContact(after), changes }]
  if (consent.length > 0) {
    events.push({ type: 'contact.consent_changed', contact: showEventContact(after), changes: consent })
  }
  return events
}

function nameWrite(before: StoredContact | undefined, after: StoredContact): EventType {
  if (!before) return 'contact.created'
  if (after.deleted) return 'contact.deleted'
  return before.deleted ? 'contact.restored' : 'contact.updated'
}
