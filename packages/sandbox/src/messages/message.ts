/** A message that was sent, as a test reads it back. */
export interface OutboxMessage {
  id: string
  /** `email`: sendEmail; `email-template`: sendEmailTemplate; `whatsapp`: sendWhatsAppTemplate. */
  channel: 'email' | 'email-template' | 'whatsapp'
  company: number
  /** The e-mail address or phone it went to. */
  to: string
  /** The template's `tmpl_` id or name; `null` for a single e-mail. */
  template: string | null
  /** `null` for WhatsApp. */
  subject: string | null
  /** With placeholders filled; `null` for WhatsApp. */
  html: string | null
  /** The text, with placeholders filled; `null` where there is none. */
  text: string | null
  status: 'sent' | 'failed'
  failureReason: string | null
  /** ISO 8601. */
  createdAt: string
  /** ISO 8601; `null` when it was not sent. */
  sentAt: string | null
  /** ISO 8601; `null` until it was opened. */
  firstOpenAt: string | null
  clickCount: number
  /** ISO 8601; `null` until it was clicked. */
  firstClickAt: string | null
}

/** Which messages to list. */
export interface OutboxFilter {
  channel?: OutboxMessage['channel']
  /** Only those to this e-mail address or phone. */
  to?: string
  company?: number
  /** Only those sent after the message with this id; where that is no longer kept, from the oldest on. */
  after?: string
  /** At most so many, the oldest first; default 1000. */
  limit?: number
}
