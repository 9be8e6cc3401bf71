import type { Case } from '../case.ts'

const notLive = 'fields cannot be removed again'

/** Cases of the operations on custom fields. */
export const customFieldCases: Case[] = [
  {
    operation: 'listCustomFields',
    name: 'lists the fields',
    given: 'customFields',
    request: {},
    expect: { status: 200, example: 'flat' },
    notLive,
  },
  {
    operation: 'listCustomFields',
    name: 'groups the fields',
    given: 'customFields',
    request: { query: { groupBy: 'category' } },
    expect: { status: 200, example: 'grouped' },
    notLive,
  },
  {
    operation: 'listCustomFields',
    name: 'refuses to group by anything else',
    request: { query: { groupBy: 'type' } },
    expect: { status: 400, example: 'invalidGroupBy', code: 'invalid_group_by' },
  },
  {
    operation: 'createCustomField',
    name: 'creates a text field',
    request: { example: 'textField' },
    expect: { status: 201, example: 'created' },
    notLive,
  },
  {
    operation: 'createCustomField',
    name: 'creates a field with options',
    request: { example: 'selectField' },
    expect: { status: 201, example: 'created' },
    notLive,
  },
  {
    operation: 'createCustomField',
    name: 'refuses a key that exists',
    given: 'customFields',
    request: { example: 'textField' },
    expect: { status: 409, example: 'duplicateKey', code: 'duplicate_resource' },
    notLive,
  },
  {
    operation: 'createCustomField',
    name: 'refuses data that is not valid',
    request: { body: { key: 'NICKNAME', displayName: 'Nickname', type: 'colour' } },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
]
