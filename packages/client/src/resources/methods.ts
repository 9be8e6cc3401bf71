import type { OperationId } from '@minimo/api-types'

/**
 * The methods of the client that call each operation. Tools import this file as it stands, without a build: it imports
 * types alone. No other file of the client needs it at run time.
 */
export const methods = {
  upsertContact: ['contacts.upsert'],
  getContactByEmail: ['contacts.getByEmail'],
  updateContactById: ['contacts.update'],
  deleteContact: ['contacts.delete'],
  listCustomFields: ['customFields.list', 'customFields.listByCategory'],
  createCustomField: ['customFields.create'],
  listWhatsAppTemplates: ['whatsapp.listTemplates'],
  sendWhatsAppTemplate: ['whatsapp.sendTemplate'],
  sendEmail: ['emails.send'],
  getEmailStats: ['emails.stats'],
  getTransactionalStats: ['transactionals.stats'],
  listEmailTemplates: ['emailTemplates.list'],
  sendEmailTemplate: ['emailTemplates.send'],
} as const satisfies Partial<Record<OperationId, readonly `${string}.${string}`[]>> // complete: see methods.test-d.ts

/** A method by its namespace and name, such as `contacts.update`. */
export type MethodName = (typeof methods)[keyof typeof methods][number]
