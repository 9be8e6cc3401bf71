import type { Violation } from '../case.ts'

/** Requests that the spec does not allow. */
export const violations: Violation[] = [
  {
    operation: 'upsertContact',
    name: 'needs an email or a phone',
    request: { body: { customFields: { plan: 'pro' } } },
    expect: { status: 422 },
  },
  {
    operation: 'upsertContact',
    name: 'takes a phone in E.164 form only',
    request: { body: { phone: '0039 339 1234567' } },
    expect: { status: 422 },
  },
  {
    operation: 'updateContactById',
    name: 'takes an email that is one',
    request: { path: { id: 42 }, body: { email: 'not an email' } },
    expect: { status: 422 },
  },
  {
    operation: 'updateContactById',
    name: 'takes consent as a boolean',
    request: { path: { id: 42 }, body: { marketingConsent: { email: 'yes' } } },
    expect: { status: 422 },
  },
  {
    operation: 'updateContactById',
    name: 'takes custom fields as an object',
    request: { path: { id: 42 }, body: { customFields: ['plan'] } },
    expect: { status: 422 },
  },
  { operation: 'updateContactById', name: 'needs a body', request: { path: { id: 42 } }, expect: { status: 422 } },
  {
    operation: 'updateContactById',
    name: 'needs a key',
    request: { path: { id: 42 }, body: {} },
    headers: { authorization: null },
    expect: { status: 401 },
  },
  {
    operation: 'getContactByEmail',
    name: 'takes an email that is one',
    request: { path: { email: 'not an email' } },
    expect: { status: 400 },
  },
  {
    operation: 'listCustomFields',
    name: 'groups by category only',
    request: { query: { groupBy: 'type' } },
    expect: { status: 400 },
  },
  {
    operation: 'createCustomField',
    name: 'needs a type',
    request: { body: { key: 'PLAN', displayName: 'Plan' } },
    expect: { status: 422 },
  },
  {
    operation: 'createCustomField',
    name: 'takes a known type only',
    request: { body: { key: 'PLAN', displayName: 'Plan', type: 'colour' } },
    expect: { status: 422 },
  },
  {
    operation: 'sendWhatsAppTemplate',
    name: 'needs a template',
    request: { body: { recipient: '+393391234567', type: 'template' } },
    expect: { status: 422 },
  },
  {
    operation: 'sendEmail',
    name: 'needs html',
    request: { body: { to: 'anna@example.com', subject: 'Hello' } },
    expect: { status: 422 },
  },
  {
    operation: 'sendEmailTemplate',
    name: 'takes a template id that is one',
    request: { body: { templateId: '17', recipient: 'anna@example.com' } },
    expect: { status: 422 },
  },
]
