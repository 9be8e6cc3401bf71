// @generated from every-kind.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

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
      Name: { type: 'string', enum: ['a b', 'c&d', 'e/f', 'g=h?', 'ü', '50%'] },
      Word: { type: 'string', pattern: '^[a-z]{3,8}$' },
      Words: { type: 'array', minItems: 1, maxItems: 3, items: { $ref: '#/components/schemas/Word' } },
      Names: { type: 'array', minItems: 1, maxItems: 3, items: { $ref: '#/components/schemas/Name' } },
      Point: { type: 'object', required: ['x', 'y'], additionalProperties: false, properties: { x: { type: 'integer' }, y: { type: 'integer' } } },
    },
  },
  operations: {
    queryForm: { parameters: [{ name: 'list', in: 'query', required: true, schema: { $ref: '#/components/schemas/Names' } }, { name: 'joined', in: 'query', required: true, schema: { $ref: '#/components/schemas/Names' } }, { name: 'object', in: 'query', required: true, schema: { $ref: '#/components/schemas/Point' } }, { name: 'spread', in: 'query', required: true, schema: { $ref: '#/components/schemas/Point' } }, { name: 'reserved', in: 'query', required: false, schema: { enum: ['a/b', 'c:d', 'e,f'] } }, { name: 'when', in: 'query', required: false, schema: { type: 'string', format: 'date-time' } }], responses: { '204': {} }, security: [{ key: [] }] },
    queryDelimited: { parameters: [{ name: 'pipes', in: 'query', required: true, schema: { $ref: '#/components/schemas/Names' } }], responses: { '204': {} }, security: [{ key: [] }] },
    queryDeep: { parameters: [{ name: 'filter', in: 'query', required: true, schema: { $ref: '#/components/schemas/Point' } }], responses: { '204': {} }, security: [{ key: [] }] },
    queryContent: { parameters: [{ name: 'filter', in: 'query', required: true, schema: { $ref: '#/components/schemas/Point' }, content: 'application/json' }], responses: { '204': {} }, security: [{ key: [] }] },
    pathStyles: { parameters: [{ name: 'plain', in: 'path', required: true, schema: { type: 'integer' } }, { name: 'label', in: 'path', required: true, schema: { $ref: '#/components/schemas/Name' } }, { name: 'matrix', in: 'path', required: true, schema: { $ref: '#/components/schemas/Name' } }], responses: { '204': {} }, security: [{ key: [] }] },
    headerStyles: { parameters: [{ name: 'x-list', in: 'header', required: true, schema: { $ref: '#/components/schemas/Words' } }, { name: 'x-object', in: 'header', required: true, schema: { $ref: '#/components/schemas/Point' } }, { name: 'x-count', in: 'header', required: true, schema: { type: 'integer' } }, { name: 'x-flag', in: 'header', required: false, schema: { type: 'boolean' } }], responses: { '204': {} }, security: [{ key: [] }] },
    cookies: { parameters: [{ name: 'session', in: 'cookie', required: true, schema: { $ref: '#/components/schemas/Name' } }], responses: { '204': {} }, security: [{ key: [] }] },
    mergePatch: { parameters: [], body: { required: true, content: { 'application/merge-patch+json': { schema: { $ref: '#/components/schemas/Point' }, examples: {} } } }, responses: { '200': { 'application/vnd.point+json': { schema: { $ref: '#/components/schemas/Point' }, examples: {} } } }, security: [{ key: [] }] },
    textBody: { parameters: [], body: { required: true, content: { 'text/plain': { schema: { type: 'string' }, examples: {} } } }, responses: { '200': { 'text/plain': { schema: { type: 'string' }, examples: {} } } }, security: [{ key: [] }] },
    binaryBody: { parameters: [], body: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' }, examples: {} } } }, responses: { '200': { 'application/pdf': { schema: { type: 'string', format: 'binary' }, examples: {} } } }, security: [{ key: [] }] },
    formBody: { parameters: [], body: { required: true, content: { 'application/x-www-form-urlencoded': { schema: { type: 'object', required: ['name'], properties: { name: { $ref: '#/components/schemas/Name' }, count: { type: 'integer' }, point: { $ref: '#/components/schemas/Point' } } }, examples: {} } } }, responses: { default: { 'application/json': { schema: { $ref: '#/components/schemas/Point' }, examples: {} } } }, security: [{ key: [] }] },
    multipartBody: { parameters: [], body: { required: true, content: { 'multipart/form-data': { schema: { type: 'object', required: ['name', 'file'], properties: { name: { $ref: '#/components/schemas/Name' }, file: { type: 'string', format: 'binary' } } }, examples: {} } } }, responses: { '2XX': { 'application/json': { schema: { $ref: '#/components/schemas/Point' }, examples: {} } } }, security: [{ key: [] }] },
    keyInQuery: { parameters: [], responses: { '204': {} }, security: [{ queryKey: [] }] },
    keyInCookie: { parameters: [], responses: { '204': {} }, security: [{ cookieKey: [] }] },
    keysTogether: { parameters: [], responses: { '204': {} }, security: [{ key: [], queryKey: [] }] },
    eitherKey: { parameters: [], responses: { '204': {} }, security: [{ password: [] }, { token: [] }] },
    noKey: { parameters: [], responses: { '204': {} }, security: [] },
    basic: { parameters: [], responses: { '204': {} }, security: [{ password: [] }] },
  },
}
