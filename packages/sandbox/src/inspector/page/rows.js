import { element } from './element.js'

/**
 * One row of a list, and how it is shown.
 * @typedef {object} Item
 * @property {string} key Tells it from the others; links name it.
 * @property {string} version Changes where the row does; the filter looks for its words here.
 * @property {() => (Node | string)[]} cells What is seen while it is closed.
 * @property {() => (Node | string)[]} details What is seen once it is open.
 * @property {{ label: string, run: () => Promise<unknown> }[]} [actions] Buttons beside it.
 */

/**
 * Shows items, and touches only those that are new or have changed: what is open stays open, and what has the focus
 * keeps it.
 * @param {HTMLElement} place
 * @param {readonly Item[]} items
 */
export function showItems(place, items) {
  const wanted = new Set(items.map(({ key }) => key))
  for (const row of [...place.children]) if (!wanted.has(keyOf(row))) row.remove()
  const there = new Map([...place.children].map((row) => [keyOf(row), row]))
  let next = place.firstElementChild
  for (const item of items) {
    const row = there.get(item.key) ?? createRow(item)
    update(row, item)
    if (row === next) next = next.nextElementSibling
    else place.insertBefore(row, next)
  }
}

/**
 * Opens the row of this key, as a link has it, and brings it into view; false where there is none.
 * @param {HTMLElement} place
 * @param {string} key
 */
export function openRow(place, key) {
  const row = [...place.children].find((child) => encodeURIComponent(keyOf(child)) === key)
  const details = row?.querySelector('details')
  if (!details) return false
  details.open = true
  details.querySelector('summary')?.focus()
  details.scrollIntoView({ block: 'nearest' })
  return true
}

/**
 * Moves between rows with the arrows up and down.
 * @param {KeyboardEvent} event
 */
export function moveWithArrows(event) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined || !(event.target instanceof HTMLElement) || event.target.tagName !== 'SUMMARY') return
  const all = [...document.querySelectorAll('summary')]
  all[all.indexOf(event.target) + step]?.focus()
  event.preventDefault()
}

/** @param {Element} row */
const keyOf = (row) => (row instanceof HTMLElement ? (row.dataset.key ?? '') : '')

/** @param {Item} item */
function createRow({ key, actions = [] }) {
  const details = element('details', {}, element('summary', { className: 'row' }), element('div'))
  const row = element('li', {}, details)
  row.dataset.key = key
  if (actions.length === 0) return row
  const buttons = actions.map(({ label, run }) => element('button', { type: 'button', onclick: run }, label))
  row.append(element('div', { className: 'actions' }, ...buttons))
  return row
}

/**
 * @param {Element} row
 * @param {Item} item
 */
function update(row, { version, cells, details }) {
  const place = row.querySelector('details')
  const [summary, body] = place?.children ?? []
  if (!(place && summary && body && row instanceof HTMLElement) || row.dataset.version === version) return
  row.dataset.version = version
  summary.replaceChildren(...cells().map((cell) => element('span', {}, cell)))
  // Most rows are never opened.
  const fill = () => body.replaceChildren(...(place.open ? details() : []))
  place.ontoggle = fill
  fill()
}
