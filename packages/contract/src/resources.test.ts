import { createMinimoClient, type MinimoClient } from '@minimo/client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMock } from './mock.ts'

const methods: [name: string, run: (minimo: MinimoClient) => Promise<unknown>, found: object | undefined][] = [
  ['contacts.upsert', (m) => m.contacts.upsert({ email: 'anna@example.com' }), { id: 42 }],
  ['contacts.getByEmail', (m) => m.contacts.getByEmail('anna@example.com'), { customFields: { plan: 'pro' } }],
  ['contacts.update', (m) => m.contacts.update(42, { customFields: { plan: 'pro' } }), { id: 42 }],
  ['contacts.delete', (m) => m.contacts.delete(42), undefined],
  ['customFields.list', (m) => m.customFields.list(), [{ key: 'PLAN' }, { key: 'BIRTHDAY' }]],
  [
    'customFields.listByCategory',
    (m) => m.customFields.listByCategory({ headers: { prefer: 'example=grouped' } }),
    { groups: [{ category: 'Billing' }, { category: 'uncategorized' }] },
  ],
  ['customFields.create', (m) => m.customFields.create({ key: 'PLAN', displayName: 'Plan', type: 'text' }), { id: 42 }],
  [
    'whatsapp.listTemplates',
    (m) => m.whatsapp.listTemplates(),
    [{ name: 'order_shipped', qualityScore: { score: 'GREEN' } }, { name: 'spring_sale' }],
  ],
  [
    'whatsapp.sendTemplate',
    (m) =>
      m.whatsapp.sendTemplate({
        recipient: '+393391234567',
        type: 'template',
        template: { name: 'welcome', languageCode: 'it' },
      }),
    { success: true },
  ],
  [
    'emails.send',
    (m) => m.emails.send({ to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' }),
    { status: 'sent', messageId: expect.any(String) },
  ],
  ['emails.stats', (m) => m.emails.stats('email_1'), { status: 'sent' }],
  ['emailTemplates.list', (m) => m.emailTemplates.list(), [{ id: expect.any(Number) }]],
  [
    'emailTemplates.send',
    (m) => m.emailTemplates.send({ templateId: 'tmpl_1', recipient: 'anna@example.com' }),
    { status: 200 },
  ],
  ['transactionals.stats', (m) => m.transactionals.stats('transactional_1'), { openRate: '85%' }],
]

describe('each method of the client makes a request that the spec allows', () => {
  let mock: Awaited<ReturnType<typeof startMock>>
  beforeAll(async () => {
    mock = await startMock()
  })
  afterAll(() => mock.close())

  it.each(methods)('%s', async (_, run, found) => {
    const minimo = createMinimoClient({ apiKey: mock.apiKey, baseUrl: mock.url, retries: 0 })
    const result = await run(minimo)
    if (found === undefined) expect(result).toBeUndefined()
    else expect(result).toMatchObject(found)
  })
})
