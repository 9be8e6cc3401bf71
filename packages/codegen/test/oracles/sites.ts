import {
  listOperations,
  type OpenApiDocument,
  type OperationEntry,
  type PathItem,
  resolve,
} from '../../src/spec/document.ts'

/** An object of a document, by its keywords or names. */
export type Fields = Record<string, unknown>

/** Whether a value has keys. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A place of a document that holds a schema, or a reference to one. */
export interface SchemaSite {
  schema: Fields
  /** Puts another schema there. */
  replace: (schema: Fields) => void
  /** The keyword that it stands under, or in a list or map of. */
  keyword: string
}

const single = ['items', 'additionalProperties', 'not', 'contains', 'propertyNames', 'if', 'then', 'else', 'schema']
const lists = ['allOf', 'anyOf', 'oneOf', 'prefixItems']
const maps = ['properties', 'patternProperties', 'dependentSchemas', '$defs', 'schemas']
const data = ['example', 'examples', 'default', 'enum', 'const', 'mapping', 'security', 'variables', 'required']

/** Every place that holds a schema: in operations, webhooks, callbacks and components. */
export function listSchemas(root: unknown): SchemaSite[] {
  const sites: SchemaSite[] = []
  const add = (holder: Fields | unknown[], key: string | number, keyword: string) => {
    const value: unknown = Reflect.get(holder, key)
    if (isFields(value)) sites.push({ schema: value, keyword, replace: (schema) => Reflect.set(holder, key, schema) })
  }
  const visit = (node: unknown, isMap: boolean): void => {
    if (Array.isArray(node)) for (const child of node) visit(child, false)
    if (!isFields(node)) return
    for (const [key, value] of Object.entries(node)) {
      if (isMap) {
        visit(value, false)
        continue
      }
      if (data.includes(key) || key.startsWith('x-')) continue
      if (single.includes(key)) add(node, key, key)
      if (lists.includes(key) && Array.isArray(value)) for (const index of value.keys()) add(value, index, key)
      const isNamed = maps.includes(key) && isFields(value)
      if (isNamed) for (const name of Object.keys(value)) add(value, name, key)
      visit(value, isNamed || namedMaps.includes(key))
    }
  }
  visit(root, false)
  return sites
}

/** Keywords whose value maps names, which may be any, to objects that are no schemas. */
const namedMaps = ['paths', 'webhooks', 'responses', 'content', 'headers', 'callbacks', 'requestBodies', 'pathItems']

/** All operations of a document that may be edited, those of webhooks too. */
export const listEntries = (document: OpenApiDocument): OperationEntry[] => [
  ...listOperations(document),
  ...listOperations({ ...document, paths: document.webhooks ?? {} }),
]

/** The path item of an operation, to be changed. */
export const itemOf = (document: OpenApiDocument, { path }: OperationEntry): PathItem | undefined =>
  document.paths?.[path]

/** Every reference of a document, to be changed. */
export function listReferences(root: unknown): { $ref: string }[] {
  const found: { $ref: string }[] = []
  const next: unknown[] = [root]
  while (next.length > 0) {
    const node = next.pop()
    if (typeof node !== 'object' || node === null) continue
    if ('$ref' in node && typeof node.$ref === 'string') found.push(node as { $ref: string })
    next.push(...Object.values(node))
  }
  return found
}

/** What a site holds, references followed. */
export const targetOf = (document: OpenApiDocument, schema: Fields): Fields => resolve(document, schema)
