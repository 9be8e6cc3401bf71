import { expect, it } from 'vitest'
import { createCheck } from './check.ts'

const types = ['text', 'number', 'boolean', 'date', 'datetime', 'select', 'json'] as const
const about = { displayName: 'A field', category: null, visibility: true, source: 'Manual' }
const fields = types.map((type, id) => ({
  ...about,
  id,
  type,
  key: type.toUpperCase(),
  ...(type === 'select' && { options: ['free', 'Pro'] }),
}))

/** What becomes of one cell beside an e-mail. */
function read(target: string, text: string, notation: { country?: 'IT'; dates?: 'day-first' | 'month-first' } = {}) {
  const header = ['E-Mail', 'Cell']
  const columns: [string, string][] = [
    ['email', 'E-Mail'],
    [target, 'Cell'],
  ]
  const { body, reason } = createCheck(
    { dates: 'iso', country: undefined, header, columns, ...notation },
    fields,
  )(['anna@example.com', text])
  const { email: _, customFields, marketingConsent, phone } = body ?? { email: '' }
  return reason ?? phone ?? Object.values(customFields ?? marketingConsent ?? {})[0]
}

it.each([
  ['phone', '+39 339-123 (4567)', '+393391234567', {}],
  ['phone', '0039 339 1234567', '+393391234567', { country: 'IT' }],
  ['phone', '339 1234567', '+393391234567', { country: 'IT' }],
  ['phone', '339 1234567', 'Cell: expected a phone such as +39 339 1234567, or one of --country', {}],
  ['customFields.text', ' 007 ', '007', {}],
  ['customFields.number', '007', 7, {}],
  ['customFields.number', '-1234.50', -1234.5, {}],
  ['customFields.number', '1234,5', 1234.5, {}],
  ['customFields.number', '1,234', 'Cell: expected a number such as 1234.5', {}],
  ['customFields.number', '1.234,5', 'Cell: expected a number such as 1234.5', {}],
  ['customFields.number', '0x10', 'Cell: expected a number such as 1234.5', {}],
  ['customFields.number', '1e400', 'Cell: expected a number such as 1234.5', {}],
  ['customFields.number', '9007199254740993', 'Cell: expected a number such as 1234.5', {}],
  ['customFields.number', '9'.repeat(400), 'Cell: expected a number such as 1234.5', {}],
  ['customFields.boolean', 'Sì', true, {}],
  ['customFields.boolean', 'FALSE', false, {}],
  ['customFields.boolean', 'maybe', 'Cell: expected yes or no', {}],
  ['marketingConsent.whatsapp', 'unsubscribed', false, {}],
  ['marketingConsent.email', '2026', 'Cell: expected yes or no', {}],
  ['customFields.date', '2026-11-03', '2026-11-03', {}],
  ['customFields.date', '3/11/2026', '2026-11-03', { dates: 'day-first' }],
  ['customFields.date', '11-3-2026', '2026-11-03', { dates: 'month-first' }],
  ['customFields.date', '3/11/2026', 'Cell: expected a date such as 2026-11-30, or one as --dates says', {}],
  [
    'customFields.date',
    '31/11/2026',
    'Cell: expected a date such as 2026-11-30, or one as --dates says',
    { dates: 'day-first' },
  ],
  ['customFields.datetime', '2026-11-03T10:00:00+01:00', '2026-11-03T09:00:00.000Z', {}],
  ['customFields.datetime', '2026-11-03T10:00', 'Cell: expected a time such as 2026-11-30T09:00:00+01:00', {}],
  ['customFields.select', 'pro', 'Pro', {}],
  ['customFields.select', 'gold', 'Cell: expected free or Pro', {}],
  ['customFields.json', '{"a": [1]}', { a: [1] }, {}],
  ['customFields.json', '{', 'Cell: expected JSON', {}],
] as const)('reads %s %j as %j', (target, text, expected, notation) => {
  expect(read(target, text, notation)).toEqual(expected)
})

it('names every custom field that is not defined', () => {
  expect(() => read('customFields.colour', 'red')).toThrow(
    '(TEXT, NUMBER, BOOLEAN, DATE, DATETIME, SELECT, JSON); found colour',
  )
})
