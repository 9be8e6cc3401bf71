import { operations } from '@minimo/api-types'
import { type OperationSchema, schemas } from '@minimo/api-types/schemas'
import { expect, onTestFinished, test } from 'vitest'
import { parseConfig } from '../config/parse-config.ts'
import { demoKey } from '../handlers/authenticate.ts'
import { createSandbox } from '../index.ts'
import { listPlaceholders } from './placeholders.ts'
import { defaultEmailTemplates, defaultWhatsappTemplates, emailTemplateTimes } from './templates.ts'

test('the default templates are ones that a config may hold', async () => {
  const config = { emailTemplates: defaultEmailTemplates, whatsappTemplates: defaultWhatsappTemplates }
  expect(await parseConfig(config)).toEqual(config)
})

test('there is a WhatsApp template in every state, and no two of one name', () => {
  const states = ['APPROVED', 'DISABLED', 'PENDING', 'REJECTED']
  expect([...new Set(defaultWhatsappTemplates.map(({ status }) => status))].sort()).toEqual(states)
  expect(new Set(defaultWhatsappTemplates.map(({ name }) => name)).size).toBe(defaultWhatsappTemplates.length)
})

test('the e-mail templates need what their description says', () => {
  const names = defaultEmailTemplates.map(({ id, subject, html }) => [id, listPlaceholders(subject + html)])
  expect(names).toEqual([
    [42, []],
    [43, ['order', 'name']],
    [44, []],
  ])
  expect(defaultEmailTemplates.filter(({ senderVerified }) => senderVerified === false).map(({ id }) => id)).toEqual([
    44,
  ])
  for (const time of Object.values(emailTemplateTimes)) expect(Date.parse(time)).not.toBeNaN()
})

test.each([
  ['sendEmailTemplate', 200],
  ['sendWhatsAppTemplate', 201],
] as const)('the spec’s examples of %s can be sent as they stand', async (operation, status) => {
  const sandbox = await createSandbox()
  onTestFinished(sandbox.close)
  const { body }: OperationSchema = schemas.operations[operation]
  const examples = Object.values(body?.content['application/json']?.examples ?? {})
  expect(examples).toHaveLength(2)
  const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
  for (const example of examples) {
    const init = { method: 'POST', headers, body: JSON.stringify(example) }
    const response = await sandbox.fetch(`https://app.minimo.it${operations[operation].path}`, init)
    expect(response.status).toBe(status)
  }
  expect(await sandbox.outbox()).toHaveLength(2)
})
