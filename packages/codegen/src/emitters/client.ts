import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { generatedHeader } from './header.ts'
import { readTable } from './operations.ts'

/**
 * Emits a function that makes a typed client of an API, with what its description says of it filled in, and whatever of
 * the client's core its table needs: the rest costs a bundle nothing.
 */
export function emitClient({ path, operations }: { path: string; operations: string }): Emitter {
  return (document, { source }) => [{ path, text: generatedHeader(source) + render(document, operations) }]
}

function render(document: OpenApiDocument, operations: string): string {
  const { servers } = readTable(document)
  const hasServers = [...servers.keys()].every((url) => URL.canParse(url))
  const needed = listNeeded(document)
  const isSigned = needed.includes('createAuthenticator')
  const ofTable = [
    'errorCodes',
    'operations',
    ...(isSigned ? ['securitySchemes'] : []),
    hasServers ? 'servers' : 'type servers',
  ]
  const options = [
    ...(hasServers ? ['baseUrl: servers'] : []),
    'errorCodes',
    ...needed.map((name) =>
      name === 'createAuthenticator' ? 'authenticate: createAuthenticator(securitySchemes)' : name,
    ),
  ]
  const base = 'ClientOptions<keyof typeof servers, CredentialsOf<typeof operations>>'
  const [parameter, words] = hasServers
    ? [`options: Partial<${base}> = {}`, 'Default base URLs: the servers of its description.']
    : [`options: ${base}`, 'Its description names no server by a whole URL, so `baseUrl` has to be given.']
  const core = ['type ClientOptions', 'type CredentialsOf', 'createApiClient', ...needed]
  return `import { ${core.join(', ')} } from '@minimo/client/core'
import { ${ofTable.join(', ')} } from '${operations}'

/** Makes a typed client of the API. ${words} Throws for options that cannot work. */
export const createClient = (${parameter}) =>
  createApiClient(operations, { ${options.join(', ')}, ...options })
`
}

/** What of the client's core serves the rows that are not JSON, plain parameters and a bearer token alone. */
function listNeeded(document: OpenApiDocument): string[] {
  const { rows } = readTable(document)
  const some = (isNeeded: (row: (typeof rows)[number][1]) => unknown) => rows.some(([, row]) => isNeeded(row))
  return [
    ...(some(({ security = [] }) => security.length > 0) ? ['createAuthenticator'] : []),
    ...(some(({ answer }) => answer) ? ['readAnswer'] : []),
    ...(some(({ body }) => body) ? ['writeBody'] : []),
    ...(some(({ body = [] }) => body.some((type) => isForm(type))) ? ['writeForm'] : []),
    ...(some(({ styles }) => styles) ? ['writeParameters'] : []),
  ]
}

const isForm = (type: string) => /^(multipart\/|application\/x-www-form-urlencoded)/.test(type)
