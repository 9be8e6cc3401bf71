import type { WhatsAppTemplate } from '@minimo/api-types'

/** A stored e-mail template; placeholders are `{{name}}`. */
export interface SandboxEmailTemplate {
  id: number
  name: string
  subject: string
  html: string
  /** Whether its sender may send; default true. */
  senderVerified?: boolean
}

/** When every e-mail template of a sandbox was created and last changed; they cannot be changed through the API. */
export const emailTemplateTimes = { created: '2025-01-15T09:30:00Z', updated: '2025-01-16T10:00:00Z' } as const

/**
 * The e-mail templates of a sandbox that was given none. 42 has no placeholders, because the API's documented examples
 * send it with custom fields as well as without; 43 needs `name` and `order`; the sender of 44 may not send.
 */
export const defaultEmailTemplates: readonly SandboxEmailTemplate[] = [
  { id: 42, name: 'Welcome', subject: 'Welcome', html: '<p>Welcome! It is good to have you here.</p>' },
  {
    id: 43,
    name: 'Order shipped',
    subject: 'Your order {{order}} is on its way',
    html: '<p>Hello {{name}}, your order {{order}} is on its way.</p>',
  },
  {
    id: 44,
    name: 'Newsletter',
    subject: 'News of the month',
    html: '<p>Here is what happened this month.</p>',
    senderVerified: false,
  },
]

const times = { created_at: '2025-01-15T09:30:00Z', modified_at: '2025-01-16T10:00:00Z' } as const
const approved = {
  ...times,
  language: 'it',
  status: 'APPROVED',
  category: 'UTILITY',
  rejected_reason: null,
  quality_score: { score: 'GREEN', reasons: null },
} as const satisfies Partial<WhatsAppTemplate>
const unrated = { score: 'UNKNOWN', reasons: null } as const

/**
 * The WhatsApp templates of a sandbox that was given none: two that can be sent, `order_shipped` with two placeholders
 * and `welcome` with none, and one in each other state. All are in Italian (`it`).
 */
export const defaultWhatsappTemplates: readonly WhatsAppTemplate[] = [
  {
    ...approved,
    id: '42',
    name: 'order_shipped',
    components: [
      { type: 'HEADER', format: 'TEXT', text: 'Ordine spedito' },
      { type: 'BODY', text: 'Ciao {{1}}, il tuo ordine {{2}} è in viaggio.' },
    ],
  },
  {
    ...approved,
    id: '43',
    name: 'spring_sale',
    status: 'REJECTED',
    category: 'MARKETING',
    rejected_reason: 'The text is too vague.',
    quality_score: unrated,
    components: [{ type: 'BODY', text: 'Ciao {{1}}, ci sono novità.' }],
  },
  {
    ...approved,
    id: '44',
    name: 'welcome',
    components: [{ type: 'BODY', text: 'Ciao, benvenuto tra noi!' }],
  },
  {
    ...approved,
    id: '45',
    name: 'login_code',
    status: 'PENDING',
    category: 'AUTHENTICATION',
    quality_score: unrated,
    components: [{ type: 'BODY', text: 'Il tuo codice è {{1}}.' }],
  },
  {
    ...approved,
    id: '46',
    name: 'appointment_reminder',
    status: 'DISABLED',
    quality_score: { score: 'RED', reasons: ['Too many recipients blocked it.'] },
    components: [{ type: 'BODY', text: 'Ciao {{1}}, ti aspettiamo domani.' }],
  },
]
