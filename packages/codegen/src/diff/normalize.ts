import {
  listOperations,
  listParameters,
  type OpenApiDocument,
  type Operation,
  type OperationEntry,
  type PathItem,
  resolve,
  withOperationIds,
} from '../document.ts'
import { serverUrl } from '../servers.ts'
import { canonicalObject } from './canonical-object.ts'
import { type Kind, kindBelow } from './shape.ts'

/**
 * A document in normal form: what means the same is written the same. 3.0's keywords become those of 3.1; servers,
 * security and parameters stand with each operation; `info.version` and defaults that are spelt out are gone, lists
 * without an order are sorted. References stay, and so do words. The document that is given stays as it was.
 */
export function normalizeSpec(document: OpenApiDocument): OpenApiDocument {
  const named = withOperationIds(document)
  const { servers, security, ...rest } = { ...named, openapi: '3.1.0', paths: pushDown(named) }
  return withoutVersion(normal(rest, 'object') as OpenApiDocument)
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
    parameters: ownParameters(document, entry),
    servers: (servers.length > 0 ? servers : [{ url: '/' }]).map(({ url, variables, ...words }) => ({
      ...words,
      url: serverUrl(document, { operation: { servers: [{ url, ...(variables && { variables }) }] }, pathItem: {} }),
    })),
    security: (operation.security ?? document.security ?? []).map(sortedAlternative).sort(byText),
  }
}

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

/** Keywords that hold schemas, which may be `true` or `false`; not all tools read that everywhere. */
const schemaKeywords: ReadonlySet<string> = new Set([
  ...['schema', 'items', 'not', 'contains', 'propertyNames', 'if', 'then', 'else', 'allOf', 'anyOf', 'oneOf'],
  ...['prefixItems', 'properties', 'patternProperties', 'dependentSchemas', '$defs', 'schemas'],
])

/** Copies all but data, the objects in their normal form. `keyword` is what the value stands under, or in a list or map of. */
function normal(node: unknown, kind: Kind, keyword = ''): unknown {
  if (typeof node === 'boolean' && schemaKeywords.has(keyword)) return node ? {} : { not: {} }
  if (kind === 'data' || typeof node !== 'object' || node === null) return node
  if (Array.isArray(node)) return node.map((child) => normal(child, kind, keyword))
  const copy = Object.fromEntries(
    Object.entries(node).map(([key, value]) => [
      key,
      normal(value, kindBelow(kind, key, value), kind === 'map' ? keyword : key),
    ]),
  )
  return kind === 'map' ? copy : canonicalObject(copy)
}
