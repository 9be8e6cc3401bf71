import type { ContactUpdate } from '@minimo/api-types'
import { Refusal } from '../exchange/refusal.ts'
import type { Database, Query } from '../storage/database.ts'
import { findOthersLike, lockContactsLike } from './contact-rows.ts'
import { emailKey, type StoredContact } from './stored-contact.ts'

/**
 * The contact that an upsert means, deleted or not: the one with its email, else the one with its phone. Throws a
 * `Refusal` with status 409 where these are two contacts. Holds what it finds until the transaction ends.
 */
export async function matchContact(
  query: Query,
  sent: ContactUpdate,
  { database, company }: { database: Database; company: number },
): Promise<StoredContact | undefined> {
  const { email = null, phone = null } = sent
  const found = await lockContactsLike(query, database, { company, email, phone })
  const byEmail = found.find((contact) => hasEmail(contact, email))
  const byPhone = found.find((contact) => hasPhone(contact, phone))
  if (byEmail && byPhone && byEmail.id !== byPhone.id) {
    throw new Refusal(
      409,
      `The email belongs to contact ${byEmail.id} and the phone to contact ${byPhone.id}; expected one contact or none. Nothing was changed. Send only one of the two, or update a contact by its id.`,
      { details: [takenBy('email', byEmail), takenBy('phone', byPhone)] },
    )
  }
  return byEmail ?? byPhone
}

/** Throws a `Refusal` with status 409 where another contact, deleted or not, has the email or phone of an update. */
export async function refuseTaken(query: Query, contact: StoredContact, sent: ContactUpdate): Promise<void> {
  const email = sent.email !== undefined && !hasEmail(contact, sent.email) ? sent.email : null
  const phone = sent.phone !== undefined && !hasPhone(contact, sent.phone) ? sent.phone : null
  if (email === null && phone === null) return
  const others = await findOthersLike(query, contact, { email, phone })
  const taken = others.flatMap((other) => [
    ...(hasEmail(other, email) ? [takenBy('email', other)] : []),
    ...(hasPhone(other, phone) ? [takenBy('phone', other)] : []),
  ])
  if (taken.length === 0) return
  const owners = taken.map(({ field, contact }) => `Contact ${contact} has this ${field}.`).join(' ')
  const advice = 'Send another one, or first give that contact another one; a deleted contact keeps what it has.'
  throw new Refusal(409, `${owners} Nothing was changed. ${advice}`, { details: taken })
}

function hasEmail(contact: StoredContact, email: string | null): boolean {
  return email !== null && contact.email !== null && emailKey(contact.email) === emailKey(email)
}

function hasPhone(contact: StoredContact, phone: string | null): boolean {
  return phone !== null && contact.phone === phone
}

function takenBy(field: 'email' | 'phone', { id }: StoredContact) {
  return { field, contact: id }
}
