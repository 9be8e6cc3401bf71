import type { WhatsAppTemplate, WhatsAppTemplateMessage } from '@minimo/api-types'
import { Refusal } from '../exchange/refusal.ts'
import { storeMessage } from '../messages/outbox.ts'
import { fillPlaceholders, listPlaceholders } from '../messages/placeholders.ts'
import { violation } from '../validation/problem.ts'
import { defineHandlers } from './handler.ts'

/**
 * List and send WhatsApp templates. One is found by name and language. A message must bring exactly as many parameters
 * as the template's body has placeholders.
 */
export const whatsappHandlers = defineHandlers({
  async listWhatsAppTemplates(_input, { whatsappTemplates }) {
    return { status: 200, body: { data: [...whatsappTemplates] } }
  },

  async sendWhatsAppTemplate({ body }, context) {
    const template = findApproved(body.template, context.whatsappTemplates)
    const text = fillBody(template, body.template)
    const { name } = template
    await storeMessage(
      { channel: 'whatsapp', to: body.recipient, template: name, subject: null, html: null, text },
      context,
    )
    return { status: 201, body: { data: { success: true } } }
  },
})

function findApproved(
  { name, languageCode }: WhatsAppTemplateMessage['template'],
  templates: readonly WhatsAppTemplate[],
): WhatsAppTemplate {
  const template = templates.find((candidate) => candidate.name === name && candidate.language === languageCode)
  if (!template) {
    const field = templates.some((candidate) => candidate.name === name) ? 'template.languageCode' : 'template.name'
    throw violation(422, [
      { field, message: `expected an approved template, found none; there are ${offer(templates)}` },
    ])
  }
  if (template.status !== 'APPROVED') {
    const message = `Only approved templates can be sent: ${name} (${languageCode}) is ${template.status}.`
    const details = [{ field: 'template.name', status: template.status }]
    throw new Refusal(422, message, { code: 'template_not_approved', details })
  }
  return template
}

/** The approved templates as a message names them. */
function offer(templates: readonly WhatsAppTemplate[]): string {
  const approved = templates.filter(({ status }) => status === 'APPROVED')
  return approved.map(({ name, language }) => `${name} (${language})`).join(', ') || 'none'
}

/** The text of the template's body with the message's parameters in it; `null` where the template has no body. */
function fillBody(template: WhatsAppTemplate, message: WhatsAppTemplateMessage['template']): string | null {
  const body = template.components.find(({ type }) => type === 'BODY')?.text ?? null
  const expected = listPlaceholders(body ?? '').length
  const parameters = (message.components ?? []).flatMap((component) => component.parameters)
  if (parameters.length !== expected) {
    const found = `expected ${expected} parameters in total, one per placeholder, found ${parameters.length}`
    throw violation(422, [{ field: 'template.components', message: found }])
  }
  const values = Object.fromEntries(parameters.map(({ text }, index) => [String(index + 1), text]))
  return body && fillPlaceholders(body, values)
}
