import { call } from './control-api.js'
import { connectControls } from './controls.js'
import { element, find } from './element.js'
import { createFeed } from './feed.js'
import { inTurn, repeat, soon } from './pace.js'
import { moveWithArrows, openRow } from './rows.js'
import { messageOf, say, showHealth, showTrouble, showView } from './show.js'
import { createViews } from './views.js'

/** @import { Health } from './show.js' */
/** @import { View } from './views.js' */

/** How long to wait between two looks at least, in milliseconds: nothing tells of anything but events. */
const pause = 1000

/** How long to wait after an event, in milliseconds: many may come at once. */
const eventPause = 150

const list = find('list', HTMLOListElement)
const filter = find('filter', HTMLInputElement)

/** Shows the sandbox, and goes on showing it. */
async function start() {
  /** @type {{ operations: string[], eventTypes: string[] }} */
  const { operations, eventTypes } = await call('GET', 'inspector/names.json')
  let contacts = 0
  /** The row to open once it is there. */
  let wanted = ''

  const refresh = inTurn(async () => {
    try {
      /** @type {Health} */
      const health = await call('GET', 'health')
      contacts = health.contacts
      showHealth(health)
      if (!document.hidden) await feed.keep(health.events)
      await showCurrent(views)
      if (wanted !== '' && openRow(list, wanted)) wanted = ''
    } catch (error) {
      showTrouble(error)
    }
  })
  const act = createAct(refresh)
  const feed = createFeed({ types: eventTypes, onEvent: soon(refresh, eventPause) })
  const views = createViews({ readEvents: feed.events, countContacts: () => contacts, act })

  function navigate() {
    const { view, key } = readAddress(views)
    wanted = key
    // It may be none of the newest.
    filter.value = view.name === 'contacts' ? key : ''
    list.replaceChildren()
    for (const link of document.querySelectorAll('nav a')) {
      link.ariaCurrent = link.getAttribute('href') === `#${view.name}` ? 'page' : null
    }
    return refresh()
  }

  find('views', HTMLElement).append(...views.map(({ name, title }) => element('a', { href: `#${name}` }, title)))
  connectControls({ act, operations })
  filter.oninput = refresh
  list.onkeydown = moveWithArrows
  addEventListener('hashchange', navigate)
  addEventListener('visibilitychange', () => (document.hidden ? feed.stop() : refresh()))
  await navigate()
  await repeat(refresh, pause)
}

/** @param {[View, ...View[]]} views */
async function showCurrent(views) {
  const { view } = readAddress(views)
  const words = filter.value.trim()
  /** @type {import('./rows.js').Item[]} */
  let items = []
  let hint = view.hint
  try {
    items = await view.load(words)
  } catch (error) {
    // Such as that the sandbox was told to keep no requests.
    hint = messageOf(error)
  }
  // Whoever has gone elsewhere meanwhile has asked for that already.
  if (view === readAddress(views).view) showView(view, items, { words, hint })
}

/**
 * What the page's address names, as in `#events/evt_1`: a view, else the first, and a row of it, if any.
 * @param {[View, ...View[]]} views
 */
function readAddress(views) {
  const [name, key = ''] = location.hash.slice(1).split('/')
  return { view: views.find((view) => view.name === name) ?? views[0], key }
}

/**
 * @param {() => Promise<void>} refresh
 * @returns {import('./controls.js').Act}
 */
function createAct(refresh) {
  return async (words, work) => {
    try {
      await work()
      say(words)
    } catch (error) {
      say(messageOf(error), 'trouble')
    }
    await refresh()
  }
}

await start().catch(showTrouble)
