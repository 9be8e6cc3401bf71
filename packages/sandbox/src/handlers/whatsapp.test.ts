import type { WhatsAppTemplate, WhatsAppTemplateMessage } from '@minimo/api-types'
import { expect, test } from 'vitest'
import { createContext } from '../../test/create-context.ts'
import { listOutbox } from '../messages/outbox.ts'
import { defaultWhatsappTemplates } from '../messages/templates.ts'
import { whatsappHandlers } from './whatsapp.ts'

const recipient = '+393391234567'
const offer = 'order_shipped (it), welcome (it)'

test('the templates are listed as they are, in every state', async () => {
  const { list } = await open()
  expect(await list()).toEqual({ status: 200, body: { data: defaultWhatsappTemplates } })
})

test('a template is sent with its parameters in the order of the placeholders’ numbers', async () => {
  const { send, outbox } = await open()
  expect(await send('order_shipped', ['Anna', 'A-1001'])).toEqual({ status: 201, body: { data: { success: true } } })
  expect(await outbox()).toMatchObject([
    {
      channel: 'whatsapp',
      company: 7,
      to: recipient,
      template: 'order_shipped',
      subject: null,
      html: null,
      text: 'Ciao Anna, il tuo ordine A-1001 è in viaggio.',
      status: 'sent',
    },
  ])
})

test('a placeholder that stands twice takes one parameter, and the numbers count, not the places', async () => {
  const { send, outbox } = await open([templateOf('{{2}}, {{1}}, {{2}}')])
  await send('made', ['a', '{{2}}'])
  expect(await outbox()).toMatchObject([{ text: '{{2}}, a, {{2}}' }])
})

test('a template without placeholders, or without a body, is sent without parameters', async () => {
  const bodiless = { ...templateOf(''), name: 'bodiless', components: [{ type: 'HEADER', text: '{{1}}' }] } as const
  const { send, outbox } = await open([templateOf('Ciao'), { ...bodiless, components: [...bodiless.components] }])
  await send('made')
  await send('made', [])
  await send('bodiless')
  expect((await outbox()).map(({ text }) => text)).toEqual(['Ciao', 'Ciao', null])
})

test.each([
  ['order_shipped', undefined, 2, 0],
  ['order_shipped', ['Anna'], 2, 1],
  ['order_shipped', ['Anna', 'A-1001', 'more'], 2, 3],
  ['welcome', ['Anna'], 0, 1],
])('%s with the parameters %j is refused', async (name, parameters, expected, found) => {
  const { send, outbox } = await open()
  const message = `expected ${expected} parameters in total, one per placeholder, found ${found}`
  await expect(send(name, parameters)).rejects.toMatchObject({
    status: 422,
    code: undefined,
    message: `template.components: ${message}`,
    details: [{ field: 'template.components', message }],
  })
  expect(await outbox()).toEqual([])
})

test.each([
  ['spring_sale', 'REJECTED'],
  ['login_code', 'PENDING'],
  ['appointment_reminder', 'DISABLED'],
])('%s, which is %s, is not sent', async (name, status) => {
  const { send, outbox } = await open()
  await expect(send(name, ['Anna'])).rejects.toMatchObject({
    status: 422,
    code: 'template_not_approved',
    message: `Only approved templates can be sent: ${name} (it) is ${status}.`,
    details: [{ field: 'template.name', status }],
  })
  expect(await outbox()).toEqual([])
})

test.each([
  ['nothing', 'it', 'template.name'],
  ['Welcome', 'it', 'template.name'],
  ['welcome', 'en', 'template.languageCode'],
])('the template %s in %s does not exist', async (name, languageCode, field) => {
  const { send } = await open()
  await expect(send(name, [], languageCode)).rejects.toMatchObject({
    status: 422,
    message: `${field}: expected an approved template, found none; there are ${offer}`,
    details: [{ field }],
  })
})

test('a template in another language is a template of its own', async () => {
  const { send, outbox } = await open([templateOf('Ciao'), { ...templateOf('Hello'), language: 'en' }])
  await send('made', [], 'en')
  expect(await outbox()).toMatchObject([{ text: 'Hello' }])
})

/** An approved template with this body. */
function templateOf(text: string): WhatsAppTemplate {
  const [approved = expect.fail('no template')] = defaultWhatsappTemplates
  return { ...approved, name: 'made', components: [{ type: 'BODY', text }] }
}

async function open(whatsappTemplates = defaultWhatsappTemplates) {
  const context = await createContext(':memory:', { whatsappTemplates })
  const nothing = { path: {}, query: {} }
  return {
    list: () => whatsappHandlers.listWhatsAppTemplates({ ...nothing, body: undefined }, context),
    send(name: string, parameters?: readonly string[], languageCode = 'it') {
      const texts = parameters?.map((text) => ({ type: 'text', text }) as const)
      const components: WhatsAppTemplateMessage['template']['components'] = texts && [
        { type: 'BODY', parameters: texts },
      ]
      const template = { name, languageCode, ...(components && { components }) }
      return whatsappHandlers.sendWhatsAppTemplate(
        { ...nothing, body: { recipient, type: 'template', template } },
        context,
      )
    },
    outbox: () => listOutbox(context.database.query),
  }
}
