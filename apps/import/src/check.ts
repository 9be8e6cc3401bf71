import type { ContactUpsert, CustomFields } from '@minimo/client'
import { parsePhoneNumberWithError } from 'libphonenumber-js/min'
import { z } from 'zod'
import type { Config } from './config.ts'

type Notation = Pick<Config, 'country' | 'dates'>

const yes = /^(true|yes|y|1|on|s[iì]|subscribed)$/i
const no = /^(false|no|n|0|off|unsubscribed)$/i
// What is larger would be rounded.
const exact = z.number().refine((value) => Math.abs(value) < 2 ** 53)
const dateOrder = { iso: '$&', 'day-first': '$3-$2-$1', 'month-first': '$3-$1-$2' }

function match(text: string, pattern: RegExp): string {
  if (!pattern.test(text)) throw new Error('It does not match.')
  return text
}

/** What gives the value of a cell, or throws: by kind of column, and by type of custom field. */
function createReaders({ country, dates }: Notation): Record<string, (text: string) => unknown> {
  const boolean = (text: string) => yes.test(text) || !match(text, no)
  return {
    email: (text) => match(text, z.regexes.html5Email),
    phone: (text) => match(parsePhoneNumberWithError(text, country).number, z.regexes.e164),
    marketingConsent: boolean,
    boolean,
    number: (text) => exact.parse(Number(match(text, /^-?\d+(\.\d+|,\d\d?)?$/).replace(',', '.'))),
    date(text) {
      const ordered = text.replace(/^(\d\d?)[./-](\d\d?)[./-](\d{4})$/, dateOrder[dates])
      return z.iso.date().parse(ordered.replace(/-(\d)(?!\d)/g, '-0$1'))
    },
    datetime: (text) => new Date(z.iso.datetime({ offset: true }).parse(text)).toISOString(),
    json: JSON.parse,
  }
}

const examples: Record<string, string> = {
  email: 'an e-mail such as anna@example.com',
  phone: 'a phone such as +39 339 1234567, or one of --country',
  number: 'a number such as 1234.5',
  date: 'a date such as 2026-11-30, or one as --dates says',
  datetime: 'a time such as 2026-11-30T09:00:00+01:00',
  json: 'JSON',
}

/** A row: the cells as they are, and the contact to send, or why it is not sent. */
export type CheckedRow = { cells: readonly string[]; body?: ContactUpsert; reason?: string }

/**
 * Makes the check of a file's rows. Custom fields are checked as the API defines them. An empty cell is left out: what
 * the contact has there stays. Throws where fields are not defined, naming all.
 */
export function createCheck(
  { columns, header, ...notation }: Notation & Pick<Config, 'header' | 'columns'>,
  fields: Awaited<ReturnType<CustomFields['list']>>,
): (cells: readonly string[]) => CheckedRow {
  const readers = createReaders(notation)
  const places = columns.map(([target, column]) => {
    const [kind = '', name = ''] = target.split(/\.(.*)/s)
    const field = kind === 'customFields' ? fields.find(({ key }) => key.toLowerCase() === name.toLowerCase()) : null
    const { key, type, options = [] } = field ?? { key: name, type: kind }
    const isSame = (text: string) => (option: string) => option.toLowerCase() === text.toLowerCase()
    const choose = (text: string) => z.string().parse(options.find(isSame(text)))
    const read = options.length > 0 ? choose : (readers[type] ?? String)
    const expected = options.join(' or ') || (examples[type] ?? 'yes or no')
    return { kind, key, column, index: header.indexOf(column), read, expected, isUnknown: field === undefined }
  })
  const unknown = places.flatMap(({ isUnknown, key }) => (isUnknown ? [key] : [])).join(', ')
  const known = fields.map(({ key }) => key).join(', ') || 'none'
  if (unknown) throw new Error(`expected custom fields that are defined (${known}); found ${unknown}`)

  return (cells) => {
    if (cells.length !== header.length)
      return { cells, reason: `expected ${header.length} cells; found ${cells.length}` }
    const body: Record<string, unknown> = {}
    const reasons: string[] = []
    for (const { kind, key, column, index, read, expected } of places) {
      const text = cells[index]?.trim()
      if (!text) continue
      try {
        body[kind] = key ? { ...Object(body[kind]), [key]: read(text) } : read(text)
      } catch {
        reasons.push(`${column}: expected ${expected}`)
      }
    }
    if (reasons.length === 0 && !body.email && !body.phone) reasons.push('expected an e-mail or a phone')
    // Sound because each reader gives what the API takes there.
    return reasons.length > 0 ? { cells, reason: reasons.join('; ') } : { cells, body: body as ContactUpsert }
  }
}
