import { createNumberedTail, createTail, list } from './control-api.js'
import { toContactItem, toEventItem, toFaultItem, toMessageItem, toRunItem } from './items.js'
import { toRequestItem } from './request-item.js'

/** @import { Run } from '../../automations/runs.ts' */
/** @import { EventContact, SandboxEvent } from '../../events/event.ts' */
/** @import { ActiveFaultRule } from '../../faults/fault.ts' */
/** @import { OutboxMessage } from '../../messages/message.ts' */
/** @import { Act } from './controls.js' */
/** @import { JournalEntry } from '../../journal/journal-entry.ts' */
/** @import { Item } from './rows.js' */

/**
 * One list of the sandbox.
 * @typedef {object} View
 * @property {string} name In the page's address.
 * @property {string} title
 * @property {string} hint What is said where there is nothing.
 * @property {string[]} heads What the cells are.
 * @property {(words: string) => Promise<Item[]>} load The newest first; the words are what the filter holds.
 */

/**
 * All views, in the order of the page.
 * @param {object} options
 * @param {() => SandboxEvent[]} options.readEvents
 * @param {() => number} options.countContacts
 * @param {Act} options.act
 * @returns {[View, ...View[]]}
 */
export function createViews({ readEvents, countContacts, act }) {
  const loadRequests = createTail('requests', (/** @type {JournalEntry} */ { id }) => id)
  const loadRuns = createTail('runs', (/** @type {Run} */ { id }) => id)
  const loadOutbox = createTail('outbox', (/** @type {OutboxMessage} */ { id }) => id)
  return [
    {
      name: 'requests',
      title: 'Requests',
      hint: 'No request yet. Call the API, and each call shows here with its answer.',
      heads: ['Time', 'Request', 'Answer', 'Took', 'What came of it'],
      load: async () => (await loadRequests()).map(toRequestItem).reverse(),
    },
    {
      name: 'events',
      title: 'Events',
      hint: 'No event yet. Change a contact, and what changed shows here at once.',
      heads: ['Time', 'Event', 'Contact', 'Changes'],
      load: async () => readEvents().map(toEventItem).reverse(),
    },
    {
      name: 'contacts',
      title: 'Contacts',
      hint: 'No such contact. A whole e-mail address, phone or id finds any; other words look at the newest.',
      heads: ['Id', 'E-mail', 'Phone', 'Consent', 'State'],
      load: async (words) => (await loadContacts(words, countContacts())).map(toContactItem).reverse(),
    },
    {
      name: 'runs',
      title: 'Runs',
      hint: 'No run yet. An automation that an event sets off shows here, and how its webhook was told.',
      heads: ['Automation', 'Event', 'Status', 'Attempts', 'Next', 'Webhook'],
      load: async () => (await loadRuns()).map(toRunItem).reverse(),
    },
    {
      name: 'outbox',
      title: 'Outbox',
      hint: 'No message yet. What is sent stays here, and reaches nobody.',
      heads: ['Time', 'Channel', 'To', 'Subject', 'Status', 'Followed'],
      load: async () => (await loadOutbox()).map((message) => toMessageItem(message, act)).reverse(),
    },
    {
      name: 'faults',
      title: 'Faults',
      hint: 'No fault. Add one above, and it befalls the calls that it is for.',
      heads: ['Operation', 'Fault', 'Which calls', 'Hit'],
      load: async () => {
        /** @type {ActiveFaultRule[]} */
        const rules = await list('faults', {})
        return rules.map((rule) => toFaultItem(rule, act))
      },
    },
  ]
}

/**
 * What the words name, among all contacts; else the newest.
 * @param {string} words
 * @param {number} count How many contacts there are.
 * @returns {Promise<EventContact[]>}
 */
async function loadContacts(words, count) {
  if (/^\S+@\S+$/.test(words)) return list('contacts', { email: words })
  if (/^\+\d+$/.test(words)) return list('contacts', { phone: words })
  if (/^[1-9]\d{0,14}$/.test(words)) return list('contacts', { id: Number(words) })
  const read = await createNumberedTail('contacts', (/** @type {EventContact} */ { id }) => id, count)
  return read()
}
