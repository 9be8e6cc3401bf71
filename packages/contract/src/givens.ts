import type { MinimoClient } from '@minimo/client'

const anna = 'anna@example.com'

/**
 * States that cases start from. Each brings a target there through the API alone and gives the path parameters by
 * which the case then finds what was made.
 */
export const givens = {
  /** A contact with an email. */
  contact: async (minimo: MinimoClient) => ({ id: (await minimo.contacts.upsert({ email: anna })).id }),
  /** A contact with an email and a phone. */
  contactWithPhone: async (minimo: MinimoClient) => {
    const { id } = await minimo.contacts.upsert({ email: anna, phone: '+393391234567' })
    return { id }
  },
  /** A contact, and another that has the email which the spec's example gives the first. */
  contactAndRival: async (minimo: MinimoClient) => {
    await minimo.contacts.upsert({ email: 'anna.rossi@example.com' })
    return givens.contact(minimo)
  },
  /** One contact has the email of the request, another the phone. */
  emailAndPhoneApart: async (minimo: MinimoClient) => {
    await minimo.contacts.upsert({ phone: '+393391234567' })
    return givens.contact(minimo)
  },
  /** Two custom fields, one of them with a category. */
  customFields: async (minimo: MinimoClient) => {
    await minimo.customFields.create({ key: 'NICKNAME', displayName: 'Nickname', type: 'text' })
    await minimo.customFields.create({ key: 'TIER', displayName: 'Tier', type: 'text', category: 'Billing' })
    return {}
  },
  /** An e-mail that was sent. */
  email: async (minimo: MinimoClient) => {
    const { id } = await minimo.emails.send({ to: anna, subject: 'Your receipt', html: '<p>Thank you.</p>' })
    return { id }
  },
  /** An e-mail that was accepted and not sent: nothing can be delivered to `.invalid` (RFC 2606). */
  failedEmail: async (minimo: MinimoClient) => {
    const { id } = await minimo.emails.send({ to: 'anna@example.invalid', subject: 'Your receipt', html: '<p>.</p>' })
    return { id }
  },
}

/** The name of a state. */
export type Given = keyof typeof givens
