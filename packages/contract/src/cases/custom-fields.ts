import type { Case } from '../case.ts'

/** Cases of the operations on custom fields. */
export const customFieldCases: Case[] = [
  { operation: 'listCustomFields', name: 'lists the fields', request: {}, expect: { status: 200, example: 'flat' } },
  {
    operation: 'listCustomFields',
    name: 'groups the fields',
    request: { query: { groupBy: 'category' } },
    expect: { status: 200, example: 'grouped' },
  },
  {
    operation: 'listCustomFields',
    name: 'refuses to group by anything else',
    request: {},
    expect: { status: 400, example: 'invalidGroupBy', code: 'invalid_group_by' },
  },
  {
    operation: 'createCustomField',
    name: 'creates a text field',
    request: { example: 'textField' },
    expect: { status: 201, example: 'created' },
  },
  {
    operation: 'createCustomField',
    name: 'creates a field with options',
    request: { example: 'selectField' },
    expect: { status: 201, example: 'created' },
  },
  {
    operation: 'createCustomField',
    name: 'refuses a key that exists',
    request: { example: 'textField' },
    expect: { status: 409, example: 'duplicateKey', code: 'duplicate_resource' },
  },
  {
    operation: 'createCustomField',
    name: 'refuses data that is not valid',
    request: { example: 'textField' },
    expect: { status: 422, example: 'validationError', code: 'validation_error' },
  },
]
