import { expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../create-sandbox.ts'
import { demoKey } from '../handlers/authenticate.ts'

/** A sandbox on a port, and what sends JSON to it; it is closed after the test. */
async function listen(options: { strict?: boolean } = {}) {
  const sandbox = await createSandbox(options)
  onTestFinished(() => sandbox.close())
  const { url } = await sandbox.listen()
  return async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
    const response = await fetch(url + path, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    })
    return { status: response.status, text: await response.text(), warning: response.headers.get('sandbox-warning') }
  }
}

const contacts = '/public/v1/contacts'
const email = 'anna@example.com'

test.each([
  [
    { email, marketing_consent: { email: true } },
    'marketing_consent: the API knows no such name; did you mean marketingConsent?',
  ],
  [
    { email, marketingConsent: { mail: true } },
    'marketingConsent.mail: the API knows no such name; did you mean email?',
  ],
  [{ e_mail: email }, 'e_mail: the API knows no such name; did you mean email?'],
  [
    { email, newsletter: 1 },
    'newsletter: the API knows no such name; it knows email, phone, customFields, marketingConsent',
  ],
  [{ email, 'bob@example.com': 1 }, '[a name of 15 characters]: the API knows no such name'],
])('%j is refused, naming what may be meant', async (body, message) => {
  const call = await listen()
  const { status, text } = await call('POST', contacts, body)
  expect([status, text]).toEqual([422, expect.stringContaining(message)])
  expect(text).not.toContain('bob')
  expect((await call('GET', `${contacts}/by-email/${email}`)).status).toBe(404)
})

test('a query name that the operation does not know is refused, as any other error of the query', async () => {
  const call = await listen()
  const { status, text } = await call('GET', '/public/v1/custom-fields?group_by=category')
  expect([status, text]).toEqual([
    400,
    expect.stringContaining('group_by: the API knows no such name; did you mean groupBy?'),
  ])
})

test('custom fields of any name and depth are taken, and names in lists are found', async () => {
  const call = await listen()
  const customFields = { mail: 1, deep: { marketing_consent: [{ a: { b: 1 } }] } }
  expect((await call('POST', contacts, { email, customFields })).status).toBe(200)
  const template = { name: 'a', languageCode: 'it', components: [{ type: 'BODY', parameter: [] }] }
  const sent = await call('POST', '/public/v1/templates/whatsapp/send', {
    recipient: '+393391234567',
    type: 'template',
    template,
  })
  expect(sent.text).toContain('template.components.0.parameter: ')
})

test('where it is not strict the name is dropped, and a header tells of it', async () => {
  const call = await listen({ strict: false })
  const taken = await call('POST', `${contacts}?dry`, { email, marketing_consent: { email: true } })
  expect(taken).toMatchObject({
    status: 200,
    warning:
      'dry was dropped: the API knows no such name; it knows none here; ' +
      'marketing_consent was dropped: the API knows no such name; did you mean marketingConsent?',
  })
  expect((await call('POST', contacts, { email })).warning).toBeNull()
})
