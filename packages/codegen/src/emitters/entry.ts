import type { Emitter } from '../spec/config.ts'
import type { OpenApiDocument } from '../spec/document.ts'
import { generatedHeader } from './header.ts'

/** What the module exports of every API. */
const taken = [
  'createClient',
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
  return async (document, { source }) => [
    {
      path,
      text: `${generatedHeader(source)}import type { components } from '${types}'

export { type ErrorCode, errorCodes, type OperationId, operations, securitySchemes, servers } from '${operations}'
export type { components, operations as OperationTypes, paths } from '${types}'
${client === undefined ? '' : `export { createClient } from '${client}'\n`}${(await aliases(document)).join('')}`,
    },
  ]
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

/** Loaded late, as for the types: the compiler takes its time. It knows which words are names, and which are its own. */
async function createNameCheck(): Promise<(name: string) => boolean> {
  const { default: ts } = await import('typescript')
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, false)
  return (name) => {
    scanner.setText(name)
    return scanner.scan() === ts.SyntaxKind.Identifier && scanner.getTokenEnd() === name.length
  }
}

function comment(words: string): string {
  const lines = words.trim().replaceAll('*/', '*\\/').split('\n')
  return lines.length === 1
    ? `/** ${lines[0]} */`
    : ['/**', ...lines.map((line) => ` * ${line}`.trimEnd()), ' */'].join('\n')
}
