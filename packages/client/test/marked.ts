import { inspect } from 'node:util'
import type { MinimoClient } from '../src/index.ts'

// Every value that must not show holds one of these words.
const marks = ['zqemail', 'zqphone', 'zqkey', 'zqfield', 'zqsubject', 'zqhtml', 'zqtext', 'zqparameter']

/** An address that must not show. */
export const email = "Zqemail.O'Neil+tag@example.com"
const phone = '+39 zqphone 7'
const customFields = { CITY: 'zqfield città', deep: { list: ['ZQFIELD two'] } }

/** One call per operation that carries personal data. */
export const calls: Record<string, (minimo: MinimoClient) => Promise<unknown>> = {
  upsert: (minimo) => minimo.contacts.upsert({ email, phone, customFields }),
  getByEmail: (minimo) => minimo.contacts.getByEmail(email),
  update: (minimo) => minimo.contacts.update(42, { email, phone, customFields }),
  sendTemplate: (minimo) =>
    minimo.whatsapp.sendTemplate({
      recipient: phone,
      type: 'template',
      template: {
        name: 'hello',
        languageCode: 'it',
        components: [{ type: 'BODY', parameters: [{ type: 'text', text: 'zqparameter & more' }] }],
      },
    }),
  sendEmail: (minimo) =>
    minimo.emails.send({ to: email, subject: 'zqsubject: è qui', html: '<p class="a">zqhtml</p>', text: 'zqtext' }),
  sendStored: (minimo) => minimo.emailTemplates.send({ templateId: '1', recipient: email, customFields }),
}

/** Everything that a logger might print of a value. */
function printed(value: unknown): string {
  const { message, stack } = value instanceof Error ? value : {}
  return [message, stack, String(value), JSON.stringify(value), inspect(value, { depth: 5 })].join('\n').toLowerCase()
}

/** The marks that show in a value, however it is printed. */
export const leaksIn = (value: unknown) => marks.filter((mark) => printed(value).includes(mark))

/** Every text that a request carried: its key, the values of its path, all texts of its body. */
export function textsOf(url: string, { body, headers }: RequestInit): string[] {
  const values: string[] = []
  if (typeof body === 'string') {
    JSON.parse(body, (_, value: unknown) => {
      if (typeof value === 'string') values.push(value)
      return value
    })
  }
  const path = new URL(url).pathname.split('/').map(decodeURIComponent)
  return [...values, ...path, new Headers(headers).get('authorization') ?? ''].filter((text) =>
    marks.some((mark) => text.toLowerCase().includes(mark)),
  )
}

/** What a server answers a request that carried these texts. */
export type Answer = (texts: string[]) => Response | Promise<Response>

/** How calls fail; what the server says repeats the texts it is given. */
export const ways: Record<string, Answer> = {
  'a status text': (texts) => new Response(null, { status: 400, statusText: encodeURIComponent(texts.join()) }),
  'an HTML error': (texts) => new Response(`<html>${texts.join()}</html>`, { status: 502 }),
  'a text error': (texts) => new Response(texts.join(), { status: 400 }),
  'too many requests': (texts) =>
    Response.json({ error: texts.join() }, { status: 429, headers: { 'retry-after': '99' } }),
  'malformed JSON on success': (texts) => new Response(`{"data": "${texts.join()}`),
  'HTML on success': (texts) =>
    new Response(`<html>${texts.join()}</html>`, { headers: { 'content-type': 'text/html' } }),
  'a failing network': () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') })),
  'a server that hangs': () => new Promise(() => undefined),
}
