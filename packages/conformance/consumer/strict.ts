// What must not compile under `strict`.
import type { MinimoClient } from '@minimo/client'

export async function mistakes(minimo: MinimoClient) {
  const contact = await minimo.contacts.getByEmail('a@b.it')
  // @ts-expect-error there may be no email
  contact.email.length
  // @ts-expect-error an id is not null
  minimo.contacts.delete(null)
}
