import { contactHandlers } from './contacts.ts'
import { customFieldHandlers } from './custom-fields.ts'
import { emailTemplateHandlers } from './email-templates.ts'
import { emailHandlers } from './emails.ts'
import type { Handlers } from './handler.ts'
import { transactionalHandlers } from './transactionals.ts'
import { whatsappHandlers } from './whatsapp.ts'

/** The handler of every operation of the API. */
export const handlers: Handlers = {
  ...contactHandlers,
  ...customFieldHandlers,
  ...whatsappHandlers,
  ...emailHandlers,
  ...emailTemplateHandlers,
  ...transactionalHandlers,
}
