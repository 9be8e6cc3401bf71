import { element } from './element.js'
import { badge, countOf, facts, links, showJson, showTime } from './parts.js'

/** @import { JournalEntry } from '../../journal/journal-entry.ts' */
/** @import { Item } from './rows.js' */

/**
 * @param {JournalEntry} entry
 * @returns {Item}
 */
export function toRequestItem(entry) {
  const { id, at, duration, operation, request, response, refusal, fault, events, runs } = entry
  const { method, path, query } = request
  const { status } = response
  const target = query === '' ? path : `${path}?${query}`
  const outcome = [
    ...(refusal ? [refusal.code] : []),
    ...(fault ? ['fault'] : []),
    ...(events.length > 0 ? [countOf(events.length, 'event')] : []),
    ...(runs.length > 0 ? [countOf(runs.length, 'run')] : []),
  ].join(' · ')
  return {
    key: id,
    version: JSON.stringify(entry),
    cells: () => [
      showTime(at),
      element('span', {}, badge(method, method), ' ', element('code', {}, target)),
      badge(String(status), kindOf(status)),
      `${Math.round(duration)} ms`,
      outcome,
    ],
    details: () => [
      ...(refusal
        ? [element('p', { className: 'refusal' }, element('strong', {}, refusal.code), ` ${refusal.message}`)]
        : []),
      facts({
        Operation: operation ?? 'none',
        'Refused by': refusal?.rule,
        Fault: fault ? JSON.stringify(fault) : undefined,
        Events: links('events', events),
        Runs: links(
          'runs',
          runs.map(({ id }) => id),
        ),
      }),
      element('div', { className: 'pair' }, showSide('Request', request), showSide(`Answer ${status}`, response)),
    ],
  }
}

/**
 * A request or an answer as it went over the wire.
 * @param {string} title
 * @param {JournalEntry['request'] | JournalEntry['response']} message
 */
function showSide(title, { headers, body }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return element(
    'section',
    {},
    element('h3', {}, title),
    body ? showJson(body) : element('p', { className: 'quiet' }, 'No body'),
    element('pre', { tabIndex: 0, className: 'headers' }, lines.join('\n')),
  )
}

/** @param {number} status */
const kindOf = (status) => (status < 300 ? 'sent' : status < 500 ? 'pending' : 'failed')
