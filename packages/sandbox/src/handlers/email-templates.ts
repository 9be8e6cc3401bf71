import { Refusal } from '../exchange/refusal.ts'
import { storeMessage } from '../messages/outbox.ts'
import { fillPlaceholders, listPlaceholders } from '../messages/placeholders.ts'
import { emailTemplateTimes, type SandboxEmailTemplate } from '../messages/templates.ts'
import { defineHandlers } from './handler.ts'

/**
 * List and send e-mail templates. Every placeholder needs a custom field that is not null: text goes in as it is, other
 * values as JSON, escaped in HTML and on one line in the subject. Fields that no placeholder names are ignored.
 */
export const emailTemplateHandlers = defineHandlers({
  async listEmailTemplates(_input, { emailTemplates }) {
    return { status: 200, body: { data: emailTemplates.map(({ id, name }) => ({ id, name, ...emailTemplateTimes })) } }
  },

  async sendEmailTemplate({ body: { templateId, recipient, customFields = {} } }, context) {
    const template = context.emailTemplates.find((candidate) => sendingId(candidate) === templateId)
    if (!template) throw templateNotFound(context.emailTemplates)
    if (template.senderVerified === false) {
      const message = 'The sender of this template is not verified. Send another template, or verify the sender.'
      throw new Refusal(422, message, { code: 'sender_not_verified', details: [{ field: 'templateId' }] })
    }
    const { subject, html } = fillTemplate(template, customFields)
    await storeMessage(
      { channel: 'email-template', to: recipient, template: templateId, subject, html, text: null },
      context,
    )
    return { status: 200, body: { status: 200 } }
  },
})

/** The id to send an e-mail template by, such as `tmpl_42`. */
export function sendingId({ id }: SandboxEmailTemplate): string {
  return `tmpl_${id}`
}

function templateNotFound(templates: readonly SandboxEmailTemplate[]): Refusal {
  const offer = templates.map(sendingId).join(', ') || 'none'
  const message = `No email template has this templateId. There are ${offer}.`
  return new Refusal(422, message, { code: 'template_not_found', details: [{ field: 'templateId' }] })
}

function fillTemplate({ subject, html }: SandboxEmailTemplate, customFields: Readonly<Record<string, unknown>>) {
  const names = listPlaceholders(subject + html)
  const missing = names.filter((name) => !Object.hasOwn(customFields, name) || customFields[name] == null)
  if (missing.length > 0) {
    const message = `The template needs a value in customFields for ${missing.join(', ')}.`
    const details = missing.map((name) => ({ field: `customFields.${name}` }))
    throw new Refusal(422, message, { code: 'missing_custom_field', details })
  }
  const valuesAs = (write: (text: string) => string) =>
    Object.fromEntries(names.map((name) => [name, write(toText(customFields[name]))]))
  return { subject: fillPlaceholders(subject, valuesAs(toOneLine)), html: fillPlaceholders(html, valuesAs(escapeHtml)) }
}

const toText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

const toOneLine = (text: string) => text.replace(/\p{Cc}+/gu, ' ')

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => entities[character] ?? character)
