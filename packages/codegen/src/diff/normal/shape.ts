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

/** Keywords for people: they change nothing of what is sent or answered. */
const words: ReadonlySet<string> = new Set([
  ...['info', 'summary', 'description', 'title', 'example', 'examples', 'externalDocs', '$comment'],
])

/** What the value under a key is, by what holds it. */
export function kindBelow(kind: Kind, key: string, value: unknown): Kind {
  if (kind === 'data') return 'data'
  if (kind === 'map') return 'object'
  if (data.has(key) || key.startsWith('x-')) return 'data'
  return maps.has(key) && !Array.isArray(value) ? 'map' : 'object'
}

/** Whether a keyword of an object is for people, or an extension, which has a meaning only where a check of ours reads it. */
export const isWords = (keyword: string): boolean => words.has(keyword) || keyword.startsWith('x-')

/** Whether a value has keys. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Says in a document in normal form that the type of an enum takes further values. No keyword of OpenAPI. */
export const openKeyword = 'open'
