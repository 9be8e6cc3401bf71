// @generated from minimo-g2.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { operations as schemaOperations, paths } from './schema.ts'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = { api: 'https://api.minimo.it', app: 'https://app.minimo.it' } as const

/** The code of an error whose body names none, by status. */
export const errorCodes = { '401': 'unauthorized', '404': 'not_found', '409': 'duplicate_resource', '422': 'validation_error', '429': 'rate_limit_exceeded' } as const

/** The codes of errors that the spec knows; the API may answer others. */
export type ErrorCode = 'duplicate_resource' | 'not_found' | 'rate_limit_exceeded' | 'template_not_approved' | 'template_not_found' | 'unauthorized' | 'validation_error'

/** How requests carry the key, by the names that rows give it. */
export const securitySchemes = { bearerAuth: { type: 'http', scheme: 'bearer' } } as const

const table = {
  upsertContact: { method: 'POST', path: '/v1/contacts', server: 'api', retry: 'safe', hasResult: true, pii: ['body.email', 'body.phone', 'body.customFields'] },
  listCustomFields: { method: 'GET', path: '/v1/custom-fields', server: 'api', retry: 'safe', unwrap: 'data', hasResult: true },
  createCustomField: { method: 'POST', path: '/v1/custom-fields', server: 'api', retry: 'never', unwrap: 'data', hasResult: true },
  sendWhatsAppTemplate: { method: 'POST', path: '/api/transactionals/whatsapp/send', server: 'app', retry: 'never', hasResult: true, pii: ['body.recipient'] },
  sendEmailTemplate: { method: 'POST', path: '/api/transactionals', server: 'app', retry: 'never', hasResult: true, pii: ['body.recipient', 'body.customFields'] },
  getTransactionalStats: { method: 'GET', path: '/api/templates/email/{id}/stats', server: 'app', retry: 'safe', hasResult: true, integers: ['id'] },
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
