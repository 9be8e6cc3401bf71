import { expect, test } from 'vitest'
import { type Automation, matchAutomations } from './match-automations.ts'

const event = {
  type: 'contact.updated',
  company: 7,
  changes: [
    { field: 'customFields.address.city', before: 'Roma', after: 'Torino' },
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
  ['no value any more', { field: 'phone', to: null }, true],
])('an automation for %s', (_for, conditions, matches) => {
  const automation: Automation = { name: 'a', when: 'contact.updated', webhook: 'https://example.com', ...conditions }
  const changes = [...event.changes]
  expect(matchAutomations([automation], { ...event, changes })).toEqual(matches ? [automation] : [])
})
