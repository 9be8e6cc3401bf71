import {
  isReference,
  listOperations,
  listParameters,
  lookUp,
  type OpenApiDocument,
  type Operation,
  type OperationEntry,
  type PathItem,
  resolve,
  withOperationIds,
} from '../../spec/document.ts'
import { type Kind, kindBelow } from '../../spec/kinds.ts'
import { findResponseEnums } from '../../spec/open-enums.ts'
import { tokensOf } from '../../spec/pointer.ts'
import { retryClass } from '../../spec/retry.ts'
import { serverUrl } from '../../spec/servers.ts'
import { canonicalName, canonicalObject, withSiblings } from './canonical-object.ts'
import { isWords, openKeyword } from './shape.ts'
import { writeTags } from './write-tags.ts'

/**
 * A document in normal form: what means the same is written the same. 3.0's keywords become those of 3.1; servers,
 * security and parameters stand with each operation; `info.version` and defaults that are spelt out are gone, lists
 * without an order are sorted; names of headers and media types are in lower case, enums whose types are open say so,
 * and alternatives have the property by which a discriminator tells them apart. References stay, and so do words. The
 * document that is given stays as it was.
 */
export function normalizeSpec(document: OpenApiDocument): OpenApiDocument {
  const named = withOperationIds(document)
  const { servers, security, ...rest } = { ...named, openapi: '3.1.0', paths: pushDown(named) }
  // Sound: what is copied keeps its structure.
  return writeTags(markOpenEnums(withoutVersion(createNormal(document)(rest, 'object') as OpenApiDocument)))
}

function withoutVersion(document: OpenApiDocument & { info?: { version?: string } }): OpenApiDocument {
  if (!document.info) return document
  const { version, ...info } = document.info
  return Object.assign(document, { info })
}

function pushDown(document: OpenApiDocument): Record<string, PathItem> {
  const paths = Object.entries(document.paths ?? {}).map(([path, item]) => {
    const { servers, parameters, ...rest } = resolve(document, item)
    return [path, rest] as const
  })
  const pushed: Record<string, PathItem> = Object.fromEntries(paths)
  for (const entry of listOperations(document)) {
    const item = pushed[entry.path]
    if (item) item[entry.method] = ownOperation(document, entry)
  }
  return pushed
}

/** The operation with all that its path and the document add to it. */
function ownOperation(document: OpenApiDocument, entry: OperationEntry): Operation {
  const { operation, pathItem } = entry
  const servers = operation.servers ?? pathItem.servers ?? document.servers ?? []
  return {
    ...operation,
    'x-retry': retryClass(entry),
    parameters: ownParameters(document, entry),
    servers: (servers.length > 0 ? servers : [{ url: '/' }]).flatMap(serverUrls),
    security: (operation.security ?? document.security ?? []).map(sortedAlternative).sort(byText),
  }
}

/** A server for each combination of values that its variables may have, the defaults first. */
function serverUrls({ url, variables, ...words }: Server): Server[] {
  const urlWith = (values: Record<string, string>) => {
    const chosen = Object.entries(variables ?? {}).map(([name, { default: value }]) => [
      name,
      { default: values[name] ?? value },
    ])
    const server = { url, variables: Object.fromEntries(chosen) }
    return serverUrl({ openapi: '3.1.0' }, { operation: { servers: [server] }, pathItem: {} })
  }
  let all: Record<string, string>[] = [{}]
  for (const [name, variable] of Object.entries(variables ?? {})) {
    const others = (variable.enum ?? []).filter((value) => value !== variable.default)
    if (all.length * (others.length + 1) > mostUrls) continue
    all = all.flatMap((values) => [values, ...others.map((value) => ({ ...values, [name]: value }))])
  }
  return all.map((values) => ({ ...words, url: urlWith(values) }))
}

type Server = NonNullable<Operation['servers']>[number]

/** How many URLs of one server are told apart. */
const mostUrls = 100

/** References stay where the parameter is one; where the operation and its path have the same one, the operation's wins. */
function ownParameters(document: OpenApiDocument, entry: OperationEntry): NonNullable<Operation['parameters']> {
  const wanted = new Set(listParameters(document, entry))
  const all = [...(entry.pathItem.parameters ?? []), ...(entry.operation.parameters ?? [])]
  return all.filter((parameter) => wanted.delete(resolve(document, parameter)))
}

const sortedAlternative = (alternative: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(alternative)
      .map(([scheme, roles]) => [scheme, [...new Set(roles)].sort()] as const)
      .sort(byText),
  )

function byText(a: unknown, b: unknown): number {
  const [left, right] = [JSON.stringify(a), JSON.stringify(b)]
  return left < right ? -1 : left > right ? 1 : 0
}

/** What stands for the sections of components, whose names are no names of headers or the like. */
const named = 'named components'

/** Keywords that hold schemas, which may be `true` or `false`; not all tools read that everywhere. */
const schemaKeywords: ReadonlySet<string> = new Set([
  ...['schema', 'items', 'not', 'contains', 'propertyNames', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf'],
  ...['prefixItems', 'properties', 'patternProperties', 'dependentSchemas', '$defs', named],
])

/** Copies all but data, the objects in their normal form. What several places share, they share in the copy. */
function createNormal(document: OpenApiDocument): (node: unknown, kind: Kind, keyword?: string) => unknown {
  const copies = new Map<object, unknown>()
  const written = new Set<object>()
  // What stands beside a reference counts from 3.1 on.
  const hasSiblings = !document.openapi.startsWith('3.0')
  // `keyword` is what the value stands under, or in a list or map of.
  const normal = (node: unknown, kind: Kind, keyword = ''): unknown => {
    if (typeof node === 'boolean' && schemaKeywords.has(keyword)) return node ? {} : { not: {} }
    if (kind === 'data' || typeof node !== 'object' || node === null) return node
    if (Array.isArray(node)) return node.map((child) => normal(child, kind, keyword))
    const known = copies.get(node)
    if (known) return known
    const inner = kind === 'object' ? innerTarget(document, node) : undefined
    if (inner && !written.has(inner)) {
      written.add(inner)
      const result = normal(inPlaceOf(node, inner, hasSiblings), kind, keyword)
      written.delete(inner)
      copies.set(node, result)
      return result
    }
    const isSchema = kind !== 'map' && schemaKeywords.has(keyword)
    const entries = Object.entries(node).map(([key, value]) => [
      kind === 'map' ? canonicalName(keyword, key) : key,
      normal(value, kindBelow(kind, key, value), kind === 'map' ? keyword : keyword === 'components' ? named : key),
    ])
    const copy = Object.fromEntries(entries)
    const result = kind === 'map' ? copy : canonicalObject(isSchema && hasSiblings ? withSiblings(copy) : copy)
    copies.set(node, result)
    return result
  }
  return normal
}

/** What a reference leads to that is no component: the normal form may have it elsewhere, or joined with others. */
function innerTarget(document: OpenApiDocument, node: object): object | undefined {
  if (!isReference(node)) return undefined
  const tokens = tokensOf(node.$ref)
  if (tokens.length === 3 && tokens[0] === 'components') return undefined
  const target = lookUp(document, node.$ref)
  return typeof target === 'object' && target !== null ? target : undefined
}

/** What a reference means, written out, with what stands beside it where that counts. */
function inPlaceOf(node: object, target: object, hasSiblings: boolean): object {
  const beside = Object.entries(node).filter(([key]) => key !== '$ref')
  if (!hasSiblings || beside.every(([key]) => isWords(key))) return target
  const siblings = Object.fromEntries(beside)
  return { ...siblings, allOf: [target, siblings.allOf ?? []].flat() }
}

/** An enum whose type takes further values says so: a value that it lists later breaks no code. */
function markOpenEnums(document: OpenApiDocument): OpenApiDocument {
  for (const schema of findResponseEnums(document)) Object.assign(schema, { [openKeyword]: true })
  return document
}
