// Measured by `types.ts`: a program that uses every method of the client. It is compiled, never run.
import { createMinimoClient } from '@minimo/client'

const minimo = createMinimoClient()

/** One call of each method; the result of each is read, so that its type is needed. */
export async function callEveryMethod(): Promise<unknown[]> {
  const { id } = await minimo.contacts.upsert({ email: 'anna@example.com' })
  const contact = await minimo.contacts.getByEmail('anna@example.com')
  const updated = await minimo.contacts.update(id, { marketingConsent: { email: true } })
  await minimo.contacts.delete(id)
  const [field] = await minimo.customFields.list()
  const groups = await minimo.customFields.listByCategory()
  const created = await minimo.customFields.create({ key: 'PLAN', displayName: 'Plan', type: 'text' })
  const [template] = await minimo.whatsapp.listTemplates()
  const message = { name: 'hello', languageCode: 'it' }
  const sent = await minimo.whatsapp.sendTemplate({ recipient: '+39021234567', type: 'template', template: message })
  const email = await minimo.emails.send({ to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' })
  const emailStats = await minimo.emails.stats('1')
  const [stored] = await minimo.emailTemplates.list()
  const outcome = await minimo.emailTemplates.send({ templateId: '1', recipient: 'anna@example.com' })
  const stats = await minimo.transactionals.stats('1')
  const read = [contact.id, updated.id, field?.key, groups.total, created.key, template?.name, sent]
  return [...read, email.status, emailStats.status, stored?.id, outcome, stats.created]
}
