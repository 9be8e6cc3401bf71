// @generated from openapi/minimo.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { operations as schemaOperations, paths } from './schema.ts'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = { api: 'https://api.minimo.it', app: 'https://app.minimo.it' } as const

/** The code of an error whose body names none, by status. */
export const errorCodes = { '400': 'bad_request', '401': 'unauthorized', '403': 'forbidden', '404': 'not_found', '409': 'duplicate_resource', '422': 'validation_error', '429': 'rate_limit_exceeded' } as const

/** The codes of errors that the spec knows; the API may answer others. */
export type ErrorCode = 'bad_request' | 'duplicate_resource' | 'forbidden' | 'invalid_group_by' | 'invalid_phone_number' | 'invalid_recipient' | 'missing_custom_field' | 'not_found' | 'rate_limit_exceeded' | 'sender_not_verified' | 'template_not_approved' | 'template_not_found' | 'unauthorized' | 'validation_error'

/** How requests carry the key, by the names that rows give it. */
export const securitySchemes = { bearerAuth: { type: 'http', scheme: 'bearer' } } as const

const table = {
  upsertContact: { method: 'POST', path: '/public/v1/contacts', server: 'api', retry: 'safe', hasResult: true, pii: ['body.email', 'body.phone', 'body.customFields'] },
  getContactByEmail: { method: 'GET', path: '/public/v1/contacts/by-email/{email}', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true, pii: ['path.email'] },
  updateContactById: { method: 'PUT', path: '/public/v1/contacts/{id}', server: 'api', retry: 'safe', hasResult: true, integers: ['id'], pii: ['body.email', 'body.phone', 'body.customFields'] },
  deleteContact: { method: 'DELETE', path: '/public/v1/contacts/{id}', server: 'api', retry: 'safe', integers: ['id'] },
  listCustomFields: { method: 'GET', path: '/public/v1/custom-fields', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true },
  createCustomField: { method: 'POST', path: '/public/v1/custom-fields', server: 'api', retry: 'never', unwrap: 'data', hasResult: true },
  listWhatsAppTemplates: { method: 'GET', path: '/public/v1/templates/whatsapp', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true },
  sendWhatsAppTemplate: { method: 'POST', path: '/public/v1/templates/whatsapp/send', server: 'api', retry: 'never', unwrap: 'data', hasResult: true, pii: ['body.recipient', 'body.template.components.*.parameters.*.text'] },
  sendEmail: { method: 'POST', path: '/public/v1/emails', server: 'api', retry: 'never', unwrap: 'data', hasResult: true, pii: ['body.to', 'body.subject', 'body.html', 'body.text'] },
  getEmailStats: { method: 'GET', path: '/public/v1/emails/{id}/stats', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true },
  getTransactionalStats: { method: 'GET', path: '/public/v1/transactionals/{id}/stats', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true },
  listEmailTemplates: { method: 'GET', path: '/api/templates/email', server: 'app', retry: 'safe', unwrap: 'data', hasResult: true },
  sendEmailTemplate: { method: 'POST', path: '/api/templates/email/send', server: 'app', retry: 'never', hasResult: true, pii: ['body.recipient', 'body.customFields'] },
} as const

/**
 * Every operation of the API as data: what run-time code needs to know of it, keyed by operationId.
 * `~types` ties the table to the types of the same document; it has no value.
 */
export const operations: typeof table & {
  readonly '~types'?: { paths: paths; operations: schemaOperations; errorCode: ErrorCode; securitySchemes: typeof securitySchemes }
} = table

/** The operationId of any operation of the API. */
export type OperationId = keyof typeof table
