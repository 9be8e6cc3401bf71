import { expect, it } from 'vitest'
import { redact } from './redact.ts'

const pii = ['path.email', 'body.email', 'body.phone', 'body.customFields', 'body.list.*.text']

const email = 'Anna.Röß+tag@example.com'

const spellings: [how: string, text: string][] = [
  ['as it is', email],
  ['in upper case', email.toUpperCase().replace('RÖSS', 'RÖß')],
  ['in lower case', email.toLowerCase()],
  ['percent-encoded', encodeURIComponent(email)],
  ['percent-encoded in lower case', encodeURIComponent(email).toLowerCase()],
  ['encoded as a URL', encodeURI(email)],
  ['encoded as a form', new URLSearchParams({ '': email }).toString().slice(1)],
]
it.each(spellings)('E4: replaces a value %s', (_, text) => {
  expect(redact(`no contact has ${text}, sorry`, { body: { email } }, pii)).toBe('no contact has [redacted], sorry')
})

const texts: [value: string, text: string][] = [
  ['Ciao Anna', 'Ciao%20Anna'],
  ['Ciao Anna', 'Ciao+Anna'],
  ["anna.o'neil@example.com", 'anna.o%27neil%40example.com'],
  ['a(b)*c!', 'a%28b%29%2Ac%21'],
  ['(.*)+[a]{2}|^$\\/', '(.*)+[a]{2}|^$\\/'],
  ['$&', '$&'],
]
it.each(texts)('E4: replaces the value %j where it is written %j', (value, text) => {
  expect(redact(`bad "${text}"`, { body: { email: value } }, pii)).toBe('bad "[redacted]"')
})

it('E4: replaces values anywhere under a marked place, numbers too', () => {
  const request = {
    body: {
      phone: '+391234567',
      customFields: { CITY: 'Torino', deep: { more: ['Via Po'] }, AGE: 34567 },
      list: [{ text: 'first one' }, { text: 'second one', type: 'kind' }],
    },
  }
  const text = '+391234567 Torino Via Po 34567 first one second one kind'
  expect(redact(text, request, pii)).toBe(`${'[redacted] '.repeat(6)}kind`)
})

it('E4: a value inside another leaves nothing of it behind', () => {
  const request = { body: { email: 'anna', customFields: { MAIL: 'anna@example.com' } } }
  expect(redact('anna@example.com and anna', request, pii)).toBe('[redacted] and [redacted]')
})

it('E4: a short value is replaced only as a whole word', () => {
  const request = { body: { customFields: { A: 'it', B: 7 } } }
  expect(redact('it has 17 items, 7 of it', request, pii)).toBe('[redacted] has 17 items, [redacted] of [redacted]')
})

it('E4: leaves alone what is not marked, and empty values', () => {
  const request = {
    path: { id: 'secretless' },
    body: { name: 'Torino', email: '', customFields: { X: null, Y: true } },
  }
  expect(redact('Torino secretless null true', request, pii)).toBe('Torino secretless null true')
  expect(redact('Torino', { body: { email: 'Torino' } })).toBe('Torino')
})

it.each([
  [{}],
  [{ body: undefined }],
  [{ body: null }],
  [{ body: 'text' }],
  [{ body: [] }],
  [{ body: { list: 'text', customFields: 0 } }],
])('E4: takes a request of any shape: %o', (request) => {
  expect(redact('a message', request, pii)).toBe('a message')
})

it('E4: survives a value that is no valid Unicode', () => {
  expect(redact('bad \ud800abcd', { body: { email: '\ud800abcd' } }, pii)).not.toContain('abcd')
})
