import { isDeepStrictEqual } from 'node:util'
import type { ContactUpdate } from '@minimo/api-types'
import { type Recorded, recordEvents } from '../automations/record-events.ts'
import { listContactEvents } from '../contacts/contact-events.ts'
import { findContactByEmail, insertContact, lockContact, updateContact } from '../contacts/contact-rows.ts'
import { matchContact, refuseTaken } from '../contacts/match-contact.ts'
import { refuseLongEmail } from '../contacts/refuse-long.ts'
import { applyUpdate, emailKey, emptyContact, type StoredContact, showContact } from '../contacts/stored-contact.ts'
import type { NewEvent } from '../events/event.ts'
import { Refusal } from '../exchange/refusal.ts'
import { type Query, UniqueViolation, type Write } from '../storage/database.ts'
import { type Context, defineHandlers } from './handler.ts'

/** How often a write that lost an email or phone to a concurrent one is tried before it is refused. */
const writeAttempts = 5

/** Carry out the operations on contacts. Every write stores its events in the same transaction. */
export const contactHandlers = defineHandlers({
  async upsertContact({ body }, context) {
    refuseLongEmail(body)
    const work = async (query: Query) => {
      const before = await matchContact(query, body, context)
      return before ? changeContact(query, before, { body, context }) : createContact(query, body, context)
    }
    const { id, phone } = await writeContact(context, work, body.email && `${context.company} ${emailKey(body.email)}`)
    return { status: 200, body: { id, phone } }
  },

  async getContactByEmail({ path }, { database, company }) {
    const contact = await findContactByEmail(database.query, company, path.email)
    if (!contact) throw contactNotFound()
    return { status: 200, body: { data: showContact(contact) } }
  },

  async updateContactById({ path, body }, context) {
    refuseLongEmail(body)
    const work = async (query: Query) => {
      const before = await lockContact(query, context.database, { company: context.company, id: path.id })
      if (!before) throw contactNotFound()
      await refuseTaken(query, before, body)
      return changeContact(query, before, { body, context })
    }
    const { id, phone } = await writeContact(context, work, turnOf(context, path.id))
    return { status: 200, body: { id, phone } }
  },

  async deleteContact({ path }, context) {
    const work = async (query: Query) => {
      const before = await lockContact(query, context.database, { company: context.company, id: path.id })
      if (!before || before.deleted) throw contactNotFound()
      return storeChange(query, before, { after: { ...before, deleted: true }, context })
    }
    await writeContact(context, work, turnOf(context, path.id))
    return { status: 204, body: undefined }
  },
})

/** A contact as a write has left it, and what was stored beside it. */
interface Written {
  contact: StoredContact
  recorded: Recorded
}

/**
 * Tells of what was recorded once it is committed. Runs work again where a concurrent writer took the email or phone
 * between its look and its write.
 */
async function writeContact(
  { database, onRecorded }: Context,
  work: (query: Query) => Promise<Written>,
  turn: string | undefined,
): Promise<StoredContact> {
  for (let attempt = 1; attempt <= writeAttempts; attempt++) {
    try {
      const { contact, recorded } = await database.transaction(work, turn === undefined ? {} : { turn })
      onRecorded?.(recorded)
      return contact
    } catch (error) {
      if (!(error instanceof UniqueViolation)) throw error
    }
  }
  throw new Refusal(409, 'Other requests kept giving this email or phone to a contact. Nothing was changed; try again.')
}

const turnOf = ({ company }: Context, id: number) => `${company} ${id}`

async function createContact(query: Query, body: ContactUpdate, context: Context): Promise<Written> {
  const contact = await insertContact(query, applyUpdate(emptyContact(context.company), body))
  return { contact, recorded: record(query, listContactEvents(undefined, contact), context) }
}

function changeContact(
  write: Write,
  before: StoredContact,
  { body, context }: { body: ContactUpdate; context: Context },
): Written {
  return storeChange(write, before, { after: applyUpdate(before, body), context })
}

function storeChange(
  write: Write,
  before: StoredContact,
  { after, context }: { after: StoredContact; context: Context },
): Written {
  const events = listContactEvents(before, after)
  // A missing field that is set to null is stored, though it is no event.
  if (events.length === 0 && isDeepStrictEqual(before, after)) return { contact: before, recorded: nothing }
  updateContact(write, before, after)
  return { contact: after, recorded: record(write, events, context) }
}

const nothing: Recorded = { events: [], runs: [] }

function record(write: Write, events: readonly NewEvent[], { automations, now, createId }: Context): Recorded {
  return recordEvents(write, events, { automations, now: now(), createId })
}

function contactNotFound(): Refusal {
  return new Refusal(404, 'Contact not found')
}
