import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { generatedHeader } from './header.ts'
import { listNeededOptions } from './needed-options.ts'
import { readTable } from './operations.ts'

/** What the module takes over from the client's core: the errors, what tells them apart, and the plugins. */
const takenOver = [
  'ApiError',
  'ClientError',
  'ConnectionError',
  'isConnectionError',
  'isRateLimitError',
  'isResponseParseError',
  'isTimeoutError',
  'logger',
  'RateLimitError',
  'rateLimit',
  'ResponseParseError',
  'TimeoutError',
]

/** What the module exports. */
export const clientExports = {
  values: [...takenOver, 'createClient', 'isApiError'],
  types: ['ApiClient', 'CallOptions', 'ClientOptions', 'ClientPlugin', 'ErrorOf', 'InputOf', 'OutputOf'],
}

/** What does not depend on the description. */
const typesOfCalls = `export type { CallOptions, Plugin as ClientPlugin }

/** A client of the API. */
export type ApiClient = ClientOf<typeof operations>

/** What a call of an operation sends, by its operationId. */
export type InputOf<Id extends OperationId> = Input<typeof operations, Id>

/** What a call of an operation gives, by its operationId. */
export type OutputOf<Id extends OperationId> = Output<typeof operations, Id>

/** What a call of an operation rejects with when the API answers with an error, by its operationId. */
export type ErrorOf<Id extends OperationId> = ApiErrorOf<typeof operations, Id>

/** Whether an error is an \`ApiError\`: of the given status, or of the operation with the given operationId. */
export const isApiError = isAnyApiError as IsApiError<typeof operations>
`

const types = ['ApiErrorOf', 'CallOptions', 'CredentialsOf', 'Input', 'IsApiError', 'Output', 'Plugin']

/**
 * Emits a function that makes a typed client of an API, with what its description says of it filled in, and whatever of
 * the client's core its table needs: the rest costs a bundle nothing. With it come the errors and the types of calls.
 */
export function emitClient({ path, operations }: { path: string; operations: string }): Emitter {
  return (document, { source }) => [{ path, text: generatedHeader(source) + render(document, operations) }]
}

function render(document: OpenApiDocument, operations: string): string {
  const { servers, rows } = readTable(document)
  const hasServers = [...servers.keys()].every((url) => URL.canParse(url))
  const needed = listNeededOptions(rows.map(([, row]) => row))
  const ofTable = [
    'errorCodes',
    'type OperationId',
    'operations',
    ...(needed.includes('authenticate') ? ['securitySchemes'] : []),
    hasServers ? 'servers' : 'type servers',
  ]
  const filled = needed.map((option) =>
    option === 'authenticate' ? 'authenticate: createAuthenticator(securitySchemes)' : option,
  )
  const all = [...(hasServers ? ['baseUrl: servers'] : []), 'errorCodes', '...options', ...filled]
  const ofCore = needed.map((option) => (option === 'authenticate' ? 'createAuthenticator' : option))
  const base = 'OptionsOf<keyof typeof servers, CredentialsOf<typeof operations>>'
  const own = needed.length > 0 ? `Omit<${base}, ${needed.map((option) => `'${option}'`).join(' | ')}>` : base
  const words = hasServers
    ? 'Default base URLs: the servers of its description.'
    : 'Its description names no server by a whole URL, so `baseUrl` has to be given.'
  return `import type { ApiClient as ClientOf, ClientOptions as OptionsOf, ${types.join(', ')} } from '@minimo/client/core'
import { ${['createApiClient', ...ofCore, 'isApiError as isAnyApiError'].join(', ')} } from '@minimo/client/core'
import { ${ofTable.join(', ')} } from '${operations}'

export { ${takenOver.join(', ')} } from '@minimo/client/core'
${typesOfCalls}
/** Options of a client of the API. */
export type ClientOptions = ${hasServers ? `Partial<${own}>` : own}

/** Makes a typed client of the API. ${words} Throws for options that cannot work. */
export const createClient = (options: ClientOptions${hasServers ? ' = {}' : ''}): ApiClient =>
  createApiClient(operations, { ${all.join(', ')} })
`
}
