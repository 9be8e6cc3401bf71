/**
 * What a value of an OpenAPI document is: an `object` has keywords as keys, a `map` has names, which mean nothing by
 * themselves (a property may be called `description`), and `data` is taken as it is.
 */
export type Kind = 'object' | 'map' | 'data'

/** Keywords whose value maps names to objects. */
const maps: ReadonlySet<string> = new Set([
  ...['paths', 'webhooks', 'responses', 'content', 'headers', 'links', 'encoding', 'callbacks'],
  ...['schemas', 'parameters', 'requestBodies', 'securitySchemes', 'pathItems'],
  ...['properties', 'patternProperties', 'dependentSchemas', '$defs'],
])

/** Keywords whose value holds no schema and no reference. */
const data: ReadonlySet<string> = new Set([
  ...['enum', 'const', 'default', 'example', 'examples', 'value'],
  ...['security', 'variables', 'mapping', 'scopes', 'dependentRequired'],
])

/** What the value under a key is, by what holds it. */
export function kindBelow(kind: Kind, key: string, value: unknown): Kind {
  if (kind === 'data') return 'data'
  if (kind === 'map') return 'object'
  if (data.has(key) || key.startsWith('x-')) return 'data'
  return maps.has(key) && !Array.isArray(value) ? 'map' : 'object'
}

/** Whether the value that keys lead to is data. */
export function isData(document: unknown, keys: readonly string[]): boolean {
  let [node, kind]: [unknown, Kind] = [document, 'object']
  for (const key of keys) {
    const below: unknown = Reflect.get(Object(node), key)
    if (!Array.isArray(node)) kind = kindBelow(kind, key, below)
    node = below
  }
  return kind === 'data'
}

/** Whether a value has keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An object of a document that is no data, and the keys that lead to it. */
export interface FoundObject {
  node: Record<string, unknown>
  keys: readonly string[]
}

/** A value on the way through a document. */
interface Step {
  node: unknown
  kind: Kind
  key: string
  holder?: Step
}

/** Lists the objects of a document that a condition holds for; what examples, defaults and extensions hold is none. */
export function findObjects(document: unknown, isWanted: (node: FoundObject['node']) => boolean): FoundObject[] {
  const found: FoundObject[] = []
  // Not by recursion, so that no document is too deep for it.
  const next: Step[] = [{ node: document, kind: 'object', key: '' }]
  for (let holder = next.pop(); holder; holder = next.pop()) {
    const { node, kind } = holder
    if (typeof node !== 'object' || node === null) continue
    if (kind === 'object' && isRecord(node) && isWanted(node)) found.push({ node, keys: keysTo(holder) })
    const start = next.length
    for (const [key, child] of Object.entries(node)) {
      const below = Array.isArray(node) ? kind : kindBelow(kind, key, child)
      if (below !== 'data' && typeof child === 'object') next.push({ node: child, kind: below, key, holder })
    }
    // The last is next, so that what stands first is found first.
    next.push(...next.splice(start).reverse())
  }
  return found
}

function keysTo(step: Step): string[] {
  const keys: string[] = []
  for (let { holder, key } = step; holder; { holder, key } = holder) keys.push(key)
  return keys.reverse()
}
