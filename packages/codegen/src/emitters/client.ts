import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { generatedHeader } from './header.ts'
import { listNeededOptions } from './needed-options.ts'
import { readTable } from './operations.ts'

/**
 * Emits a function that makes a typed client of an API, with what its description says of it filled in, and whatever of
 * the client's core its table needs: the rest costs a bundle nothing.
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
    'operations',
    ...(needed.includes('authenticate') ? ['securitySchemes'] : []),
    hasServers ? 'servers' : 'type servers',
  ]
  const filled = needed.map((option) =>
    option === 'authenticate' ? 'authenticate: createAuthenticator(securitySchemes)' : option,
  )
  const all = [...(hasServers ? ['baseUrl: servers'] : []), 'errorCodes', '...options', ...filled]
  const exported = needed.map((option) => (option === 'authenticate' ? 'createAuthenticator' : option))
  const core = ['type ClientOptions', 'type CredentialsOf', 'createApiClient', ...exported]
  const base = 'ClientOptions<keyof typeof servers, CredentialsOf<typeof operations>>'
  const own = needed.length > 0 ? `Omit<${base}, ${needed.map((option) => `'${option}'`).join(' | ')}>` : base
  const words = hasServers
    ? 'Default base URLs: the servers of its description.'
    : 'Its description names no server by a whole URL, so `baseUrl` has to be given.'
  return `import { ${core.join(', ')} } from '@minimo/client/core'
import { ${ofTable.join(', ')} } from '${operations}'

/** Options of a client of the API. */
export type Options = ${hasServers ? `Partial<${own}>` : own}

/** Makes a typed client of the API. ${words} Throws for options that cannot work. */
export const createClient = (options: Options${hasServers ? ' = {}' : ''}) =>
  createApiClient(operations, { ${all.join(', ')} })
`
}
