import { listOperations, type OpenApiDocument, type PathItem, resolve } from '../../src/spec/document.ts'
import { type Fields, isFields, listReferences, listSchemas } from './sites.ts'

/**
 * Joins documents into one, so that many pairs are compared at the price of one. Each keeps its paths, operationIds,
 * webhooks and components apart by a prefix, such as `e12x`.
 */
export function joinDocuments(documents: readonly OpenApiDocument[]): OpenApiDocument {
  const joined = { paths: {}, webhooks: {}, components: {} as Record<string, Fields> }
  for (const [index, document] of documents.entries()) {
    const { paths, webhooks, components } = withPrefix(JSON.parse(JSON.stringify(document)), prefixOf(index))
    Object.assign(joined.paths, paths)
    Object.assign(joined.webhooks, webhooks)
    for (const [section, entries] of Object.entries(components ?? {})) {
      joined.components[section] = Object.assign(joined.components[section] ?? {}, entries)
    }
  }
  return { openapi: '3.1.0', ...joined }
}

/** The prefix of the names that a document brings into a joined one. */
export const prefixOf = (index: number) => `e${index}x`

/** Which of the joined documents a name or text of the joined one speaks of. */
export function indexIn(text: string): number | undefined {
  const [, index] = /(?<![A-Za-z0-9])e(\d+)x/.exec(text) ?? []
  return index === undefined ? undefined : Number(index)
}

function withPrefix(document: OpenApiDocument, prefix: string): OpenApiDocument {
  for (const item of [document.paths, document.webhooks].flatMap((items) => Object.values(items ?? {}))) {
    for (const operation of Object.values(item)) if (isFields(operation)) renameIn(operation, prefix)
  }
  for (const reference of listReferences(document)) {
    reference.$ref = reference.$ref.replace(/^(#\/components\/[^/]+\/)/, `$1${prefix}`)
  }
  for (const { schema } of listSchemas(document)) {
    const mapping = isFields(schema.discriminator) ? schema.discriminator.mapping : undefined
    if (!isFields(mapping)) continue
    for (const [key, target] of Object.entries(mapping)) {
      mapping[key] = String(target).replace(/^(#\/components\/[^/]+\/)/, `$1${prefix}`)
    }
  }
  const components = Object.entries(document.components ?? {}).map(([section, entries]) => [
    section,
    renamed(entries, prefix),
  ])
  return {
    ...document,
    paths: renamed(document.paths ?? {}, `/${prefix}`),
    webhooks: renamed(document.webhooks ?? {}, prefix),
    components: Object.fromEntries(components),
  }
}

const renamed = <T>(entries: Record<string, T>, prefix: string): Record<string, T> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [prefix + name, value]))

function renameIn(operation: Fields, prefix: string): void {
  if (typeof operation.operationId === 'string') operation.operationId = prefix + operation.operationId
  if (Array.isArray(operation.security)) operation.security = operation.security.map((one) => renamed(one, prefix))
}

/** A whole document, with what it adds to each operation written there, so that it can be joined with others. */
export function standAlone(document: OpenApiDocument): OpenApiDocument {
  const slice = sliceDocument(document, new Set(listOperations(document).map(({ id }) => id)))
  const { webhooks, components } = structuredClone(document)
  return { ...slice, ...(webhooks && { webhooks }), ...(components && { components }) }
}

/** The part of a document that some operations reach, with what the document adds to each operation written there. */
export function sliceDocument(document: OpenApiDocument, ids: ReadonlySet<string>): OpenApiDocument {
  const paths: Record<string, PathItem> = {}
  const schemes = new Set<string>()
  for (const { path, method, operation, pathItem } of listOperations(document).filter(({ id }) => ids.has(id))) {
    const { parameters } = pathItem
    const servers = operation.servers ?? pathItem.servers ?? document.servers
    const security = operation.security ?? document.security
    for (const alternative of security ?? []) for (const scheme of Object.keys(alternative)) schemes.add(scheme)
    const own = { ...operation, ...(servers && { servers }), ...(security && { security }) }
    paths[path] = { ...paths[path], ...(parameters && { parameters }), [method]: own }
  }
  const components: Record<string, Fields> = {}
  const next = listReferences(paths)
  const take = (section: string, name: string, value: unknown) => {
    const entries = components[section] ?? {}
    components[section] = entries
    if (name in entries) return
    entries[name] = value
    next.push(...listReferences(value))
  }
  for (const scheme of schemes) take('securitySchemes', scheme, document.components?.securitySchemes?.[scheme])
  for (let reference = next.pop(); reference; reference = next.pop()) {
    const [, section = '', name = ''] = /^#\/components\/([^/]+)\/([^/]+)$/.exec(reference.$ref) ?? []
    if (section === '') throw new Error(`A reference into the middle of something: ${reference.$ref}`)
    take(section, name, resolve(document, { $ref: reference.$ref }))
  }
  return structuredClone({ openapi: document.openapi, paths, components })
}
