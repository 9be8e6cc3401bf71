import type { Case } from '../case.ts'

const email = { path: { id: 'email_1' } }

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
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'sends a template without parameters',
    request: { example: 'withoutParameters' },
    expect: { status: 201, example: 'accepted' },
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'refuses a template that is not approved',
    request: { example: 'withParameters' },
    expect: { status: 422, example: 'templateNotApproved', code: 'template_not_approved' },
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'refuses a recipient that is no phone number',
    request: { example: 'withParameters' },
    expect: { status: 422, example: 'invalidPhoneNumber', code: 'invalid_phone_number' },
  },
]

const emailCases: Case[] = [
  {
    operation: 'sendEmail',
    name: 'sends html and text',
    request: { example: 'htmlAndText' },
    expect: { status: 200, example: 'sent' },
  },
  {
    operation: 'sendEmail',
    name: 'accepts an email and tells that it failed',
    request: { example: 'htmlOnly' },
    expect: { status: 200, example: 'failed' },
  },
  {
    operation: 'sendEmail',
    name: 'refuses an email it cannot send',
    request: { example: 'htmlOnly' },
    expect: { status: 400, example: 'refused', code: 'bad_request' },
  },
  {
    operation: 'sendEmail',
    name: 'needs the permission',
    request: { example: 'htmlOnly' },
    expect: { status: 403, example: 'missingPermission', code: 'forbidden' },
  },
  {
    operation: 'sendEmail',
    name: 'refuses data that is not valid',
    request: { example: 'htmlOnly' },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
  {
    operation: 'getEmailStats',
    name: 'tells of an email that was sent',
    request: email,
    expect: { status: 200, example: 'sent' },
  },
  {
    operation: 'getEmailStats',
    name: 'tells of an email that failed',
    request: email,
    expect: { status: 200, example: 'failed' },
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
    request: { path: { id: 'transactional_1' } },
    expect: { status: 200, example: 'totals' },
  },
]

const refusedTemplate = (example: string, code: string): Case => ({
  operation: 'sendEmailTemplate',
  name: `refuses with ${code}`,
  request: { example: 'withCustomFields' },
  expect: { status: 422, example, code },
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
  },
  {
    operation: 'sendEmailTemplate',
    name: 'sends a template without custom fields',
    request: { example: 'withoutCustomFields' },
    expect: { status: 200, example: 'accepted' },
  },
  refusedTemplate('templateNotFound', 'template_not_found'),
  refusedTemplate('invalidRecipient', 'invalid_recipient'),
  refusedTemplate('missingCustomField', 'missing_custom_field'),
  refusedTemplate('senderNotVerified', 'sender_not_verified'),
]

/** Cases of the operations that send messages and report on them. */
export const messageCases: Case[] = [...whatsappCases, ...emailCases, ...emailTemplateCases]
