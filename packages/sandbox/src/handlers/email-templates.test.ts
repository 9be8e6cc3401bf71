import type { EmailTemplateMessage } from '@minimo/api-types'
import { expect, test } from 'vitest'
import { createContext } from '../../test/create-context.ts'
import { listOutbox } from '../messages/outbox.ts'
import { emailTemplateTimes, type SandboxEmailTemplate } from '../messages/templates.ts'
import { emailTemplateHandlers } from './email-templates.ts'

const recipient = 'anna@example.com'
const order: SandboxEmailTemplate = { id: 7, name: 'Order', subject: 'Order {{order}}', html: '<p>{{ name }}</p>' }

test('the templates are listed with their ids and times', async () => {
  const { list } = await open()
  expect(await list()).toEqual({
    status: 200,
    body: {
      data: [
        { id: 42, name: 'Welcome', ...emailTemplateTimes },
        { id: 43, name: 'Order shipped', ...emailTemplateTimes },
        { id: 44, name: 'Newsletter', ...emailTemplateTimes },
      ],
    },
  })
})

test('a template is sent with its placeholders filled in subject and HTML', async () => {
  const { send, outbox } = await open([order])
  const customFields = { order: 'A-1001', name: 'Anna', unused: true }
  expect(await send({ templateId: 'tmpl_7', recipient, customFields })).toEqual({ status: 200, body: { status: 200 } })
  expect(await outbox()).toMatchObject([
    {
      channel: 'email-template',
      company: 7,
      to: recipient,
      template: 'tmpl_7',
      subject: 'Order A-1001',
      html: '<p>Anna</p>',
      text: null,
      status: 'sent',
    },
  ])
})

test.each([
  ['<b>"A" & \'B\'</b>', '&lt;b&gt;&quot;A&quot; &amp; &#39;B&#39;&lt;/b&gt;'],
  [12.5, '12.5'],
  [0, '0'],
  [false, 'false'],
  ['', ''],
  [{ a: [1] }, '{&quot;a&quot;:[1]}'],
  ['{{order}}', '{{order}}'],
  ['$&', '$&amp;'],
])('the value %j stands in HTML as %s', async (name, html) => {
  const { send, outbox } = await open([order])
  await send({ templateId: 'tmpl_7', recipient, customFields: { order: 1, name } })
  expect(await outbox()).toMatchObject([{ html: `<p>${html}</p>` }])
})

test('a value in the subject stays on one line and is no HTML', async () => {
  const { send, outbox } = await open([order])
  const customFields = { order: 'A & B\r\nBcc: b@example.com', name: 'Anna' }
  await send({ templateId: 'tmpl_7', recipient, customFields })
  expect(await outbox()).toMatchObject([{ subject: 'Order A & B Bcc: b@example.com' }])
})

test.each([
  [undefined, ['order', 'name']],
  [{ order: 1 }, ['name']],
  [{ order: 1, name: null }, ['name']],
  [{ Order: 1, name: 'Anna' }, ['order']],
])('with the custom fields %j these are missing: %j', async (customFields, missing) => {
  const { send, outbox } = await open([order])
  await expect(send({ templateId: 'tmpl_7', recipient, ...(customFields && { customFields }) })).rejects.toMatchObject({
    status: 422,
    code: 'missing_custom_field',
    message: `The template needs a value in customFields for ${missing.join(', ')}.`,
    details: missing.map((name) => ({ field: `customFields.${name}` })),
  })
  expect(await outbox()).toEqual([])
})

test('a placeholder named as something every object has needs a value, too', async () => {
  const { send } = await open([{ ...order, html: '{{constructor}}' }])
  const sent = send({ templateId: 'tmpl_7', recipient, customFields: { order: 1 } })
  await expect(sent).rejects.toMatchObject({ code: 'missing_custom_field' })
})

test.each(['tmpl_45', 'tmpl_', 'tmpl_042', '42'])('there is no template %s', async (templateId) => {
  const { send } = await open()
  await expect(send({ templateId, recipient })).rejects.toMatchObject({
    status: 422,
    code: 'template_not_found',
    message: 'No email template has this templateId. There are tmpl_42, tmpl_43, tmpl_44.',
    details: [{ field: 'templateId' }],
  })
})

test('a template whose sender is not verified is not sent', async () => {
  const { send, outbox } = await open()
  await expect(send({ templateId: 'tmpl_44', recipient })).rejects.toMatchObject({
    status: 422,
    code: 'sender_not_verified',
    details: [{ field: 'templateId' }],
  })
  expect(await outbox()).toEqual([])
})

async function open(emailTemplates?: readonly SandboxEmailTemplate[]) {
  const context = await createContext(':memory:', emailTemplates && { emailTemplates })
  const nothing = { path: {}, query: {} }
  return {
    list: () => emailTemplateHandlers.listEmailTemplates({ ...nothing, body: undefined }, context),
    send: (body: EmailTemplateMessage) => emailTemplateHandlers.sendEmailTemplate({ ...nothing, body }, context),
    outbox: () => listOutbox(context.database.query),
  }
}
