// @generated from minimo-g2.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { OperationId } from './operations.ts'

/** A JSON Schema (2020-12). A `$ref` is a JSON pointer into `schemas`. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** The schema and the named examples of a body, by media type; empty where there is no body. */
export type MediaTypes = { readonly [type: string]: { schema: JsonSchema; examples: { readonly [name: string]: unknown } } }

/** A parameter of an operation. */
export interface ParameterSchema {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  schema: JsonSchema
  /** The media type in which the value is written, where that is not by a style. */
  content?: string
  /** The code of the error when the value is not valid, where it is not the status's own. */
  code?: string
}

/** What an operation takes and answers. */
export interface OperationSchema {
  parameters: readonly ParameterSchema[]
  body?: { required: boolean; content: MediaTypes }
  /** By status. */
  responses: { readonly [status: string]: MediaTypes }
  /** Alternatives: the security schemes, each with the roles a key needs. Empty: no key is needed. */
  security: readonly { readonly [scheme: string]: readonly string[] }[]
}

/**
 * The whole document as JSON Schemas. Add it to a validator under a name, and refer to a part of it by pointer,
 * such as `name#/components/schemas/Contact`.
 */
export const schemas: {
  readonly components: { readonly schemas: { readonly [name: string]: JsonSchema } }
  readonly operations: { readonly [Id in OperationId]: OperationSchema }
} = {
  components: {
    schemas: {
      ContactUpsert: { type: 'object', required: ['email'], properties: { email: { type: 'string', format: 'email', 'x-pii': true }, phone: { type: 'string', pattern: '^\\+[1-9][0-9]{1,14}$', 'x-pii': true }, tags: { type: 'array', items: { type: 'string' } }, customFields: { type: 'object', additionalProperties: true, 'x-pii': true } } },
      ContactReference: { type: 'object', required: ['contactId'], properties: { contactId: { type: 'string' } } },
      CustomField: { type: 'object', required: ['id', 'key', 'display_name', 'type', 'category'], properties: { id: { type: 'integer' }, key: { type: 'string' }, display_name: { type: 'string' }, type: { type: 'string', enum: ['text', 'number', 'boolean', 'date', 'datetime', 'select', 'json'] }, category: { type: ['string', 'null'] } } },
      CustomFieldCreate: { type: 'object', required: ['key', 'display_name', 'type'], properties: { key: { type: 'string' }, display_name: { type: 'string' }, type: { type: 'string', enum: ['text', 'number', 'boolean', 'date', 'datetime', 'select', 'json'] }, category: { type: 'string' } } },
      WhatsAppTemplateMessage: { type: 'object', required: ['recipient', 'type', 'template'], properties: { recipient: { type: 'string', pattern: '^\\+[1-9][0-9]{1,14}$', 'x-pii': true }, type: { type: 'string', enum: ['template'] }, template: { type: 'object', required: ['name', 'languageCode'], properties: { name: { type: 'string' }, languageCode: { type: 'string' } } } } },
      EmailTemplateMessage: { type: 'object', required: ['uid', 'recipient'], properties: { uid: { type: 'string' }, recipient: { type: 'string', format: 'email', 'x-pii': true }, customFields: { type: 'object', additionalProperties: true, 'x-pii': true } } },
      SendResult: { type: 'object', required: ['status'], properties: { status: { type: 'integer' } } },
      TransactionalStats: { type: 'object', required: ['created', 'openRate', 'clickRate', 'totalMessagesSent'], properties: { created: { type: 'string' }, openRate: { type: ['string', 'null'] }, clickRate: { type: ['string', 'null'] }, totalMessagesSent: { type: 'integer' } } },
      NestedError: { type: 'object', required: ['error'], properties: { error: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' }, details: { type: 'object', additionalProperties: true } } } } },
      FlatError: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' } } },
      MessageError: { type: 'object', required: ['message'], properties: { message: { type: 'string' } } },
      TextError: { type: 'object', required: ['error'], properties: { error: { type: 'string' } } },
    },
  },
  operations: {
    upsertContact: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/ContactUpsert' }, examples: { withTags: { email: 'anna@example.com', tags: ['newsletter', 'vip'] }, withCustomFields: { email: 'anna@example.com', phone: '+393391234567', customFields: { plan: 'pro' } } } } } }, responses: { '200': { 'application/json': { schema: { type: 'array', minItems: 1, items: { $ref: '#/components/schemas/ContactReference' } }, examples: { written: [{ contactId: '42' }] } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { invalidKey: { error: { code: 'unauthorized', message: 'The API key is missing or not valid.' } } } } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { validationError: { error: { code: 'validation_error', message: 'A value is missing or not valid.' } } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { tooManyRequests: { error: { code: 'rate_limit_exceeded', message: 'Too many requests. Try again later.' } } } } } }, security: [{ bearerAuth: [] }] },
    listCustomFields: { parameters: [], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/CustomField' } } } }, examples: { fields: { data: [{ id: 42, key: 'PLAN', display_name: 'Plan', type: 'select', category: 'Billing' }, { id: 43, key: 'BIRTHDAY', display_name: 'Birthday', type: 'date', category: null }] } } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { invalidKey: { error: { code: 'unauthorized', message: 'The API key is missing or not valid.' } } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { tooManyRequests: { error: { code: 'rate_limit_exceeded', message: 'Too many requests. Try again later.' } } } } } }, security: [{ bearerAuth: [] }] },
    createCustomField: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/CustomFieldCreate' }, examples: { textField: { key: 'NICKNAME', display_name: 'Nickname', type: 'text' } } } } }, responses: { '201': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { $ref: '#/components/schemas/CustomField' } } }, examples: { created: { data: { id: 44, key: 'NICKNAME', display_name: 'Nickname', type: 'text', category: null } } } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { invalidKey: { error: { code: 'unauthorized', message: 'The API key is missing or not valid.' } } } } }, '409': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { duplicateKey: { error: { code: 'duplicate_resource', message: 'A custom field with this key exists.', details: { key: 'NICKNAME' } } } } } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { validationError: { error: { code: 'validation_error', message: 'A value is missing or not valid.' } } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/NestedError' }, examples: { tooManyRequests: { error: { code: 'rate_limit_exceeded', message: 'Too many requests. Try again later.' } } } } } }, security: [{ bearerAuth: [] }] },
    sendWhatsAppTemplate: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/WhatsAppTemplateMessage' }, examples: { welcome: { recipient: '+393391234567', type: 'template', template: { name: 'welcome', languageCode: 'it' } } } } } }, responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/SendResult' }, examples: { accepted: { status: 200 } } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { invalidKey: { error: 'Unauthorized' } } } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/FlatError' }, examples: { templateNotApproved: { code: 'template_not_approved', message: 'The template is not approved.' } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { tooManyRequests: { error: 'Too many requests' } } } } }, security: [{ bearerAuth: [] }] },
    sendEmailTemplate: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/EmailTemplateMessage' }, examples: { withCustomFields: { uid: '6f1c2e3a', recipient: 'anna@example.com', customFields: { name: 'Anna' } } } } } }, responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/SendResult' }, examples: { accepted: { status: 200 } } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { invalidKey: { error: 'Unauthorized' } } } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/FlatError' }, examples: { templateNotFound: { code: 'template_not_found', message: 'No template has this uid.' } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { tooManyRequests: { error: 'Too many requests' } } } } }, security: [{ bearerAuth: [] }] },
    getTransactionalStats: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer' } }], responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/TransactionalStats' }, examples: { totals: { created: '2024-03-01T09:00:00.000Z', openRate: '85%', clickRate: null, totalMessagesSent: 120 } } } }, '401': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { invalidKey: { error: 'Unauthorized' } } } }, '404': { 'application/json': { schema: { $ref: '#/components/schemas/MessageError' }, examples: { unknownTemplate: { message: 'Template not found' } } } }, '429': { 'application/json': { schema: { $ref: '#/components/schemas/TextError' }, examples: { tooManyRequests: { error: 'Too many requests' } } } } }, security: [{ bearerAuth: [] }] },
  },
}
