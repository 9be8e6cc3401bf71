import { call } from './control-api.js'
import { element, find } from './element.js'

/**
 * Does what a button is for, then says these words, or why it failed.
 * @typedef {(words: string, work: () => Promise<unknown>) => Promise<unknown>} Act
 */

/**
 * Connects the forms and buttons of the page with the control API.
 * @param {object} options
 * @param {Act} options.act
 * @param {readonly string[]} options.operations The operations that a fault may be for.
 */
export function connectControls({ act, operations }) {
  const addFault = find('add-fault', HTMLFormElement)
  addFault.querySelector('select')?.append(...operations.map((name) => element('option', {}, name)))
  onSubmit('add-fault', (fields) => {
    const { operation, nth, ...fault } = fields
    return act('The fault is in force.', () => call('POST', 'faults', { operation, nth, fault }))
  })
  onSubmit('advance', ({ count, unit }) => {
    const advance = Number(count) * Number(unit)
    return act('The clock has moved, and what fell due is delivered.', () => call('POST', 'clock', { advance }))
  })
  onSubmit('seed', ({ contacts }) => act('The demo contacts are there.', () => call('POST', 'seed', { contacts })))
  find('reset', HTMLButtonElement).onclick = async () => {
    if (!(await confirm('Forget everything that is in this sandbox, and put the clock back?'))) return
    await act('Everything is forgotten.', () => call('POST', 'reset'))
  }
  const snapshot = find('snapshot', HTMLInputElement)
  find('restore', HTMLButtonElement).onclick = () => snapshot.click()
  snapshot.onchange = async () => {
    const [file] = snapshot.files ?? []
    if (file && (await confirm(`Replace everything that is in this sandbox with ${file.name}?`))) {
      await act('The snapshot is restored.', () => call('PUT', 'snapshot', file))
    }
    // The same file may be chosen again.
    snapshot.value = ''
  }
}

/**
 * Hands a form's fields on when it is sent: those that are empty left out, numbers as numbers.
 * @param {string} id
 * @param {(fields: Record<string, string | number>) => Promise<unknown>} use
 */
function onSubmit(id, use) {
  const form = find(id, HTMLFormElement)
  form.onsubmit = async (event) => {
    event.preventDefault()
    const given = [...new FormData(form)].filter(([, value]) => value !== '')
    const isNumber = (/** @type {string} */ name) => form.querySelector(`input[type=number][name=${name}]`) !== null
    const fields = given.map(([name, value]) => [name, isNumber(name) ? Number(value) : String(value)])
    await use(Object.fromEntries(fields))
  }
}

/**
 * Asks before something is lost.
 * @param {string} question
 * @returns {Promise<boolean>}
 */
function confirm(question) {
  const dialog = find('confirm', HTMLDialogElement)
  find('question', HTMLParagraphElement).textContent = question
  dialog.returnValue = ''
  dialog.showModal()
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === 'yes')
  })
}
