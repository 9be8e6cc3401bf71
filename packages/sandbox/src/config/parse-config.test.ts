import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { defaultWhatsappTemplates } from '../messages/templates.ts'
import { parseConfig, parseKey, parseOptions } from './parse-config.ts'

const key = 'mn-me-secret'
const automation = { name: 'plan', when: 'contact.updated', webhook: 'https://example.com/hook' }
const emailTemplate = { id: 1, name: 'Welcome', subject: 'Hi', html: '<p>Hi</p>' }
const [whatsappTemplate] = defaultWhatsappTemplates
const secret = 'whsec_MDEyMzQ1Njc4OWFiY2RlZg=='

const everything = {
  keys: [{ key, company: 7, permissions: ['TRANSACTIONAL'] }, { key: 'mn-a-b-c' }],
  automations: [{ ...automation, field: 'customFields.plan', to: { any: [null] }, secret, company: 7 }],
  webhookSecret: secret,
  retryDelays: [0, 5000],
  whatsappTemplates: [whatsappTemplate],
  emailTemplates: [{ ...emailTemplate, senderVerified: false }],
  faults: [{ fault: { status: 429 }, nth: [1, 2] }],
  retention: { count: 1000, age: 86_400_000 },
  journal: { limit: 10, personalData: true },
}

test('a config with everything is taken as it is, and so is an empty one', async () => {
  expect(await parseConfig(everything)).toEqual(everything)
  expect(await parseConfig({})).toEqual({})
  expect(await parseConfig({ journal: false })).toEqual({ journal: false })
})

test.each([
  'email',
  'phone',
  'marketingConsent',
  'marketingConsent.whatsapp',
  'customFields',
  'customFields.address.city',
  'customFields["first name"].è',
])('an automation may ask for the field %s', async (field) => {
  const config = { automations: [{ ...automation, field }] }
  expect(await parseConfig(config)).toEqual(config)
})

test('options take what a config does, and what only code can say', async () => {
  const options = { ...everything, database: 'x.db', now: () => 0, fetch: async () => new Response(), control: 'all' }
  expect(await parseOptions(options)).toEqual(options)
  expect(await parseOptions({ keys: undefined })).toEqual({})
})

test('what is parsed is a copy: later changes of the lists given have no effect', async () => {
  const keys = [{ key }]
  const parsed = await parseConfig({ keys })
  keys.push({ key: 'mn-late-key' })
  expect(parsed).toEqual({ keys: [{ key }] })
})

test('every secret that is taken can sign', async () => {
  const secrets = ['A'.repeat(22), 'A'.repeat(23), `${'+/09'.repeat(8)}AA==`, `${'zZ'.repeat(32)}`]
  for (const base64 of secrets) {
    const { webhookSecret = '' } = await parseConfig({ webhookSecret: `whsec_${base64}` })
    expect(new Webhook(webhookSecret).sign('run_1', new Date(), '{}')).toMatch(/^v1,/)
  }
})

const keyForm = 'expected a key of the form mn-<clientId>-<secret>, found a text'
const secretForm = 'expected a secret of the form whsec_<base64 of 16 bytes or more>'

test.each([
  [null, 'config: expected an object, found null'],
  [[], 'config: expected an object, found a list'],
  [{ key }, 'config: there is no "key"; expected keys, automations, webhookSecret'],
  [{ database: 'x.db' }, 'config: there is no "database"'],
  [{ keys: {} }, 'config.keys: expected a list, found an object'],
  [{ keys: [] }, 'config.keys: expected at least one key, found none'],
  [{ keys: [{}] }, 'config.keys[0]: key is missing'],
  [{ keys: [{ key }, { key: 'sk-hunter2' }] }, `config.keys[1].key: ${keyForm}`],
  [{ keys: [{ key: 'mn-hunter2' }] }, `config.keys[0].key: ${keyForm}`],
  [{ keys: [{ key: 'mn-me-hunter2 ' }] }, `config.keys[0].key: ${keyForm}`],
  [{ keys: [{ key, company: 0 }] }, 'config.keys[0].company: expected an integer from 1, found 0'],
  [{ keys: [{ key, permissions: 'ALL' }] }, 'config.keys[0].permissions: expected a list, found a text'],
  [{ keys: [{ key, permissions: ['ADMIN'] }] }, 'permissions[0]: expected one of TRANSACTIONAL, found "ADMIN"'],
  [{ keys: ['hunter2'] }, 'config.keys[0]: expected an object, found a text'],
  [{ keys: [{ key, company: 'mn-me-hunter2' }] }, 'config.keys[0].company: expected an integer from 1, found a text'],
  [{ keys: [{ key: 'mn-me-hunter2' }, { key: 'mn-me-hunter2' }] }, 'config.keys: one key stands twice'],
  [{ automations: [{ name: 'a' }] }, 'config.automations[0]: when, webhook is missing'],
  [{ automations: [{ ...automation, when: 'contact.moved' }] }, 'config.automations[0].when: expected one of contact.'],
  [{ automations: [{ ...automation, webhook: 'example.com' }] }, 'config.automations[0].webhook: expected a URL'],
  [{ automations: [{ ...automation, webhook: 'file:///etc' }] }, 'config.automations[0].webhook: expected a URL'],
  [{ automations: [{ ...automation, secret: 'hunter2' }] }, `config.automations[0].secret: ${secretForm}`],
  [{ automations: [{ ...automation, webhook: 'me:hunter2@host' }] }, 'webhook: expected a URL'],
  [
    { automations: [{ ...automation, webhook: 'http://me:hunter2@host' }] },
    'webhook: expected a URL without user name',
  ],
  [{ automations: [{ ...automation, webhook: 'http://hunter2@host' }] }, 'and password, found a text'],
  [{ automations: [{ ...automation, webhook: 'ftp://me:hunter2@host' }] }, 'http:// or https://, found a text'],
  [
    { automations: [{ ...automation, field: 'plan' }] },
    'automations[0].field: expected email, phone, marketingConsent, ',
  ],
  [{ automations: [{ ...automation, field: 'email.domain' }] }, 'field: expected email, phone'],
  [{ automations: [{ ...automation, field: 'marketingConsent.sms' }] }, 'found "marketingConsent.sms"'],
  [
    { automations: [{ ...automation, field: 'customFields.first name' }] },
    'such as customFields.plan or customFields["f',
  ],
  [
    { automations: [{ ...automation, when: 'contact.consent_changed', field: 'email' }] },
    'config.automations[0].field: expected marketingConsent or below it, which is all that contact.consent_changed tells',
  ],
  [
    { automations: [{ ...automation, when: 'contact.deleted', field: 'email' }] },
    'config.automations[0]: contact.deleted changes no field; expected no field and to, or when as one of contact.created',
  ],
  [{ automations: [{ ...automation, when: 'contact.deleted', to: null }] }, 'contact.deleted changes no field'],
  [{ automations: [{ ...automation, company: 7 }] }, 'company: expected one that a key acts for, 1, found 7'],
  [
    { keys: [{ key }, { key: 'mn-a-b', company: 3 }], automations: [{ ...automation, company: 7 }] },
    'config.automations[0].company: expected one that a key acts for, 1, 3, found 7',
  ],
  [{ automations: [automation, automation] }, 'config.automations: two are named plan'],
  [{ webhookSecret: 'whsec_aHVudGVyMg==' }, `config.webhookSecret: ${secretForm}`],
  [{ retryDelays: [1.5] }, 'config.retryDelays[0]: expected an integer from 0, found 1.5'],
  [{ emailTemplates: [{ ...emailTemplate, id: 'tmpl_1' }] }, 'config.emailTemplates[0].id: expected an integer from 1'],
  [{ emailTemplates: [emailTemplate, emailTemplate] }, 'config.emailTemplates: two have the id 1'],
  [{ whatsappTemplates: ['welcome'] }, 'config.whatsappTemplates[0]: expected object, found string'],
  [{ whatsappTemplates: [{ name: 'a' }] }, 'config.whatsappTemplates[0].id: expected a value, found nothing'],
  [
    { whatsappTemplates: [whatsappTemplate, { ...whatsappTemplate, components: [{ type: 'body', text: '' }] }] },
    'config.whatsappTemplates[1].components.0.type: expected one of "HEADER","BODY","FOOTER","BUTTONS"',
  ],
  [{ retention: 1000 }, 'config.retention: expected an object, found a number'],
  [{ retention: { count: 0 } }, 'config.retention.count: expected an integer from 1, found 0'],
  [{ retention: { age: '7d' } }, 'config.retention.age: expected an integer from 1, found "7d"'],
  [{ retention: { max: 1 } }, 'config.retention: there is no "max"; expected count, age'],
  [{ journal: true }, 'config.journal: expected an object, found a truth value'],
  [{ journal: { limit: 0 } }, 'config.journal.limit: expected an integer from 1'],
  [{ journal: { bodies: true } }, 'config.journal: there is no "bodies"; expected limit, personalData'],
  [{ faults: [{ fault: {} }] }, 'config.faults[0]: fault: expected at least one of status'],
  [{ faults: [{ fault: { latency: 1 } }, { fault: { latency: -1 } }] }, 'config.faults[1]: rule.fault.latency'],
])('the config %j is refused', async (config, message) => {
  const refused = parseConfig(config)
  const expected = { name: 'Refusal', status: 422, message: expect.stringContaining(message) }
  await expect(refused).rejects.toThrow(expect.objectContaining(expected))
  await expect(refused).rejects.not.toThrow('hunter2')
})

test.each([
  [{ databse: 'x.db' }, 'options: there is no "databse"'],
  [{ keys: [{ key: 'x' }] }, `options.keys[0].key: ${keyForm}`],
  [{ database: new URL('file:///x.db') }, 'options.database: expected a text, found an object'],
  [{ now: 0 }, 'options.now: expected a function, found 0'],
  [{ fetch: {} }, 'options.fetch: expected a function, found an object'],
  [{ control: 'none' }, 'options.control: expected one of local, all, found "none"'],
])('the options %j are refused', async (options, message) => {
  await expect(parseOptions(options)).rejects.toMatchObject({ status: 422, message: expect.stringContaining(message) })
})

test('a key by itself is refused under the name it goes by', () => {
  expect(parseKey(key, '--api-key')).toBe(key)
  expect(() => parseKey('hunter2', '--api-key')).toThrow(`--api-key: ${keyForm}`)
})
