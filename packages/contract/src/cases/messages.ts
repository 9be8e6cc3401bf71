import type { Case } from '../case.ts'

const email = { path: { id: 'email_1' } }
const notLive = 'sends a message'
const html = { to: 'anna@example.com', subject: 'Your receipt', html: '<p>Thank you.</p>' }

const whatsapp = {
  recipient: '+393391234567',
  type: 'template',
  template: { name: 'welcome', languageCode: 'it' },
}

const whatsappCases: Case[] = [
  {
    operation: 'listWhatsAppTemplates',
    name: 'lists the templates',
    request: {},
    expect: { status: 200, example: 'templates' },
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'sends a template with parameters',
    request: { example: 'withParameters' },
    expect: { status: 201, example: 'accepted' },
    notLive,
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'sends a template without parameters',
    request: { example: 'withoutParameters' },
    expect: { status: 201, example: 'accepted' },
    notLive,
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'refuses a template that is not approved',
    request: { body: { ...whatsapp, template: { name: 'spring_sale', languageCode: 'it' } } },
    expect: { status: 422, example: 'templateNotApproved', code: 'template_not_approved' },
    notLive: 'needs a template that was rejected',
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'refuses a recipient that is no phone number',
    request: { body: { ...whatsapp, recipient: '0039 339 1234567' } },
    expect: { status: 422, example: 'invalidPhoneNumber', code: 'invalid_phone_number' },
  },
]

const emailCases: Case[] = [
  {
    operation: 'sendEmail',
    name: 'sends html and text',
    request: { example: 'htmlAndText' },
    expect: { status: 200, example: 'sent' },
    notLive,
  },
  {
    operation: 'sendEmail',
    name: 'sends html',
    request: { example: 'htmlOnly' },
    expect: { status: 200, example: 'sent' },
    notLive,
  },
  {
    operation: 'sendEmail',
    name: 'accepts an email and tells that it failed',
    request: { body: { ...html, to: 'anna@example.invalid' } },
    expect: { status: 200, example: 'failed' },
    notLive,
  },
  {
    operation: 'sendEmail',
    name: 'refuses an email it cannot send',
    request: { body: { ...html, subject: 'Your\r\nreceipt' } },
    expect: { status: 400, example: 'refused', code: 'bad_request' },
    notLive,
  },
  {
    operation: 'sendEmail',
    name: 'needs the permission',
    key: 'limited',
    request: { example: 'htmlOnly' },
    expect: { status: 403, example: 'missingPermission', code: 'forbidden' },
    notLive: 'needs a key without the permission',
  },
  {
    operation: 'sendEmail',
    name: 'refuses data that is not valid',
    request: { body: { ...html, to: 'not an email' } },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
  {
    operation: 'getEmailStats',
    name: 'tells of an email that was sent',
    given: 'email',
    request: email,
    expect: { status: 200, example: 'sent' },
    notLive,
  },
  {
    operation: 'getEmailStats',
    name: 'tells of an email that failed',
    given: 'failedEmail',
    request: email,
    expect: { status: 200, example: 'failed' },
    notLive,
  },
  {
    operation: 'getEmailStats',
    name: 'tells that the id is unknown',
    request: email,
    expect: { status: 404, example: 'notFound', code: 'not_found' },
  },
  {
    operation: 'getTransactionalStats',
    name: 'gives the totals',
    request: { path: { id: 'tmpl_42' } },
    expect: { status: 200, example: 'totals' },
    notLive: 'needs a template of this id',
  },
  {
    operation: 'getTransactionalStats',
    name: 'tells that the id is unknown',
    request: { path: { id: 'nothing' } },
    expect: { status: 404, example: 'notFound', code: 'not_found' },
  },
]

const refusedTemplate = (example: string, code: string, body: object): Case => ({
  operation: 'sendEmailTemplate',
  name: `refuses with ${code}`,
  request: { body: { templateId: 'tmpl_42', recipient: 'anna@example.com', ...body } },
  expect: { status: 422, example, code },
  notLive: 'needs templates of these ids',
})

const emailTemplateCases: Case[] = [
  {
    operation: 'listEmailTemplates',
    name: 'lists the templates',
    request: {},
    expect: { status: 200, example: 'templates' },
  },
  {
    operation: 'sendEmailTemplate',
    name: 'sends a template with custom fields',
    request: { example: 'withCustomFields' },
    expect: { status: 200, example: 'accepted' },
    notLive,
  },
  {
    operation: 'sendEmailTemplate',
    name: 'sends a template without custom fields',
    request: { example: 'withoutCustomFields' },
    expect: { status: 200, example: 'accepted' },
    notLive,
  },
  refusedTemplate('templateNotFound', 'template_not_found', { templateId: 'tmpl_nothing' }),
  refusedTemplate('invalidRecipient', 'invalid_recipient', { recipient: 'not an email' }),
  refusedTemplate('missingCustomField', 'missing_custom_field', { templateId: 'tmpl_43' }),
  refusedTemplate('senderNotVerified', 'sender_not_verified', { templateId: 'tmpl_44' }),
]

/** Cases of the operations that send messages and report on them. */
export const messageCases: Case[] = [...whatsappCases, ...emailCases, ...emailTemplateCases]
