import type { operations } from '../gen/schema.ts'
import type { Database, Query, Write } from '../storage/database.ts'
import { createInsert } from '../storage/insert-rows.ts'
import { columnsOf, type TableRow } from '../storage/tables.ts'
import { refuseLongCustomFields } from './refuse-long.ts'
import { emailKey, emptyContact, type StoredContact } from './stored-contact.ts'

/** Which contacts to list. */
export type ContactFilter = NonNullable<operations['listContacts']['parameters']['query']>

type ContactRow = TableRow<'contacts'>

const columns = columnsOf('contacts')
  .map(([name]) => name)
  .join(', ')

const insertRows = createInsert('contacts', 'RETURNING id')

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

/**
 * Stores a new contact and returns it with its id; the one it was given is ignored. Throws a `Refusal` where its custom
 * fields are too large.
 */
export async function insertContact(query: Query, contact: StoredContact): Promise<StoredContact> {
  const { company, source } = contact
  const cells = { company, source, ...identityCells(contact), ...stateCells(contact) }
  const [row] = (await insertRows(query<Pick<ContactRow, 'id'>>, [cells])) ?? []
  if (!row) throw new Error('The database gave no id for a new contact: INSERT … RETURNING must return one row.')
  return { ...contact, id: row.id }
}

/**
 * Stores everything about a contact that can change. `before` is what is stored of it so far. Throws a `Refusal` where
 * its custom fields have become too large.
 */
export function updateContact(write: Write, before: StoredContact, after: StoredContact): void {
  // SQLite would write index entries anew for values that are the same: most of what a commit writes to a file.
  const isSameIdentity = before.email === after.email && before.phone === after.phone
  const cells = { ...stateCells(after, before), ...(!isSameIdentity && identityCells(after)) }
  write(isSameIdentity ? updateState : updateAll, [after.company, after.id, ...Object.values(cells)])
}

function writeUpdate(cells: Partial<ContactRow>): string {
  const set = Object.keys(cells).map((column, index) => `${column} = $${index + 3}`)
  return `UPDATE contacts SET ${set.join(', ')} WHERE company = $1 AND id = $2`
}

const empty = emptyContact(0)
const updateState = writeUpdate(stateCells(empty))
const updateAll = writeUpdate({ ...stateCells(empty), ...identityCells(empty) })

function identityCells({ email, phone }: StoredContact) {
  return { email, email_key: email && emailKey(email), phone } satisfies Partial<ContactRow>
}

function stateCells({ customFields, consent, deleted }: StoredContact, before?: StoredContact) {
  const json = JSON.stringify(customFields)
  // Those that were restored as they are may be larger, and must not keep a contact from being deleted.
  if (customFields !== before?.customFields) refuseLongCustomFields(json)
  return {
    custom_fields: json,
    consent_email: toFlag(consent.email),
    consent_whatsapp: toFlag(consent.whatsapp),
    deleted: Number(deleted),
  } satisfies Partial<ContactRow>
}

function toStoredContact(row: ContactRow): StoredContact {
  return {
    id: row.id,
    company: row.company,
    email: row.email,
    phone: row.phone,
    source: row.source,
    // Sound because only `stateCells` writes the column.
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
