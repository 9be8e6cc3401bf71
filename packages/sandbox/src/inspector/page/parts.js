import { element } from './element.js'

/**
 * A time in short, with all of it for who asks.
 * @param {string | null} at ISO 8601
 * @returns {Node | string}
 */
export function showTime(at) {
  return at === null ? '–' : element('time', { dateTime: at, title: at }, at.slice(5, 19).replace('T', ' '))
}

/**
 * A value as JSON on several lines, its parts in colours. A text that is JSON is shown as what it says.
 * @param {unknown} value
 * @returns {HTMLElement}
 */
export function showJson(value) {
  const text = typeof value === 'string' ? format(value) : JSON.stringify(value, null, 2)
  // Much text in colours is slow to show.
  const parts = text.length > 50_000 ? [text] : text.split(/("(?:[^"\\]|\\.)*"(?:\s*:)?)/)
  const shown = parts.map((part) =>
    part.startsWith('"') ? element('span', { className: part.endsWith(':') ? 'key' : 'string' }, part) : part,
  )
  // It scrolls, which the keyboard must be able to do too.
  return element('pre', { tabIndex: 0 }, ...shown)
}

/** @param {string} text */
function format(text) {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/**
 * A word that a colour sets apart; the word says it alone too.
 * @param {string} text
 * @param {string} kind
 */
export const badge = (text, kind) => element('span', { className: `badge ${kind.replaceAll('.', '-')}` }, text)

/**
 * @param {number} count
 * @param {string} what
 */
export const countOf = (count, what) => `${count} ${what}${count === 1 ? '' : 's'}`

/**
 * Links to rows of a view; `undefined` where there are none.
 * @param {string} view
 * @param {readonly string[]} keys
 */
export function links(view, keys) {
  if (keys.length === 0) return undefined
  const all = keys.map((key) => element('a', { href: `#${view}/${encodeURIComponent(key)}` }, key))
  return element('span', { className: 'links' }, ...all)
}

/**
 * Names and what they are; what is `undefined` is left out.
 * @param {Record<string, Node | string | undefined>} entries
 */
export function facts(entries) {
  const rows = Object.entries(entries).flatMap(([name, value]) =>
    value === undefined ? [] : [element('dt', {}, name), element('dd', {}, value)],
  )
  return element('dl', {}, ...rows)
}
