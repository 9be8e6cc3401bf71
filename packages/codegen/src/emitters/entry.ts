import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { comment } from './comment.ts'
import { generatedHeader } from './header.ts'
import { createNameCheck } from './type-names.ts'

/** What the module exports of every API. */
const taken = [
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

/**
 * Emits the module that a package offers of an API: its table, servers and error codes, all its types, and each
 * component schema under its own name. A schema whose name is no name of a type in TypeScript, or is that of another
 * export, has none: it is found as `components['schemas']['…']`.
 */
export function emitEntry({ path, types, operations }: { path: string; types: string; operations: string }): Emitter {
  return async (document, { source }) => {
    const names = await aliases(document)
    const imported = names.length > 0 ? `import type { components } from '${types}'\n\n` : ''
    const text = `${imported}export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from '${operations}'
export type { components, operations as OperationTypes, paths } from '${types}'
${names.join('')}`
    return [{ path, text: generatedHeader(source) + text }]
  }
}

async function aliases(document: OpenApiDocument): Promise<string[]> {
  const isTypeName = await createNameCheck()
  return Object.entries(document.components?.schemas ?? {})
    .filter(([name]) => isTypeName(name) && !taken.includes(name))
    .map(([name, schema]) => {
      const description: unknown = Reflect.get(Object(schema), 'description')
      const words = typeof description === 'string' ? description : `The schema \`${name}\` of the API.`
      return `\n${comment(words)}\nexport type ${name} = components['schemas']['${name}']\n`
    })
}
