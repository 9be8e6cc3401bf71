// @generated from control.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

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
      Address: { type: 'string', pattern: '^[^ \\u0000-\\u001f\\u007f-\\u009f][^\\u0000-\\u001f\\u007f-\\u009f]*$' },
      Health: { type: 'object', required: ['status', 'time', 'contacts', 'events'], properties: { status: { type: 'string', const: 'ok' }, time: { type: 'string', format: 'date-time' }, contacts: { type: 'integer' }, events: { type: 'integer' } } },
      Seed: { type: 'object', additionalProperties: false, properties: { contacts: { type: 'integer', minimum: 0, maximum: 1000000 }, seed: { type: 'integer', minimum: 0, maximum: 4294967295 }, company: { type: 'integer', minimum: 0 } } },
      Snapshot: { type: 'object', required: ['version', 'tables'], properties: { version: { type: 'integer', const: 1 }, tables: { type: 'object', additionalProperties: true } } },
      Scenario: { type: 'object', required: ['steps'], additionalProperties: false, properties: { name: { type: 'string' }, steps: { type: 'array', items: { $ref: '#/components/schemas/ScenarioStep' } } } },
      ScenarioStep: { type: 'object', additionalProperties: false, properties: { name: { type: 'string' }, reset: { type: 'boolean' }, snapshot: { $ref: '#/components/schemas/Snapshot' }, advance: { type: 'integer', minimum: 0, maximum: 3155760000000 }, seed: { $ref: '#/components/schemas/Seed' }, faults: { type: 'array', items: { $ref: '#/components/schemas/FaultRule' } } } },
      EventType: { type: 'string', enum: ['contact.created', 'contact.updated', 'contact.restored', 'contact.deleted', 'contact.consent_changed'] },
      SandboxEvent: { type: 'object', required: ['id', 'sequence', 'type', 'company', 'at', 'contact', 'changes'], properties: { id: { type: 'string' }, sequence: { type: 'integer' }, type: { $ref: '#/components/schemas/EventType' }, company: { type: 'integer' }, at: { type: 'string', format: 'date-time' }, contact: { $ref: '#/components/schemas/EventContact' }, changes: { type: 'array', items: { $ref: '#/components/schemas/ContactChange' } } } },
      RunStatus: { type: 'string', enum: ['pending', 'delivered', 'failed'] },
      Run: { type: 'object', required: ['id', 'automation', 'event', 'company', 'webhook', 'status', 'attempts', 'nextAt', 'lastError'], properties: { id: { type: 'string' }, automation: { type: 'string' }, event: { type: 'string' }, company: { type: 'integer' }, webhook: { type: 'string' }, status: { $ref: '#/components/schemas/RunStatus' }, attempts: { type: 'integer' }, nextAt: { type: ['string', 'null'], format: 'date-time' }, lastError: { type: ['string', 'null'] } } },
      Channel: { type: 'string', enum: ['email', 'email-template', 'whatsapp'] },
      OutboxMessage: { type: 'object', required: ['id', 'channel', 'company', 'to', 'template', 'subject', 'html', 'text', 'status', 'failureReason', 'createdAt', 'sentAt', 'firstOpenAt', 'clickCount', 'firstClickAt'], properties: { id: { type: 'string' }, channel: { $ref: '#/components/schemas/Channel' }, company: { type: 'integer' }, to: { type: 'string', 'x-pii': true }, template: { type: ['string', 'null'] }, subject: { type: ['string', 'null'], 'x-pii': true }, html: { type: ['string', 'null'], 'x-pii': true }, text: { type: ['string', 'null'], 'x-pii': true }, status: { type: 'string', enum: ['sent', 'failed'] }, failureReason: { type: ['string', 'null'] }, createdAt: { type: 'string', format: 'date-time' }, sentAt: { type: ['string', 'null'], format: 'date-time' }, firstOpenAt: { type: ['string', 'null'], format: 'date-time' }, clickCount: { type: 'integer' }, firstClickAt: { type: ['string', 'null'], format: 'date-time' } } },
      Time: { type: 'object', required: ['now', 'milliseconds'], properties: { now: { type: 'string', format: 'date-time' }, milliseconds: { type: 'integer' } } },
      Advance: { type: 'object', required: ['advance'], additionalProperties: false, properties: { advance: { type: 'integer', minimum: 0 } } },
      Fault: { type: 'object', properties: { status: { type: 'integer', minimum: 200, maximum: 599 }, example: { type: 'string' }, retryAfter: { type: ['integer', 'string'] }, latency: { type: 'integer', minimum: 0, maximum: 600000 }, connection: { type: 'string', enum: ['reset', 'reset-body', 'stall'] }, body: { type: 'string', enum: ['truncated', 'invalid-json'] }, contentType: { type: 'string' }, run: { type: 'boolean' } } },
      FaultRule: { type: 'object', required: ['fault'], properties: { fault: { $ref: '#/components/schemas/Fault' }, operation: { type: 'string' }, nth: { anyOf: [{ type: 'integer', minimum: 1 }, { type: 'array', minItems: 1, items: { type: 'integer', minimum: 1 } }] }, probability: { type: 'number', minimum: 0, maximum: 1 }, seed: { type: 'integer', minimum: 0 } } },
      ActiveFaultRule: { allOf: [{ $ref: '#/components/schemas/FaultRule' }, { type: 'object', required: ['id', 'seen', 'hit'], properties: { id: { type: 'integer' }, seen: { type: 'integer' }, hit: { type: 'integer' } } }] },
      ControlError: { type: 'object', required: ['error'], properties: { error: { type: 'object', required: ['code', 'message'], properties: { code: { type: 'string' }, message: { type: 'string' }, details: {} } } } },
      Contact: { type: 'object', required: ['id', 'email', 'phone', 'status', 'source', 'custom_fields', 'company', 'deleted', 'external_id', 'external_connection_id'], properties: { id: { type: 'integer' }, email: { type: ['string', 'null'], 'x-pii': true }, phone: { type: ['string', 'null'], 'x-pii': true }, status: { type: 'string' }, source: { type: 'string' }, custom_fields: { type: 'object', additionalProperties: true, 'x-pii': true }, company: { type: 'integer' }, deleted: { type: 'boolean' }, external_id: { type: ['string', 'null'], 'x-pii': true }, external_connection_id: { type: ['integer', 'null'] } } },
      ContactConsent: { type: 'object', required: ['email', 'whatsapp'], properties: { email: { type: ['boolean', 'null'] }, whatsapp: { type: ['boolean', 'null'] } } },
      EventContact: { allOf: [{ $ref: '#/components/schemas/Contact' }, { type: 'object', required: ['marketing_consent'], properties: { marketing_consent: { $ref: '#/components/schemas/ContactConsent' } } }] },
      ContactChange: { type: 'object', required: ['field', 'before', 'after'], properties: { field: { type: 'string' }, before: { 'x-pii': true }, after: { 'x-pii': true } } },
    },
  },
  operations: {
    listControls: { parameters: [], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { type: 'object', required: ['operation', 'method', 'path'], properties: { operation: { type: 'string' }, method: { type: 'string' }, path: { type: 'string' } } } } } }, examples: {} } } }, security: [] },
    describeControls: { parameters: [], responses: { '200': { 'application/yaml': { schema: { type: 'string' }, examples: {} } } }, security: [] },
    readHealth: { parameters: [], responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/Health' }, examples: {} } }, '503': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    resetSandbox: { parameters: [], responses: { '204': {} }, security: [] },
    seedContacts: { parameters: [], body: { required: false, content: { 'application/json': { schema: { $ref: '#/components/schemas/Seed' }, examples: { ten: { contacts: 10, seed: 1 } } } } }, responses: { '200': { 'application/json': { schema: { type: 'object', required: ['contacts'], properties: { contacts: { type: 'integer' } } }, examples: {} } }, '400': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    takeSnapshot: { parameters: [], responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/Snapshot' }, examples: {} } } }, security: [] },
    restoreSnapshot: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Snapshot' }, examples: { empty: { version: 1, tables: { contacts: [], events: [], runs: [], custom_fields: [], messages: [] } } } } } }, responses: { '204': {}, '400': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '413': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    playScenario: { parameters: [{ name: 'step', in: 'query', required: false, schema: { type: 'string' } }], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Scenario' }, examples: {} } } }, responses: { '204': {}, '400': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    listContacts: { parameters: [{ name: 'company', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'email', in: 'query', required: false, schema: { $ref: '#/components/schemas/Address' } }, { name: 'phone', in: 'query', required: false, schema: { $ref: '#/components/schemas/Address' } }, { name: 'id', in: 'query', required: false, schema: { type: 'integer', minimum: 1 } }, { name: 'deleted', in: 'query', required: false, schema: { type: 'boolean' } }, { name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 10000 } }], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/EventContact' } } } }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    listEvents: { parameters: [{ name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'type', in: 'query', required: false, schema: { $ref: '#/components/schemas/EventType' } }, { name: 'company', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 10000 } }], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/SandboxEvent' } } } }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    followEvents: { parameters: [{ name: 'after', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'Last-Event-ID', in: 'header', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'type', in: 'query', required: false, schema: { $ref: '#/components/schemas/EventType' } }, { name: 'company', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }], responses: { '200': { 'text/event-stream': { schema: { type: 'string' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    listRuns: { parameters: [{ name: 'status', in: 'query', required: false, schema: { $ref: '#/components/schemas/RunStatus' } }, { name: 'company', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'after', in: 'query', required: false, schema: { $ref: '#/components/schemas/Address' } }, { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 10000 } }], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Run' } } } }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    listOutbox: { parameters: [{ name: 'channel', in: 'query', required: false, schema: { $ref: '#/components/schemas/Channel' } }, { name: 'to', in: 'query', required: false, schema: { $ref: '#/components/schemas/Address' } }, { name: 'company', in: 'query', required: false, schema: { type: 'integer', minimum: 0 } }, { name: 'after', in: 'query', required: false, schema: { $ref: '#/components/schemas/Address' } }, { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: 10000 } }], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/OutboxMessage' } } } }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    openMessage: { parameters: [{ name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Address' } }], responses: { '204': {}, '404': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    clickMessage: { parameters: [{ name: 'id', in: 'path', required: true, schema: { $ref: '#/components/schemas/Address' } }], responses: { '204': {}, '404': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    readClock: { parameters: [], responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/Time' }, examples: {} } } }, security: [] },
    advanceClock: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Advance' }, examples: { minute: { advance: 60000 } } } } }, responses: { '200': { 'application/json': { schema: { $ref: '#/components/schemas/Time' }, examples: {} } }, '400': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    listFaults: { parameters: [], responses: { '200': { 'application/json': { schema: { type: 'object', required: ['data'], properties: { data: { type: 'array', items: { $ref: '#/components/schemas/ActiveFaultRule' } } } }, examples: {} } } }, security: [] },
    addFault: { parameters: [], body: { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/FaultRule' }, examples: { outage: { operation: 'sendEmail', nth: 1, fault: { status: 503, retryAfter: 2 } } } } } }, responses: { '201': { 'application/json': { schema: { $ref: '#/components/schemas/ActiveFaultRule' }, examples: {} } }, '400': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } }, '422': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
    removeFaults: { parameters: [], responses: { '204': {} }, security: [] },
    removeFault: { parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'integer', minimum: 1 } }], responses: { '204': {}, '404': { 'application/json': { schema: { $ref: '#/components/schemas/ControlError' }, examples: {} } } }, security: [] },
  },
}
