import type { OperationId } from '@minimo/api-types'
import type { Case } from '../case.ts'

/** A request that each operation accepts. */
const accepted: Record<OperationId, Case['request']> = {
  upsertContact: { example: 'byEmail' },
  getContactByEmail: { path: { email: 'anna@example.com' } },
  updateContactById: { path: { id: 42 }, example: 'changeEmail' },
  deleteContact: { path: { id: 42 } },
  listCustomFields: {},
  createCustomField: { example: 'textField' },
  listWhatsAppTemplates: {},
  sendWhatsAppTemplate: { example: 'withParameters' },
  sendEmail: { example: 'htmlAndText' },
  getEmailStats: { path: { id: 'email_1' } },
  getTransactionalStats: { path: { id: 'transactional_1' } },
  listEmailTemplates: {},
  sendEmailTemplate: { example: 'withCustomFields' },
}

/** What every operation documents: the answers to a wrong key and to too many requests. */
export const commonCases: Case[] = Object.entries(accepted).flatMap(([id, request]) => {
  const operation = id as OperationId
  return [
    {
      operation,
      name: 'refuses a wrong key',
      key: 'wrong',
      request,
      expect: { status: 401, example: 'invalidKey', code: 'unauthorized' },
    },
    {
      operation,
      name: 'limits the rate',
      request,
      expect: { status: 429, example: 'tooManyRequests', code: 'rate_limit_exceeded' },
      asked: true,
    },
  ]
})
