import { hash } from 'node:crypto'
import { html } from 'hono/html'
import { type Channel, type Chosen, channels } from './record.ts'
import en from './texts/en.json' with { type: 'json' }
import it from './texts/it.json' with { type: 'json' }

const identify = (words: typeof en) => ({ ...words, wording: hash('sha256', JSON.stringify(words)).slice(0, 16) })

/** The languages of the pages, by code: all their texts, and in `wording` an id of exactly these texts. */
export const languages = { en: identify(en), it: identify(it) }
type Texts = (typeof languages)['en']

const layout = (texts: Texts, title: string, body: ReturnType<typeof html>) => html`<!doctype html>
<html lang="${texts.language}"><head><meta charset="utf-8"><title>${title} – ${texts.sender}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header>${texts.sender}</header><main><h1>${title}</h1>${body}</main><footer>${texts.footer}</footer></body></html>`

// In focus from the start, so that a screen reader begins with it.
const tell = (text: string, kind = '') => html`<p role="status" class="${kind}" tabindex="-1" autofocus>${text}</p>`

const describe = (texts: Texts, chosen: Chosen | undefined) => {
  const format = new Intl.DateTimeFormat(texts.language, { dateStyle: 'long', timeStyle: 'short' })
  return chosen ? texts.states[chosen.state].replace('{date}', format.format(new Date(chosen.at))) : texts.states.none
}

const find = (latest: readonly Chosen[], channel: Channel) => latest.find((chosen) => chosen.channel === channel)

const fieldset = (texts: Texts, channel: Channel, chosen: Chosen | undefined) => {
  const { name, about, yes, no } = texts.channels[channel]
  const option = (value: string, label: string) => html`<label><input type="radio" name="${channel}" value="${value}"
${(chosen?.answer ?? '') === value ? html`checked` : ''}><span>${label}</span></label>`
  return html`<fieldset aria-describedby="${channel}-about ${channel}-state"><legend>${name}</legend>
<p id="${channel}-about">${about}</p>${option('yes', yes)}${option('no', no)}${chosen ? '' : option('', texts.leave)}
<p id="${channel}-state" class="state">${describe(texts, chosen)}</p></fieldset>`
}

/** Tells one state of a contact's choices from every later one. */
export const versionOf = (latest: readonly Chosen[]): string => String(Math.max(0, ...latest.map(({ id }) => id)))

/** The page where a contact chooses, with what it chose last. The form gives back what it was made from. */
export function preferencesPage(texts: Texts, latest: readonly Chosen[], notice?: keyof Texts['notices']) {
  const body = html`${notice && tell(texts.notices[notice], notice)}<p>${texts.intro}</p>
<form method="post"><input type="hidden" name="version" value="${versionOf(latest)}">
<input type="hidden" name="wording" value="${texts.wording}">
${channels.map((channel) => fieldset(texts, channel, find(latest, channel)))}
<button>${texts.save}</button> <button name="stop" value="all">${texts.stop}</button></form>`
  return layout(texts, texts.title, body)
}

/** The page that withdraws one channel at the press of a button, or, given what was chosen last, says that it is done. */
export function unsubscribePage(texts: Texts, channel: Channel, latest?: readonly Chosen[]) {
  const { ask, button, done } = texts.unsubscribe
  const form = html`<p>${ask}</p><form method="post"><input type="hidden" name="wording" value="${texts.wording}">
<button name="List-Unsubscribe" value="One-Click">${button}</button></form>`
  const body = latest ? tell(`${done} ${describe(texts, find(latest, channel))}`) : form
  return layout(texts, texts.channels[channel].name, body)
}

/** A page that says nothing of anybody. */
export function problemPage(texts: Texts, status: number) {
  const { title, text } = new Map(Object.entries(texts.problems)).get(String(status)) ?? texts.problems[400]
  return layout(texts, title, html`<p>${text}</p>`)
}
