import type { Emitter, GeneratedFile } from '../spec/config.ts'
import {
  listOperations,
  listParameters,
  type Method,
  type OpenApiDocument,
  type OperationEntry,
  resolve,
} from '../spec/document.ts'
import { createPersonalDataFinder } from '../spec/personal-data.ts'
import { createServerKeys, serverUrl } from '../spec/servers.ts'
import { generatedHeader } from './header.ts'
import { key, literal } from './literal.ts'

/** Emits the table of operations that run-time code interprets, with the servers and error codes it refers to. */
export function emitOperations({
  path,
  types,
}: {
  path: string
  types: string
}): (...input: Parameters<Emitter>) => GeneratedFile[] {
  return (document, { source }) => {
    const servers = createServerKeys(document)
    const findPersonalData = createPersonalDataFinder(document)
    const rows = listOperations(document).map((entry) => {
      return [entry.id, row(document, entry, { servers, pii: findPersonalData(entry) })] as const
    })
    const text = generatedHeader(source) + render(document, servers, rows, types)
    return [{ path, text, operationIds: rows.map(([id]) => id) }]
  }
}

/** By HTTP's own rules these can be repeated; `x-retry` overrides it either way. */
const repeatable: readonly Method[] = ['get', 'head', 'put', 'delete', 'options']

/** Whether a client may repeat an operation by itself. */
export const retryClass = ({ operation, method }: Pick<OperationEntry, 'operation' | 'method'>): 'safe' | 'never' =>
  operation['x-retry'] ?? (repeatable.includes(method) ? 'safe' : 'never')

/** What of a row is found for all operations at once. */
interface Found {
  servers: ReadonlyMap<string, string>
  pii: readonly string[]
}

function row(document: OpenApiDocument, entry: OperationEntry, { servers, pii }: Found) {
  const { operation, method, path } = entry
  const integers = listParameters(document, entry)
    .filter(
      (parameter) =>
        parameter.in === 'path' && parameter.schema && resolve(document, parameter.schema).type === 'integer',
    )
    .map((parameter) => parameter.name)
  return {
    method: method.toUpperCase(),
    path,
    server: servers.get(serverUrl(document, entry)),
    retry: retryClass(entry),
    ...(operation['x-unwrap'] && { unwrap: operation['x-unwrap'] }),
    ...(hasResult(document, entry) && { hasResult: true }),
    ...(operation.deprecated && { deprecated: true }),
    ...(integers.length > 0 && { integers }),
    ...(pii.length > 0 && { pii }),
  }
}

/** Whether each documented success has a body; HEAD and 204 never have one (RFC 9110). */
function hasResult(document: OpenApiDocument, { operation, method }: OperationEntry): boolean {
  const successes = Object.entries(operation.responses ?? {}).filter(([status]) => /^2/.test(status))
  const areFull = successes.every(
    ([status, response]) => status !== '204' && Object.keys(resolve(document, response).content ?? {}).length > 0,
  )
  return method !== 'head' && successes.length > 0 && areFull
}

function render(
  document: OpenApiDocument,
  servers: ReadonlyMap<string, string>,
  rows: (readonly [string, object])[],
  types: string,
): string {
  const serverUrls = Object.fromEntries([...servers].map(([url, key]) => [key, url]))
  return `import type { operations as schemaOperations, paths } from '${types}'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = ${literal(serverUrls)} as const

/** The code of an error whose body names none, by status. */
export const errorCodes = ${literal(document['x-error-codes'] ?? {})} as const

const table = {
${rows.map(([id, fields]) => `  ${key(id)}: ${literal(fields)},\n`).join('')}} as const

/**
 * Every operation of the API as data: what run-time code needs to know of it, keyed by operationId.
 * \`~types\` ties the table to the types of the same document; it has no value.
 */
export const operations: typeof table & { readonly '~types'?: { paths: paths; operations: schemaOperations } } = table

/** The operationId of any operation of the API. */
export type OperationId = keyof typeof table
`
}
