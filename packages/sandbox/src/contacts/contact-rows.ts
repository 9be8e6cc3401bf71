import type { operations } from '../gen/schema.ts'
import type { Database, Query, SqlValue, Write } from '../storage/database.ts'
import { emailKey, type StoredContact } from './stored-contact.ts'

/** Which contacts to list. */
export type ContactFilter = NonNullable<operations['listContacts']['parameters']['query']>

type ContactRow = {
  id: number
  company: number
  email: string | null
  phone: string | null
  source: string
  custom_fields: string
  consent_email: number | null
  consent_whatsapp: number | null
  deleted: number
}

const columns = 'id, company, email, phone, source, custom_fields, consent_email, consent_whatsapp, deleted'

/** What other contacts may not have in common with one: `null` asks for nothing. */
export interface Identity {
  email: string | null
  phone: string | null
}

/** The contact with this id, deleted or not, held until the transaction ends. */
export async function lockContact(
  query: Query,
  { dialect }: Database,
  { company, id }: { company: number; id: number },
): Promise<StoredContact | undefined> {
  const sql = `SELECT ${columns} FROM contacts WHERE company = $1 AND id = $2 ${dialect.forUpdate}`
  const [row] = await query<ContactRow>(sql, [company, id])
  return row && toStoredContact(row)
}

/** The contacts with this email or this phone, deleted or not, held until the transaction ends. */
export async function lockContactsLike(
  query: Query,
  { dialect }: Database,
  { company, email, phone }: Identity & { company: number },
): Promise<StoredContact[]> {
  // In order of id, so that two writers that hold the same contacts never wait for each other.
  const sql = `SELECT ${columns} FROM contacts
    WHERE company = $1 AND (email_key = $2 OR phone = $3) ORDER BY id ${dialect.forUpdate}`
  const rows = await query<ContactRow>(sql, [company, email && emailKey(email), phone])
  return rows.map(toStoredContact)
}

/** The other contacts that have this email or phone, deleted or not. */
export async function findOthersLike(
  query: Query,
  contact: StoredContact,
  { email, phone }: Identity,
): Promise<StoredContact[]> {
  const sql = `SELECT ${columns} FROM contacts
    WHERE company = $1 AND id <> $2 AND (email_key = $3 OR phone = $4) ORDER BY id`
  const rows = await query<ContactRow>(sql, [contact.company, contact.id, email && emailKey(email), phone])
  return rows.map(toStoredContact)
}

/** The contact with this email, unless it is deleted. */
export async function findContactByEmail(
  query: Query,
  company: number,
  email: string,
): Promise<StoredContact | undefined> {
  const sql = `SELECT ${columns} FROM contacts WHERE company = $1 AND email_key = $2 AND deleted = 0`
  const [row] = await query<ContactRow>(sql, [company, emailKey(email)])
  return row && toStoredContact(row)
}

/** The contacts that a filter wants, deleted or not, in order of their ids: at most 1000 unless it says otherwise. */
export async function listContacts(query: Query, filter: ContactFilter = {}): Promise<StoredContact[]> {
  const { company, email, phone, id, deleted, after = 0, limit = 1000 } = filter
  const wanted = {
    company,
    email_key: email && emailKey(email),
    phone,
    id,
    deleted: deleted === undefined ? undefined : toFlag(deleted),
  }
  const given = Object.entries(wanted).flatMap(([column, value]) => (value === undefined ? [] : [{ column, value }]))
  // Only the columns that are asked for: so that an index can find them among many.
  const conditions = given.map(({ column }, index) => `AND ${column} = $${index + 3}`).join(' ')
  const sql = `SELECT ${columns} FROM contacts WHERE id > $1 ${conditions} ORDER BY id LIMIT $2`
  const rows = await query<ContactRow>(sql, [after, limit, ...given.map(({ value }) => value)])
  return rows.map(toStoredContact)
}

/** Stores a new contact and returns it with its id; the one it was given is ignored. */
export async function insertContact(query: Query, contact: StoredContact): Promise<StoredContact> {
  const sql = `INSERT INTO contacts
    (company, source, email, email_key, phone, custom_fields, consent_email, consent_whatsapp, deleted)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING id`
  const [row] = await query<{ id: number }>(sql, [
    contact.company,
    contact.source,
    ...identityValues(contact),
    ...stateValues(contact),
  ])
  if (!row) throw new Error('The database gave no id for a new contact: INSERT … RETURNING must return one row.')
  return { ...contact, id: row.id }
}

/** Stores everything about a contact that can change. `before` is what is stored of it so far. */
export function updateContact(write: Write, before: StoredContact, after: StoredContact): void {
  const set = 'custom_fields = $3, consent_email = $4, consent_whatsapp = $5, deleted = $6'
  const values = [after.company, after.id, ...stateValues(after)]
  // SQLite would write index entries anew for values that are the same: most of what a commit writes to a file.
  if (before.email === after.email && before.phone === after.phone) {
    write(`UPDATE contacts SET ${set} WHERE company = $1 AND id = $2`, values)
  } else {
    const sql = `UPDATE contacts SET ${set}, email = $7, email_key = $8, phone = $9 WHERE company = $1 AND id = $2`
    write(sql, [...values, ...identityValues(after)])
  }
}

function identityValues({ email, phone }: StoredContact): SqlValue[] {
  return [email, email && emailKey(email), phone]
}

function stateValues({ customFields, consent, deleted }: StoredContact): SqlValue[] {
  return [JSON.stringify(customFields), toFlag(consent.email), toFlag(consent.whatsapp), toFlag(deleted)]
}

function toStoredContact(row: ContactRow): StoredContact {
  return {
    id: row.id,
    company: row.company,
    email: row.email,
    phone: row.phone,
    source: row.source,
    // Sound because only `stateValues` writes the column.
    customFields: JSON.parse(row.custom_fields),
    consent: { email: fromFlag(row.consent_email), whatsapp: fromFlag(row.consent_whatsapp) },
    deleted: row.deleted === 1,
  }
}

function toFlag(value: boolean | null): number | null {
  return value === null ? null : Number(value)
}

function fromFlag(value: number | null): boolean | null {
  return value === null ? null : value === 1
}
