import { operations, servers } from '@minimo/api-types'
import { Refusal } from '../exchange/refusal.ts'
import { findEmail, storeMessage } from '../messages/outbox.ts'
import { defineHandlers } from './handler.ts'

/** What ends or corrupts a header line of an e-mail: Unicode's control characters. */
const control = /\p{Cc}/u

/**
 * Send single e-mails and follow them. One whose subject could smuggle in header lines is refused. `statsUrl` names the
 * API's own host, whatever the sandbox listens on.
 */
export const emailHandlers = defineHandlers({
  async sendEmail({ body: { to, subject, html, text = null } }, context) {
    if (control.test(subject)) {
      throw new Refusal(400, 'subject: expected one line of text, found a line break or another control character')
    }
    const message = { channel: 'email', to, template: null, subject, html, text } as const
    const { id, failureReason } = await storeMessage(message, context)
    if (failureReason !== null) return { status: 200, body: { data: { id, status: 'failed', failureReason } } }
    return { status: 200, body: { data: { id, status: 'sent', messageId: `message-${id}`, statsUrl: statsUrl(id) } } }
  },

  async getEmailStats({ path: { id } }, { database, company }) {
    const email = await findEmail(database.query, { company, id })
    if (!email) throw new Refusal(404, 'There is no email with this id. Use the id that sending it returned.')
    const { status, to, subject, sentAt, firstOpenAt, clickCount, firstClickAt, failureReason } = email
    const opens = { opened: firstOpenAt !== null, firstOpenAt, clickCount, firstClickAt }
    return { status: 200, body: { data: { id, status, to, subject: subject ?? '', sentAt, ...opens, failureReason } } }
  },
})

function statsUrl(id: string): string {
  const { server, path } = operations.getEmailStats
  return servers[server] + path.replace('{id}', id)
}
