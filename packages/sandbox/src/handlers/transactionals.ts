import { Refusal } from '../exchange/refusal.ts'
import { emailTemplateTimes } from '../messages/templates.ts'
import { sendingId } from './email-templates.ts'
import { defineHandlers } from './handler.ts'

/**
 * Tell the totals of an e-mail template, by either form of its id (`42` or `tmpl_42`), over what the company has sent
 * with it. Messages that failed do not count; rates are rounded to whole percent and `0%` where nothing was sent.
 */
export const transactionalHandlers = defineHandlers({
  async getTransactionalStats({ path: { id } }, { database, company, emailTemplates }) {
    const template = emailTemplates.find((candidate) => id === sendingId(candidate) || id === String(candidate.id))
    if (!template) throw new Refusal(404, 'No email template has this id. List the email templates to see their ids.')
    const [totals] = await database.query<{ sent: number; opened: number; clicked: number }>(
      `SELECT COUNT(*) AS sent, COUNT(first_open_at) AS opened, COUNT(first_click_at) AS clicked FROM messages
        WHERE company = $1 AND channel = 'email-template' AND template = $2 AND status = 'sent'`,
      [company, sendingId(template)],
    )
    const { sent = 0, opened = 0, clicked = 0 } = totals ?? {}
    const { created } = emailTemplateTimes
    const data = { created, openRate: share(opened, sent), clickRate: share(clicked, sent), totalMessagesSent: sent }
    return { status: 200, body: { data } }
  },
})

const share = (part: number, whole: number) => `${whole === 0 ? 0 : Math.round((100 * part) / whole)}%`
