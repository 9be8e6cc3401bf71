import type { Case } from '../case.ts'

const byEmail = { path: { email: 'anna@example.com' } }
const byId = { path: { id: 42 } }
const byUnknownId = { path: { id: Number.MAX_SAFE_INTEGER } }

const upsertCases: Case[] = [
  {
    operation: 'upsertContact',
    name: 'takes a contact by email',
    request: { example: 'byEmail' },
    expect: { status: 200, example: 'withoutPhone' },
  },
  {
    operation: 'upsertContact',
    name: 'takes a contact by phone',
    request: { example: 'byPhone' },
    expect: { status: 200, example: 'withPhone' },
  },
  {
    operation: 'upsertContact',
    name: 'refuses an email and a phone of two contacts',
    given: 'emailAndPhoneApart',
    request: { body: { email: 'anna@example.com', phone: '+393391234567' } },
    expect: { status: 409, example: 'duplicateContact', code: 'duplicate_resource' },
  },
  {
    operation: 'upsertContact',
    name: 'refuses data without email and phone',
    request: { body: { customFields: { plan: 'pro' } } },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
  {
    operation: 'upsertContact',
    name: 'refuses a phone that is none',
    request: { body: { phone: '0039 339 1234567' } },
    expect: { status: 422, example: 'invalidPhoneNumber', code: 'invalid_phone_number' },
  },
]

const readCases: Case[] = [
  {
    operation: 'getContactByEmail',
    name: 'finds a contact',
    given: 'contact',
    request: byEmail,
    expect: { status: 200, example: 'found' },
  },
  {
    operation: 'getContactByEmail',
    name: 'refuses what is no email',
    request: { path: { email: 'not an email' } },
    expect: { status: 400, example: 'invalidEmail', code: 'bad_request' },
  },
  {
    operation: 'getContactByEmail',
    name: 'tells that nobody has the email',
    request: { path: { email: 'nobody@example.com' } },
    expect: { status: 404, example: 'notFound', code: 'not_found' },
  },
]

const updateCases: Case[] = [
  {
    operation: 'updateContactById',
    name: 'changes the email',
    given: 'contact',
    request: { ...byId, example: 'changeEmail' },
    expect: { status: 200, example: 'updated' },
    notLive: 'the state of other cases begins with this email',
  },
  {
    operation: 'updateContactById',
    name: 'changes custom fields',
    given: 'contact',
    request: { ...byId, example: 'updateCustomFields' },
    expect: { status: 200, example: 'updated' },
  },
  {
    operation: 'updateContactById',
    name: 'changes marketing consent',
    given: 'contactWithPhone',
    request: { ...byId, example: 'updateMarketingConsent' },
    expect: { status: 200, example: 'updated' },
    notLive: 'another case gives the phone to another contact',
  },
  {
    operation: 'updateContactById',
    name: 'never creates: an unknown id is not found',
    request: { ...byUnknownId, example: 'changeEmail' },
    expect: { status: 404, example: 'contactNotFound', code: 'not_found' },
  },
  {
    operation: 'updateContactById',
    name: 'refuses the email of another contact',
    given: 'contactAndRival',
    request: { ...byId, example: 'changeEmail' },
    expect: { status: 409, example: 'duplicateContact', code: 'duplicate_resource' },
  },
  {
    operation: 'updateContactById',
    name: 'refuses data that is not valid',
    given: 'contact',
    request: { ...byId, body: { email: 'not an email' } },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
]

const deleteCases: Case[] = [
  {
    operation: 'deleteContact',
    name: 'answers without a body',
    given: 'contact',
    request: byId,
    expect: { status: 204 },
  },
  {
    operation: 'deleteContact',
    name: 'tells that the id is unknown',
    request: byUnknownId,
    expect: { status: 404, example: 'contactNotFound', code: 'not_found' },
  },
]

/** Cases of the operations on contacts. */
export const contactCases: Case[] = [...upsertCases, ...readCases, ...updateCases, ...deleteCases]
