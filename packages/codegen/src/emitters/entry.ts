import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { clientExports } from './client.ts'
import { comment } from './comment.ts'
import { generatedHeader } from './header.ts'
import { createNameCheck } from './type-names.ts'

/** What the module exports of every API. */
const ofTable = [
  'ErrorCode',
  'errorCodes',
  'OperationId',
  'operations',
  'securitySchemes',
  'servers',
  'components',
  'OperationTypes',
  'paths',
]

/** Where the module stands, and what it joins. */
interface EntryPaths {
  path: string
  types: string
  operations: string
  /** Default: the package has a client that people wrote, or none. */
  client?: string
}

/**
 * Emits the module that a package offers of an API: its table, servers and error codes, all its types, and each
 * component schema under its own name. A schema whose name is no name of a type in TypeScript, or is that of another
 * export, has none: it is found as `components['schemas']['…']`.
 */
export function emitEntry({ path, types, operations, client }: EntryPaths): Emitter {
  return async (document, { source }) => {
    const ofClient = client === undefined ? [] : [...clientExports.values, ...clientExports.types]
    const names = await aliases(document, new Set([...ofTable, ...ofClient]))
    const imported = names.length > 0 ? `import type { components } from '${types}'\n\n` : ''
    const text = `${imported}export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from '${operations}'
export type { components, operations as OperationTypes, paths } from '${types}'
${client === undefined ? '' : fromClient(client)}${names.join('')}`
    return [{ path, text: generatedHeader(source) + text }]
  }
}

const fromClient = (client: string) => `export { ${clientExports.values.join(', ')} } from '${client}'
export type { ${clientExports.types.join(', ')} } from '${client}'
`

async function aliases(document: OpenApiDocument, taken: ReadonlySet<string>): Promise<string[]> {
  const isTypeName = await createNameCheck()
  return Object.entries(document.components?.schemas ?? {})
    .filter(([name]) => isTypeName(name) && !taken.has(name))
    .map(([name, schema]) => {
      const description: unknown = Reflect.get(Object(schema), 'description')
      const words = typeof description === 'string' ? description : `The schema \`${name}\` of the API.`
      return `\n${comment(words)}\nexport type ${name} = components['schemas']['${name}']\n`
    })
}
