// Measured by `types.ts`: the same program over the generated types and openapi-fetch alone. It is compiled, never run.
import type { paths } from '@minimo/api-types'
import createClient from 'openapi-fetch'

const api = createClient<paths>({ baseUrl: 'https://api.minimo.it' })

/** One call of each operation; the result of each is read, so that its type is needed. */
export async function callEveryOperation(): Promise<unknown[]> {
  const { data: upserted } = await api.POST('/public/v1/contacts', { body: { email: 'anna@example.com' } })
  const byEmail = { params: { path: { email: 'anna@example.com' } } }
  const contact = await api.GET('/public/v1/contacts/by-email/{email}', byEmail)
  const params = { path: { id: upserted?.id ?? 0 } }
  const updated = await api.PUT('/public/v1/contacts/{id}', { params, body: { marketingConsent: { email: true } } })
  await api.DELETE('/public/v1/contacts/{id}', { params })
  const fields = await api.GET('/public/v1/custom-fields')
  const groups = await api.GET('/public/v1/custom-fields', { params: { query: { groupBy: 'category' } } })
  const created = await api.POST('/public/v1/custom-fields', {
    body: { key: 'PLAN', displayName: 'Plan', type: 'text' },
  })
  const templates = await api.GET('/public/v1/templates/whatsapp')
  const sent = await api.POST('/public/v1/templates/whatsapp/send', {
    body: { recipient: '+39021234567', type: 'template', template: { name: 'hello', languageCode: 'it' } },
  })
  const email = await api.POST('/public/v1/emails', {
    body: { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' },
  })
  const emailStats = await api.GET('/public/v1/emails/{id}/stats', { params: { path: { id: '1' } } })
  const stored = await api.GET('/api/templates/email')
  const outcome = await api.POST('/api/templates/email/send', {
    body: { templateId: '1', recipient: 'anna@example.com' },
  })
  const stats = await api.GET('/public/v1/transactionals/{id}/stats', { params: { path: { id: '1' } } })
  const read = [contact.data, updated.data, fields.data, groups.data, created.data, templates.data, sent.data]
  return [...read, email.data, emailStats.data, stored.data, outcome.data, stats.data]
}
