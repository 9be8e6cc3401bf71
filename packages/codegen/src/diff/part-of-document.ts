import { listOperations, type OpenApiDocument, type PathItem } from '../document.ts'

/** What to keep of a document. */
export interface Selection {
  /** The operations to keep, by operationId. */
  operations: ReadonlySet<string>
  /** The component schemas to keep even where no kept operation reaches them, by name. */
  schemas: ReadonlySet<string>
}

/** Lists the places that a piece of a document refers to, directly or through what those refer to. */
export type Reach = (piece: unknown) => ReadonlySet<string>

/**
 * Follows the references of a document. A place is what a reference can name as a whole: `components/schemas/Pet`,
 * `paths//pets/{id}`.
 */
export function createReach(document: OpenApiDocument): Reach {
  const direct = new Map<string, string[]>()
  const targetsOf = (place: string) => {
    const targets = direct.get(place) ?? listTargets(lookUp(document, place))
    direct.set(place, targets)
    return targets
  }
  return (piece) => {
    const reached = new Set<string>()
    const next = listTargets(piece)
    for (let place = next.pop(); place !== undefined; place = next.pop()) {
      if (reached.has(place)) continue
      reached.add(place)
      next.push(...targetsOf(place))
    }
    return reached
  }
}

function lookUp({ paths = {}, components = {} }: OpenApiDocument, place: string): unknown {
  const [, path, section = '', name = ''] = /^(?:paths\/(.*)|components\/([^/]*)\/(.*))$/s.exec(place) ?? []
  return path === undefined ? components[section]?.[name] : paths[path]
}

function listTargets(piece: unknown): string[] {
  const targets = new Set<string>()
  const next: unknown[] = [piece]
  while (next.length > 0) {
    const node = next.pop()
    if (typeof node !== 'object' || node === null) continue
    const { $ref } = node as { $ref?: unknown }
    if (typeof $ref === 'string' && $ref.startsWith('#/')) targets.add(placeOf($ref))
    for (const child of Object.values(node)) next.push(child)
  }
  return [...targets]
}

function placeOf(ref: string): string {
  const tokens = ref.slice(2).split('/')
  const decode = (token: string) => decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
  return tokens
    .slice(0, tokens[0] === 'components' ? 3 : 2)
    .map(decode)
    .join('/')
}

/** The part of a document that holds what is selected and all that it reaches; schemas are shared, not copied. */
export function partOfDocument(document: OpenApiDocument, { operations, schemas }: Selection): OpenApiDocument {
  const kept = listOperations(document).filter(({ id }) => operations.has(id))
  const reached = createReach(document)([
    kept.map(({ operation, pathItem }) => [operation, pathItem.parameters]),
    [...schemas].map((name) => document.components?.schemas?.[name]),
  ])
  const isKept = (place: string) =>
    reached.has(place) || (place.startsWith(schemaPlace('')) && schemas.has(place.slice(schemaPlace('').length)))
  const paths: Record<string, PathItem> = {}
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    if (isKept(`paths/${path}`)) paths[path] = item
  }
  for (const { path, method, operation, pathItem } of kept) {
    const { parameters } = pathItem
    paths[path] = { ...(parameters && { parameters }), ...paths[path], [method]: operation }
  }
  return { openapi: document.openapi, paths, components: keepComponents(document.components ?? {}, isKept) }
}

function keepComponents(components: Record<string, Record<string, unknown>>, isKept: (place: string) => boolean) {
  const sections = Object.entries(components).map(([section, entries]) => {
    const kept = Object.entries(entries).filter(([name]) => isKept(`components/${section}/${name}`))
    return [section, Object.fromEntries(kept)] as const
  })
  return Object.fromEntries(sections)
}

/** The place of a component schema. */
export const schemaPlace = (name: string) => `components/schemas/${name}`

/** The component schemas that no operation reaches: they serve callbacks, or only the people who import them. */
export function listUnreachedSchemas(document: OpenApiDocument): string[] {
  const pieces = listOperations(document).map(({ operation, pathItem }) => [operation, pathItem.parameters])
  const reached = createReach(document)(pieces)
  return Object.keys(document.components?.schemas ?? {}).filter((name) => !reached.has(schemaPlace(name)))
}
