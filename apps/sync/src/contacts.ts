import { isDeepStrictEqual } from 'node:util'
import type { ContactUpsert } from '@minimo/client'
import type { Sides } from './sides.ts'

/** What `contact_of` says of a customer, without consent. */
type State = { email?: string; phone?: string; customFields: Record<string, unknown>; deleted: boolean }
type Row = { customer: string; wanted: State; known: State | null; version: number; sent: number; id: number | null }

const nextConsent = `SELECT id, channel, granted FROM sync.consents
  WHERE customer = $1 AND sent_at IS NULL ORDER BY granted, id LIMIT 1`
// A consent brings a deleted contact back, so its deletion is sent again.
const consentSent = `WITH sent AS (UPDATE sync.consents SET sent_at = clock_timestamp() WHERE id = $2)
  SELECT nextval('sync.done'), CASE WHEN (wanted -> 'deleted')::boolean THEN sync.resend(customer) END
  FROM sync.contacts WHERE customer = $1`

/** Sends each consent that changed as a call of its own, in order. Rejects where it has to be tried again. */
export async function sendConsents(sides: Sides, customer: string): Promise<void> {
  for (;;) {
    const row = await read(sides, customer)
    const [consent] = (await sides.pool.query(nextConsent, [customer])).rows
    if (!consent) return
    const id = row.known || !consent.granted ? await find(sides, row).catch(ifMissing) : row.id
    // There is nobody to tell. Once there is, `settle` queues this again.
    if (!id) return
    await sides.contacts.update(id, { marketingConsent: { [consent.channel]: consent.granted } })
    await sides.pool.query(consentSent, [customer, consent.id])
  }
}

/** Sends what a contact shall be. Parks what the API refuses; rejects where it has to be tried again. */
export async function sendState(sides: Sides, customer: string, isFirstTry: boolean): Promise<void> {
  const row = await read(sides, customer)
  if (row.sent >= row.version) return
  let outcome: [State | null, string | null] = [row.wanted.deleted ? row.known : row.wanted, null]
  await write(sides, row).catch((error) => {
    // A 409 is tried once more: whoever has the e-mail or phone may be about to give it up.
    if (error.status !== 422 && (error.status !== 409 || isFirstTry)) throw error
    outcome = [row.known, error.message]
  })
  await sides.pool.query('SELECT sync.settle($1, $2, $3, $4)', [customer, row.version, ...outcome])
}

async function read({ pool }: Sides, customer: string): Promise<Row> {
  // Waits for a transaction that is changing it.
  const sql = 'SELECT to_jsonb(contact) AS row FROM sync.contacts contact WHERE customer = $1 FOR UPDATE'
  return (await pool.query(sql, [customer])).rows[0].row
}

async function write(sides: Sides, row: Row): Promise<void> {
  const { email, phone, customFields, deleted } = row.wanted
  // What is gone stays at Minimo: the API takes no null for these.
  const state = { ...(email && { email }), ...(phone && { phone }), customFields }
  const id = row.known ? await find(sides, row) : row.id
  if (deleted) await (id && sides.contacts.delete(id).catch(ifMissing))
  else if (id) await sides.contacts.update(id, state)
  else {
    // Whoever dies before the id is stored finds the contact by this.
    await sides.pool.query('UPDATE sync.contacts SET known = $2 WHERE customer = $1', [row.customer, row.wanted])
    // By its phone, the API could take it for another customer who has the same one.
    const created = await sides.contacts.upsert((email ? { email, customFields } : state) as ContactUpsert)
    await own(sides, row, created.id)
    if (email && phone) await sides.contacts.update(created.id, state)
  }
}

/** By the e-mail that Minimo knew, then by the new one: whoever changed it may have died before saying so. */
async function find(sides: Sides, row: Row): Promise<number | null> {
  if (row.id !== null) return row.id
  for (const email of new Set([row.known?.email, row.wanted.email])) {
    const found = email && (await sides.contacts.getByEmail(email).catch(ifMissing))
    if (found) return own(sides, row, found.id)
  }
  return null
}

async function own({ pool }: Sides, { customer, wanted }: Row, id: number): Promise<number | null> {
  const { rows } = await pool.query('SELECT sync.own($1, $2) AS is_owned', [customer, id])
  if (rows[0].is_owned || wanted.deleted) return rows[0].is_owned ? id : null
  throw Object.assign(new Error(`another customer is contact ${id}`), { status: 409 })
}

/** Rejects with all errors but those that say that nobody is there: 400 is for what is no e-mail, 409 for another's. */
function ifMissing(error: { status?: number }): undefined {
  if (![400, 404, 409].includes(error.status ?? 0)) throw error
}

// Customers that no trigger has seen, or that `contact_of` describes in another way by now.
const takeUp = `INSERT INTO sync.contacts AS contact (customer, wanted, known, version, sent)
  SELECT new ->> 'id', state, coalesce(known, state), coalesce(version + 1, 1), coalesce(sent, 1)
  FROM (SELECT contact, contact - 'marketingConsent' FROM sync.customers) customers (new, state)
  LEFT JOIN sync.contacts ON customer = new ->> 'id' WHERE wanted IS DISTINCT FROM state LIMIT 1000
  ON CONFLICT (customer) DO UPDATE SET wanted = excluded.wanted, version = excluded.version, parked = NULL
    WHERE contact.version = excluded.version - 1`
const nextPage = `SELECT customer, wanted, id::float8 FROM sync.contacts
  WHERE customer > $1 AND sent = version AND wanted ->> 'email' <> '' ORDER BY customer LIMIT 100`
const queueAll = `SELECT sync.signal('contacts', customer) FROM sync.contacts WHERE sent < version AND parked IS NULL
  UNION ALL SELECT sync.signal('consents', customer) FROM sync.consents WHERE sent_at IS NULL`

/** Compares customers with what Minimo says of their e-mails, consent left out, and queues those that differ. */
export async function reconcile({ pool, contacts }: Sides): Promise<{ compared: number; different: number }> {
  while ((await pool.query(takeUp)).rowCount);
  const result = { compared: 0, different: 0 }
  for (let last = '', { rows } = await pool.query(nextPage, [last]); rows.length > 0; ) {
    for (const { customer, wanted, id } of rows) {
      const found = await contacts.getByEmail(wanted.email).catch(ifMissing)
      const { deleted, phone, customFields } = wanted
      const isThere = found !== undefined && (id === null || id === found.id)
      const isSame = isThere ? !deleted && includes(found, { ...(phone && { phone }), customFields }) : deleted
      if (!isSame) await pool.query('SELECT sync.resend($1)', [customer])
      result.compared++
      result.different += Number(!isSame)
      last = customer
    }
    rows = (await pool.query(nextPage, [last])).rows
  }
  await pool.query(queueAll)
  return result
}

/** Whether all that is wanted is there, as custom fields are merged. `null` and a missing field are the same. */
function includes(found: unknown, wanted: unknown): boolean {
  if (!isObject(found) || !isObject(wanted)) return isDeepStrictEqual(found ?? null, wanted ?? null)
  return Object.keys(wanted).every((key) => includes(found[key], wanted[key]))
}

const isObject = (value: unknown): value is Record<string, unknown> => Object(value) === value && !Array.isArray(value)
