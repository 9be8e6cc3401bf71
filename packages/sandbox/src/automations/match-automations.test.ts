import { expect, test } from 'vitest'
import { emptyContact, showEventContact } from '../contacts/stored-contact.ts'
import { type Automation, matchAutomations } from './match-automations.ts'

const customFields = { address: { city: 'Torino' }, plan: 'pro', size: { a: 1, b: [2] }, gone: null, 'a.b': { c: 1 } }

const event = {
  contact: showEventContact({ ...emptyContact(7), customFields }),
  type: 'contact.updated',
  company: 7,
  changes: [
    { field: 'customFields.address.city', before: 'Roma', after: 'Torino' },
    { field: 'customFields.gone.city', before: 'Roma', after: null },
    { field: 'customFields["a.b"].c', before: null, after: 1 },
    { field: 'customFields.plan', before: 'free', after: 'pro' },
    { field: 'customFields.size', before: null, after: { a: 1, b: [2] } },
    { field: 'phone', before: '+393391234567', after: null },
  ],
} as const

test.each<[string, Partial<Automation>, boolean]>([
  ['the event alone', {}, true],
  ['another event', { when: 'contact.created' }, false],
  ['its company', { company: 7 }, true],
  ['another company', { company: 8 }, false],
  ['a field that changed', { field: 'customFields.plan' }, true],
  ['a field above one that changed', { field: 'customFields.address' }, true],
  ['a field below one that changed', { field: 'customFields.plan.name' }, false],
  ['a field whose name only begins alike', { field: 'customFields.pla' }, false],
  ['a field that did not change', { field: 'email' }, false],
  ['the new value', { field: 'customFields.plan', to: 'pro' }, true],
  ['the old value', { field: 'customFields.plan', to: 'free' }, false],
  ['the new value of another field', { field: 'customFields.plan', to: 'Torino' }, false],
  ['a new value of any field', { to: 'Torino' }, true],
  ['an object, in whatever order', { field: 'customFields.size', to: { b: [2], a: 1 } }, true],
  ['an object whose fields changed', { field: 'customFields.address', to: { city: 'Torino' } }, true],
  ['an object that any field became', { to: { c: 1 } }, true],
  ['an object that the field is not', { field: 'customFields.address', to: { city: 'Roma' } }, false],
  ['an object beside those that changed', { field: 'customFields.plan', to: { city: 'Torino' } }, false],
  ['an object under a key that is quoted', { field: 'customFields["a.b"]', to: { c: 1 } }, true],
  ['an object that is no more', { field: 'customFields.gone', to: null }, true],
  ['no value any more', { field: 'phone', to: null }, true],
])('an automation for %s', (_for, conditions, matches) => {
  const automation: Automation = { name: 'a', when: 'contact.updated', webhook: 'https://example.com', ...conditions }
  const changes = [...event.changes]
  expect(matchAutomations([automation], { ...event, changes })).toEqual(matches ? [automation] : [])
})
