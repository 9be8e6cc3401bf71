// @generated from control.yaml. Do not edit: change the spec and run `npx --yes pnpm@12.21.0 generate`.

import type { operations as schemaOperations, paths } from './schema.ts'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = { localhost: 'http://localhost:4010' } as const

/** The code of an error whose body names none, by status. */
export const errorCodes = { '400': 'bad_request', '403': 'forbidden', '404': 'not_found', '413': 'content_too_large', '422': 'validation_error', '503': 'service_unavailable' } as const

/** The codes of errors that the spec knows; the API may answer others. */
export type ErrorCode = 'bad_request' | 'content_too_large' | 'forbidden' | 'not_found' | 'service_unavailable' | 'validation_error'

/** How requests carry the key, by the names that rows give it. */
export const securitySchemes = {} as const

const table = {
  listControls: { method: 'GET', path: '/_sandbox', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  describeControls: { method: 'GET', path: '/_sandbox/control.yaml', server: 'localhost', retry: 'safe', hasResult: true, answer: ['application/yaml'] },
  readHealth: { method: 'GET', path: '/_sandbox/health', server: 'localhost', retry: 'safe', hasResult: true },
  resetSandbox: { method: 'POST', path: '/_sandbox/reset', server: 'localhost', retry: 'safe' },
  seedContacts: { method: 'POST', path: '/_sandbox/seed', server: 'localhost', retry: 'never', hasResult: true },
  takeSnapshot: { method: 'GET', path: '/_sandbox/snapshot', server: 'localhost', retry: 'safe', hasResult: true },
  restoreSnapshot: { method: 'PUT', path: '/_sandbox/snapshot', server: 'localhost', retry: 'safe' },
  playScenario: { method: 'POST', path: '/_sandbox/play', server: 'localhost', retry: 'never' },
  listContacts: { method: 'GET', path: '/_sandbox/contacts', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  listEvents: { method: 'GET', path: '/_sandbox/events', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  followEvents: { method: 'GET', path: '/_sandbox/events/stream', server: 'localhost', retry: 'safe', hasResult: true, answer: ['text/event-stream'] },
  listRuns: { method: 'GET', path: '/_sandbox/runs', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  listOutbox: { method: 'GET', path: '/_sandbox/outbox', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  openMessage: { method: 'POST', path: '/_sandbox/outbox/{id}/open', server: 'localhost', retry: 'never' },
  clickMessage: { method: 'POST', path: '/_sandbox/outbox/{id}/click', server: 'localhost', retry: 'never' },
  listRequests: { method: 'GET', path: '/_sandbox/requests', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  exportRequests: { method: 'GET', path: '/_sandbox/requests.har', server: 'localhost', retry: 'safe', hasResult: true },
  readClock: { method: 'GET', path: '/_sandbox/clock', server: 'localhost', retry: 'safe', hasResult: true },
  advanceClock: { method: 'POST', path: '/_sandbox/clock', server: 'localhost', retry: 'never', hasResult: true },
  listFaults: { method: 'GET', path: '/_sandbox/faults', server: 'localhost', retry: 'safe', unwrap: 'data', hasResult: true },
  addFault: { method: 'POST', path: '/_sandbox/faults', server: 'localhost', retry: 'never', hasResult: true },
  removeFaults: { method: 'DELETE', path: '/_sandbox/faults', server: 'localhost', retry: 'safe' },
  removeFault: { method: 'DELETE', path: '/_sandbox/faults/{id}', server: 'localhost', retry: 'safe', integers: ['id'] },
} as const

/**
 * Every operation of the API as data: what run-time code needs to know of it, keyed by operationId.
 * `~types` ties the table to the types of the same document; it has no value.
 */
export const operations: typeof table & {
  readonly '~types'?: { paths: paths; operations: schemaOperations; errorCode: ErrorCode; needs: 'readAnswer' }
} = table

/** The operationId of any operation of the API. */
export type OperationId = keyof typeof table
