import { call } from './control-api.js'
import { element } from './element.js'
import { badge, countOf, facts, links, showJson, showTime } from './parts.js'

/** @import { Run } from '../../automations/runs.ts' */
/** @import { EventContact, SandboxEvent } from '../../events/event.ts' */
/** @import { ActiveFaultRule } from '../../faults/fault.ts' */
/** @import { OutboxMessage } from '../../messages/message.ts' */
/** @import { Act } from './controls.js' */
/** @import { Item } from './rows.js' */

/**
 * @param {SandboxEvent} event
 * @returns {Item}
 */
export function toEventItem(event) {
  const { id, type, at, contact, changes } = event
  const rows = changes.map(({ field, before, after }) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, field),
      ...[before, after].map((value) => element('td', {}, JSON.stringify(value))),
    ),
  )
  const heads = ['Field', 'Before', 'After'].map((text) => element('th', { scope: 'col' }, text))
  return {
    key: id,
    version: JSON.stringify(event),
    cells: () => [
      showTime(at),
      badge(type.replace('contact.', '').replace('_', ' '), type),
      nameOf(contact),
      changes.map(({ field, after }) => `${field}: ${brief(after)}`).join(' · '),
    ],
    details: () => [
      facts({ Event: id, Type: type, Contact: links('contacts', [String(contact.id)]) }),
      element('table', {}, element('thead', {}, element('tr', {}, ...heads)), element('tbody', {}, ...rows)),
      showJson(contact),
    ],
  }
}

/**
 * @param {EventContact} contact
 * @returns {Item}
 */
export function toContactItem(contact) {
  const { id, email, phone, marketing_consent: consent, deleted, status } = contact
  const agreed = Object.entries(consent).flatMap(([channel, value]) =>
    value === null ? [] : [`${value ? '✓' : '✗'} ${channel}`],
  )
  return {
    key: String(id),
    version: JSON.stringify(contact),
    cells: () => [
      String(id),
      email ?? '–',
      phone ?? '–',
      agreed.join(' ') || '–',
      deleted ? badge('deleted', 'failed') : badge(status, 'sent'),
    ],
    details: () => [showJson(contact)],
  }
}

/**
 * @param {Run} run
 * @returns {Item}
 */
export function toRunItem(run) {
  const { id, automation, event, status, attempts, nextAt, webhook, lastError } = run
  return {
    key: id,
    version: JSON.stringify(run),
    cells: () => [automation, event, badge(status, status), String(attempts), showTime(nextAt), webhook],
    details: () => [
      facts({ Run: id, Event: links('events', [event]), 'Last error': lastError ?? undefined }),
      showJson(run),
    ],
  }
}

/**
 * @param {OutboxMessage} message
 * @param {Act} act
 * @returns {Item}
 */
export function toMessageItem(message, act) {
  const { id, channel, to, subject, template, status, createdAt, firstOpenAt, clickCount, text, html } = message
  const engage = (/** @type {'open' | 'click'} */ what) => () =>
    act(`The recipient has followed the message: ${what}.`, () =>
      call('POST', `outbox/${encodeURIComponent(id)}/${what}`),
    )
  const followed = [...(firstOpenAt ? ['opened'] : []), ...(clickCount > 0 ? [countOf(clickCount, 'click')] : [])]
  return {
    key: id,
    version: JSON.stringify(message),
    cells: () => [
      showTime(createdAt),
      channel,
      to,
      subject ?? template ?? '–',
      badge(status, status),
      followed.join(' · ') || '–',
    ],
    details: () => [
      ...[text, html].filter((part) => part !== null).map((part) => element('pre', { tabIndex: 0 }, part)),
      showJson({ ...message, text: undefined, html: undefined }),
    ],
    actions: [
      { label: 'Open', run: engage('open') },
      { label: 'Click', run: engage('click') },
    ],
  }
}

/**
 * @param {ActiveFaultRule} rule
 * @param {Act} act
 * @returns {Item}
 */
export function toFaultItem(rule, act) {
  const { id, fault, operation, nth, probability, seed = 1, seen, hit } = rule
  const which = [
    ...(nth === undefined ? [] : [`call no. ${[nth].flat().join(', ')}`]),
    ...(probability === undefined ? [] : [`${probability * 100} %, seed ${seed}`]),
  ]
  const what = Object.entries(fault).map(([name, value]) => `${name} ${value}`)
  return {
    key: String(id),
    version: JSON.stringify(rule),
    cells: () => [operation ?? 'any', what.join(' · '), which.join(' · ') || 'every call', `${hit} of ${seen}`],
    details: () => [showJson(rule)],
    actions: [{ label: 'Remove', run: () => act('The fault has been removed.', () => call('DELETE', `faults/${id}`)) }],
  }
}

/** @param {EventContact} contact */
const nameOf = ({ id, email, phone }) => email ?? phone ?? `#${id}`

/** @param {unknown} value */
function brief(value) {
  const text = JSON.stringify(value)
  return text.length > 60 ? `${text.slice(0, 60)}…` : text
}
