import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { createServerKeys } from '../spec/servers.ts'
import { generatedHeader } from './header.ts'

/** Emits a function that makes a typed client of an API, with what its description says of it filled in. */
export function emitClient({ path, operations }: { path: string; operations: string }): Emitter {
  return (document, { source }) => [{ path, text: generatedHeader(source) + render(document, operations) }]
}

function render(document: OpenApiDocument, operations: string): string {
  const isReachable = [...createServerKeys(document).keys()].every((url) => URL.canParse(url))
  const options = 'ClientOptions<keyof typeof servers>'
  const [type, words] = isReachable
    ? [`Partial<${options}> = {}`, 'Default base URLs: the servers of its description.']
    : [options, 'Its description names no server by a whole URL, so `baseUrl` has to be given.']
  return `import { type ClientOptions, createApiClient } from '@minimo/client/core'
import { errorCodes, operations${isReachable ? ', servers' : ', type servers'} } from '${operations}'

/** Makes a typed client of the API. ${words} Throws for options that cannot work. */
export const createClient = (options: ${type}) =>
  createApiClient(operations, { ${isReachable ? 'baseUrl: servers, ' : ''}errorCodes, ...options })
`
}
