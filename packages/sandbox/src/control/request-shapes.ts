import type { EventFilter, OutboxFilter, Run, SeedOptions } from '../controls.ts'
import { eventTypes } from '../events.ts'
import { fromText, integer, maxTime, oneOf, type Shape, text } from '../parse-object.ts'

const company = integer(0)
const companyInQuery = fromText(company)

/** The body of a request for demo contacts. */
export const seedShape: Shape<SeedOptions> = {
  fields: { contacts: integer(0, 1_000_000), seed: integer(0, 2 ** 32 - 1), company },
}

/** The body of a request to move time forward. */
export const clockShape: Shape<{ advance: number }> = {
  fields: { advance: integer(0, maxTime) },
  required: ['advance'],
}

/** The query of the stream of events. */
export const followShape: Shape<Omit<EventFilter, 'limit'>> = {
  fields: { after: fromText(integer(0)), type: oneOf(eventTypes), company: companyInQuery },
}

/** The query of the list of events. */
export const eventsShape: Shape<EventFilter> = {
  fields: { ...followShape.fields, limit: fromText(integer(1, 10_000)) },
}

/** The query of the list of runs. */
export const runsShape: Shape<{ status?: Run['status']; company?: number }> = {
  fields: { status: oneOf(['pending', 'delivered', 'failed']), company: companyInQuery },
}

/** The query of the outbox. */
export const outboxShape: Shape<OutboxFilter> = {
  fields: { channel: oneOf(['email', 'email-template', 'whatsapp']), to: text(), company: companyInQuery },
}
