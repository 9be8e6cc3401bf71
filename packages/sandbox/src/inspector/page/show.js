import { element, find } from './element.js'
import { showItems } from './rows.js'

/** @import { Item } from './rows.js' */
/** @import { View } from './views.js' */
/** @typedef {{ time: string, contacts: number, events: number }} Health */

/**
 * Shows a view: the items that have the words, or a hint where there are none.
 * @param {View} view
 * @param {readonly Item[]} items
 * @param {object} options
 * @param {string} options.words
 * @param {string} options.hint
 */
export function showView({ name, title, heads }, items, { words, hint }) {
  const found = items.filter(({ version }) => version.toLowerCase().includes(words.toLowerCase()))
  find('title', HTMLHeadingElement).textContent = title
  document.title = `${title} – Minimo sandbox`
  find('add-fault', HTMLFormElement).hidden = name !== 'faults'
  find('hint', HTMLParagraphElement).textContent = found.length > 0 ? '' : hint
  const place = find('heads', HTMLDivElement)
  place.replaceChildren(...heads.map((head) => element('span', {}, head)))
  const list = find('list', HTMLOListElement)
  list.dataset.view = place.dataset.view = name
  showItems(list, found)
}

/** @param {Health} health */
export function showHealth({ time, contacts, events }) {
  showPill('well', 'Running')
  find('now', HTMLTimeElement).textContent = time.slice(0, 19).replace('T', ' ')
  find('counts', HTMLParagraphElement).textContent =
    `${contacts.toLocaleString('en')} contacts, ${events.toLocaleString('en')} events`
}

/** @param {unknown} error */
export const showTrouble = (error) => showPill('trouble', `Not answering: ${messageOf(error)}`)

/**
 * Says what has come of something, until there is something else to say.
 * @param {string} words
 * @param {'' | 'trouble'} [kind]
 */
export function say(words, kind = '') {
  const notice = find('notice', HTMLParagraphElement)
  notice.textContent = words
  notice.className = kind
}

/** @param {unknown} error */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error))

/**
 * @param {'well' | 'trouble'} kind
 * @param {string} words
 */
function showPill(kind, words) {
  const pill = find('health', HTMLParagraphElement)
  pill.className = `pill ${kind}`
  pill.textContent = words
}
