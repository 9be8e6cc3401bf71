import type { RunFilter } from '../automations/runs.ts'
import type { ContactFilter } from '../contacts/contact-rows.ts'
import type { SeedOptions } from '../contacts/seed.ts'
import { eventTypes } from '../events/event.ts'
import type { EventFilter } from '../events/event-log.ts'
import type { OutboxFilter } from '../messages/message.ts'
import { integer, maxTime, oneOf, type Shape, text, truth } from '../validation/parse-object.ts'

// What the controls take, in code and over the control API.

const company = integer(0)
const limit = integer(1, 10_000)
// PostgreSQL takes no NUL, and no address has another control character.
const address = text(/^\P{Cc}+$/u, 'a text that is not empty, without control characters')
const afterId = text(/^\P{Cc}+$/u, 'the id of the last one before')

/** Which demo contacts to add. */
export const seedShape: Shape<SeedOptions> = {
  fields: { contacts: integer(0, 1_000_000), seed: integer(0, 2 ** 32 - 1), company },
}

/** How far to move time forward from now, in milliseconds: not beyond the last date there is. */
export function clockShape(now: number): Shape<{ advance: number }> {
  return { fields: { advance: integer(0, Math.max(0, Math.floor(maxTime - now))) }, required: ['advance'] }
}

/** Which contacts to list. */
export const contactsShape: Shape<ContactFilter> = {
  fields: {
    company,
    email: address,
    phone: address,
    id: integer(1),
    deleted: truth,
    after: integer(0),
    limit,
  },
}

/** Which events to follow. */
export const followShape: Shape<Omit<EventFilter, 'limit'>> = {
  fields: { after: integer(0), type: oneOf(eventTypes), company },
}

/** Which events to list. */
export const eventsShape: Shape<EventFilter> = {
  fields: { ...followShape.fields, limit },
}

/** Which runs to list. */
export const runsShape: Shape<RunFilter> = {
  fields: { status: oneOf(['pending', 'delivered', 'failed']), company, after: afterId, limit },
}

/** Which messages to list. */
export const outboxShape: Shape<OutboxFilter> = {
  fields: { channel: oneOf(['email', 'email-template', 'whatsapp']), to: address, company, after: afterId, limit },
}

/** Which message somebody follows, and how. */
export const engageShape: Shape<{ id: string; what: 'open' | 'click' }> = {
  fields: { id: text(/^\P{Cc}*$/u, 'the id of a message'), what: oneOf(['open', 'click']) },
  required: ['id', 'what'],
}
