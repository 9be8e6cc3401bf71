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
  const ofTable = [
    'errorCodes',
    'operations',
    ...(needed.has('authenticate') ? ['securitySchemes'] : []),
    hasServers ? 'servers' : 'type servers',
  ]
  const filled = [...needed].map(([option, made]) => (option === made ? option : `${option}: ${made}`))
  const all = [...(hasServers ? ['baseUrl: servers'] : []), 'errorCodes', '...options', ...filled]
  const exported = [...needed.values()].map((made) => made.replace(/\(.*/, ''))
  const core = ['type ClientOptions', 'type CredentialsOf', 'createApiClient', ...exported]
  const base = 'ClientOptions<keyof typeof servers, CredentialsOf<typeof operations>>'
  const own = needed.size > 0 ? `Omit<${base}, ${[...needed.keys()].map((option) => `'${option}'`).join(' | ')}>` : base
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

/** What of the client's core serves the rows that are not JSON, plain parameters and a bearer token alone, by option. */
function listNeeded(document: OpenApiDocument): ReadonlyMap<string, string> {
  const { rows } = readTable(document)
  const some = (isNeeded: (row: (typeof rows)[number][1]) => unknown) => rows.some(([, row]) => isNeeded(row))
  const needed: [isNeeded: boolean, option: string, made?: string][] = [
    [some(({ security = [] }) => security.length > 0), 'authenticate', 'createAuthenticator(securitySchemes)'],
    [some(({ answer }) => answer), 'readAnswer'],
    [some(({ body }) => body), 'writeBody'],
    [some(({ body = [] }) => body.some(isForm)), 'writeForm'],
    [some(({ styles }) => styles), 'writeParameters'],
  ]
  return new Map(needed.flatMap(([isNeeded, option, made = option]) => (isNeeded ? [[option, made] as const] : [])))
}

const isForm = (type: string) => /^(multipart\/|application\/x-www-form-urlencoded)/.test(type)
