// @generated from every-kind.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { operations as schemaOperations, paths } from './schema.ts'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = { api: 'https://api.example.com' } as const

/** The code of an error whose body names none, by status. */
export const errorCodes = {} as const

/** The codes of errors that the spec knows; the API may answer others. */
export type ErrorCode = never

/** How requests carry the key, by the names that rows give it. */
export const securitySchemes = { key: { type: 'apiKey', in: 'header', name: 'x-key' }, queryKey: { type: 'apiKey', in: 'query', name: 'key' }, cookieKey: { type: 'apiKey', in: 'cookie', name: 'sid' }, token: { type: 'http', scheme: 'bearer' }, password: { type: 'http', scheme: 'basic' } } as const

const table = {
  queryForm: { method: 'GET', path: '/query/form', server: 'api', retry: 'safe', styles: { query: { joined: { explode: false }, object: { explode: false }, spread: {}, reserved: { allowReserved: true } } }, security: [['key']] },
  queryDelimited: { method: 'GET', path: '/query/delimited', server: 'api', retry: 'safe', styles: { query: { pipes: { style: 'pipeDelimited' } } }, security: [['key']] },
  queryDeep: { method: 'GET', path: '/query/deep', server: 'api', retry: 'safe', styles: { query: { filter: { style: 'deepObject' } } }, security: [['key']] },
  queryContent: { method: 'GET', path: '/query/content', server: 'api', retry: 'safe', styles: { query: { filter: { content: 'application/json' } } }, security: [['key']] },
  pathStyles: { method: 'GET', path: '/path/{plain}/{label}/{matrix}', server: 'api', retry: 'safe', integers: ['plain'], styles: { path: { label: { style: 'label' }, matrix: { style: 'matrix' } } }, security: [['key']] },
  headerStyles: { method: 'GET', path: '/header', server: 'api', retry: 'safe', styles: { header: { 'x-list': {}, 'x-object': { explode: true } } }, security: [['key']] },
  cookies: { method: 'GET', path: '/cookie', server: 'api', retry: 'safe', styles: { cookie: { session: {} } }, security: [['key']] },
  mergePatch: { method: 'PATCH', path: '/body/patch', server: 'api', retry: 'never', hasResult: true, body: ['application/merge-patch+json'], security: [['key']] },
  textBody: { method: 'POST', path: '/body/text', server: 'api', retry: 'never', hasResult: true, body: ['text/plain'], answer: ['text/plain'], security: [['key']] },
  binaryBody: { method: 'PUT', path: '/body/bytes', server: 'api', retry: 'safe', hasResult: true, body: ['application/octet-stream'], answer: ['application/pdf'], security: [['key']] },
  formBody: { method: 'POST', path: '/body/form', server: 'api', retry: 'never', hasResult: true, body: ['application/x-www-form-urlencoded'], encoding: { 'application/x-www-form-urlencoded': { point: { style: 'deepObject', explode: true } } }, security: [['key']] },
  multipartBody: { method: 'POST', path: '/body/parts', server: 'api', retry: 'never', hasResult: true, body: ['multipart/form-data'], security: [['key']] },
  keyInQuery: { method: 'GET', path: '/key/query', server: 'api', retry: 'safe', security: [['queryKey']] },
  keyInCookie: { method: 'GET', path: '/key/cookie', server: 'api', retry: 'safe', security: [['cookieKey']] },
  keysTogether: { method: 'GET', path: '/key/both', server: 'api', retry: 'safe', security: [['key', 'queryKey']] },
  eitherKey: { method: 'GET', path: '/key/either', server: 'api', retry: 'safe', security: [['password'], ['token']] },
  noKey: { method: 'GET', path: '/key/none', server: 'api', retry: 'safe', security: [] },
  basic: { method: 'GET', path: '/key/basic', server: 'api', retry: 'safe', security: [['password']] },
} as const

/**
 * Every operation of the API as data: what run-time code needs to know of it, keyed by operationId.
 * `~types` ties the table to the types of the same document; it has no value.
 */
export const operations: typeof table & {
  readonly '~types'?: { paths: paths; operations: schemaOperations; errorCode: ErrorCode; securitySchemes: typeof securitySchemes; needs: 'authenticate' | 'readAnswer' | 'writeBody' | 'writeForm' | 'writeParameters' }
} = table

/** The operationId of any operation of the API. */
export type OperationId = keyof typeof table
