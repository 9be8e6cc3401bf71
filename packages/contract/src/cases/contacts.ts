import type { Case } from '../case.ts'

const byEmail = { path: { email: 'anna@example.com' } }
const byId = { path: { id: 42 } }

/** Cases of the operations on contacts. */
export const contactCases: Case[] = [
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
    name: 'refuses data that is not valid',
    request: { example: 'byEmail' },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
  {
    operation: 'upsertContact',
    name: 'refuses a phone that is none',
    request: { example: 'byPhone' },
    expect: { status: 422, example: 'invalidPhoneNumber', code: 'invalid_phone_number' },
  },
  {
    operation: 'getContactByEmail',
    name: 'finds a contact',
    request: byEmail,
    expect: { status: 200, example: 'found' },
  },
  {
    operation: 'getContactByEmail',
    name: 'refuses what is no email',
    request: byEmail,
    expect: { status: 400, example: 'invalidEmail', code: 'bad_request' },
  },
  {
    operation: 'getContactByEmail',
    name: 'tells that nobody has the email',
    request: byEmail,
    expect: { status: 404, example: 'notFound', code: 'not_found' },
  },
  {
    operation: 'updateContactById',
    name: 'changes the email',
    request: { ...byId, example: 'changeEmail' },
    expect: { status: 200, example: 'updated' },
  },
  {
    operation: 'updateContactById',
    name: 'changes custom fields',
    request: { ...byId, example: 'updateCustomFields' },
    expect: { status: 200, example: 'updated' },
  },
  {
    operation: 'updateContactById',
    name: 'changes marketing consent',
    request: { ...byId, example: 'updateMarketingConsent' },
    expect: { status: 200, example: 'updated' },
  },
  {
    operation: 'updateContactById',
    name: 'never creates: an unknown id is not found',
    request: { ...byId, example: 'changeEmail' },
    expect: { status: 404, example: 'contactNotFound', code: 'not_found' },
  },
  {
    operation: 'updateContactById',
    name: 'refuses data that is not valid',
    request: { ...byId, example: 'changeEmail' },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
  { operation: 'deleteContact', name: 'answers without a body', request: byId, expect: { status: 204 } },
  {
    operation: 'deleteContact',
    name: 'tells that the id is unknown',
    request: byId,
    expect: { status: 404, example: 'contactNotFound', code: 'not_found' },
  },
]
