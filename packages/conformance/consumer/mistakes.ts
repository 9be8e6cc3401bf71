// What must not compile, strict or not: an expected error that does not come is an error itself.
import type { MinimoClient } from '@minimo/client'

export async function mistakes(minimo: MinimoClient<{ plan: 'free' | 'pro' }>) {
  // @ts-expect-error an id is a number
  minimo.contacts.delete('42')
  // @ts-expect-error an id is needed
  minimo.contacts.delete()
  // @ts-expect-error no such property
  minimo.contacts.upsert({ email: 'a@b.it', mail: 'a@b.it' })
  // @ts-expect-error no such plan
  minimo.contacts.upsert({ email: 'a@b.it', customFields: { plan: 'gold' } })
  // @ts-expect-error no such option
  minimo.contacts.delete(42, { timeOut: 5 })
  // @ts-expect-error no such operation
  minimo.call('getContact', { path: { id: 1 } })
  // @ts-expect-error a path is needed
  minimo.call('deleteContact')
  // @ts-expect-error no such path
  minimo.raw.GET('/public/v1/contacts/by-phone/{phone}')
  const contact = await minimo.contacts.getByEmail('a@b.it')
  // @ts-expect-error reads come in camelCase
  contact.custom_fields
  const sent = await minimo.emails.send({ to: 'a@b.it', subject: '', html: '' })
  // @ts-expect-error status was not checked
  sent.messageId
}
