import type { Emitter, GeneratedFile } from '../spec/config.ts'
import { listOperations, listParameters, type OpenApiDocument, type OperationEntry, resolve } from '../spec/document.ts'
import { findErrorCodes } from '../spec/error-codes.ts'
import { key, literal } from '../spec/literal.ts'
import { createPersonalDataFinder } from '../spec/personal-data.ts'
import { retryClass } from '../spec/retry.ts'
import { createServerKeys, serverUrl } from '../spec/servers.ts'
import { generatedHeader } from './header.ts'
import { listNeededOptions } from './needed-options.ts'
import { readBodies } from './row-bodies.ts'
import { findStyles } from './row-parameters.ts'
import { readSecurity, type Security } from './row-security.ts'

/** Emits the table of operations that run-time code interprets, with the servers, error codes and security schemes it refers to. */
export function emitOperations({
  path,
  types,
}: {
  path: string
  types: string
}): (...input: Parameters<Emitter>) => GeneratedFile[] {
  return (document, { source }) => {
    const { rows, ...referred } = readTable(document)
    const text = generatedHeader(source) + render(document, referred, rows, types)
    return [{ path, text, operationIds: rows.map(([id]) => id) }]
  }
}

/** The rows of a document's operations, and what they refer to. */
export function readTable(document: OpenApiDocument) {
  const referred: Referred = { servers: createServerKeys(document), security: readSecurity(document) }
  const found: Found = { ...referred, findPersonalData: createPersonalDataFinder(document) }
  return {
    ...referred,
    rows: listOperations(document).map((entry) => [entry.id, row(document, entry, found)] as const),
  }
}

/** What rows refer to. */
interface Referred {
  servers: ReadonlyMap<string, string>
  security: Security
}

/** What of a row is found for all operations at once. */
interface Found extends Referred {
  findPersonalData: ReturnType<typeof createPersonalDataFinder>
}

function row(document: OpenApiDocument, entry: OperationEntry, { servers, security, findPersonalData }: Found) {
  const { operation, method, path } = entry
  const integers = listParameters(document, entry)
    .filter(
      (parameter) =>
        parameter.in === 'path' && parameter.schema && resolve(document, parameter.schema).type === 'integer',
    )
    .map((parameter) => parameter.name)
  const pii = [...new Set([...findPersonalData(entry), ...security.secretPlaces(entry)])]
  const styles = findStyles(document, entry)
  const alternatives = security.of(entry)
  return {
    method: method.toUpperCase(),
    path,
    server: servers.get(serverUrl(document, entry)),
    retry: retryClass(entry),
    ...(operation['x-unwrap'] && { unwrap: operation['x-unwrap'] }),
    ...readBodies(document, entry),
    ...(operation.deprecated && { deprecated: true }),
    ...(integers.length > 0 && { integers }),
    ...(pii.length > 0 && { pii }),
    ...(styles && { styles }),
    ...(alternatives && { security: alternatives }),
  }
}

function render(
  document: OpenApiDocument,
  { servers, security }: Referred,
  rows: (readonly [string, Parameters<typeof listNeededOptions>[0][number]])[],
  types: string,
): string {
  const schemes = security.isSilent ? '' : '; securitySchemes: typeof securitySchemes'
  const needed = listNeededOptions(rows.map(([, row]) => row)).map(literal)
  const needs = needed.length > 0 ? `; needs: ${needed.join(' | ')}` : ''
  const serverUrls = Object.fromEntries([...servers].map(([url, key]) => [key, url]))
  const codes = findErrorCodes(document).map(literal)
  return `import type { operations as schemaOperations, paths } from '${types}'

/** Base URL of each server, by the key that the table's rows name. */
export const servers = ${literal(serverUrls)} as const

/** The code of an error whose body names none, by status. */
export const errorCodes = ${literal(document['x-error-codes'] ?? {})} as const

/** The codes of errors that the spec knows; the API may answer others. */
export type ErrorCode = ${codes.length > 0 ? codes.join(' | ') : 'never'}

/** How requests carry the key, by the names that rows give it. */
export const securitySchemes = ${literal(security.schemes)} as const

const table = {
${rows.map(([id, fields]) => `  ${key(id)}: ${literal(fields)},\n`).join('')}} as const

/**
 * Every operation of the API as data: what run-time code needs to know of it, keyed by operationId.
 * \`~types\` ties the table to the types of the same document; it has no value.
 */
export const operations: typeof table & {
  readonly '~types'?: { paths: paths; operations: schemaOperations; errorCode: ErrorCode${schemes}${needs} }
} = table

/** The operationId of any operation of the API. */
export type OperationId = keyof typeof table
`
}
