import { readAt, tokensOf } from './pointer.ts'

/** A JSON Schema as OpenAPI 3.0 and 3.1 write it; only the keywords that codegen reads are named. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  /** How OpenAPI 3.0 says that `null` is allowed. */
  nullable?: boolean
  title?: string
  description?: string
  deprecated?: boolean
  default?: unknown
  const?: unknown
  /** An example as OpenAPI 3.0 writes it. */
  example?: unknown
  /** Examples as JSON Schema writes them. */
  examples?: unknown
  format?: string
  pattern?: string
  minimum?: number
  maximum?: number
  /** In OpenAPI 3.0 a flag beside `minimum`. */
  exclusiveMinimum?: number | boolean
  /** In OpenAPI 3.0 a flag beside `maximum`. */
  exclusiveMaximum?: number | boolean
  multipleOf?: number
  minLength?: number
  maxLength?: number
  minItems?: number
  maxItems?: number
  uniqueItems?: boolean
  minProperties?: number
  maxProperties?: number
  /** Of a property: no request holds it. */
  readOnly?: boolean
  /** Of a property: no answer holds it. */
  writeOnly?: boolean
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  patternProperties?: Record<string, Schema>
  items?: Schema
  prefixItems?: Schema[]
  contains?: Schema
  additionalProperties?: Schema | boolean
  unevaluatedProperties?: Schema | boolean
  unevaluatedItems?: Schema | boolean
  if?: Schema
  then?: Schema
  else?: Schema
  dependentSchemas?: Record<string, Schema>
  not?: Schema
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  'x-pii'?: boolean
  'x-error-code'?: string
}

/** A parameter of an operation or path, or a reference to one. */
export interface Parameter {
  $ref?: string
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  description?: string
  deprecated?: boolean
  required?: boolean
  schema?: Schema
  style?: string
  explode?: boolean
  allowReserved?: boolean
  /** In place of a schema: the one media type of the value. */
  content?: Record<string, { schema?: Schema }>
  example?: unknown
  examples?: Record<string, Example>
  'x-pii'?: boolean
  'x-error-code'?: string
}

/** A named example, or a reference to one. */
export interface Example {
  $ref?: string
  summary?: string
  description?: string
  value?: unknown
}

/** Where a response leads: to another operation, and how what it holds becomes what that takes. */
export interface Link {
  $ref?: string
  operationId?: string
  operationRef?: string
  parameters?: Record<string, unknown>
  description?: string
}

/** A body as one media type has it. */
export interface MediaType {
  schema?: Schema
  example?: unknown
  examples?: Record<string, Example>
  /** How properties of a form are written, by name. */
  encoding?: Record<string, { contentType?: string; style?: string; explode?: boolean; allowReserved?: boolean }>
}

/** A request body, response, or header: what a media type's schema hangs on. */
export interface Content {
  $ref?: string
  description?: string
  required?: boolean
  content?: Record<string, MediaType>
  headers?: Record<string, Header>
  links?: Record<string, Link>
}

/** A header of a response, or a reference to one. */
export interface Header {
  $ref?: string
  description?: string
  required?: boolean
  schema?: Schema
  content?: Record<string, { schema?: Schema }>
  example?: unknown
  examples?: Record<string, Example>
}

/** Which operation to use for what one wants. */
export interface UseCase {
  /** Completes "You want to …". */
  scenario: string
  /** The operationId to use then, which may be that of the operation it stands on. */
  operation: string
  note?: string
}

/** One operation of a path item. */
export interface Operation {
  operationId?: string
  /** What the operation is called where people read of it. */
  summary?: string
  /** CommonMark; the first paragraph says what it does, the others how it behaves. */
  description?: string
  tags?: string[]
  deprecated?: boolean
  externalDocs?: { url: string; description?: string }
  parameters?: Parameter[]
  requestBody?: Content
  responses?: Record<string, Content>
  servers?: { url: string; variables?: Record<string, { default: string; enum?: string[] }> }[]
  /** What the API calls at a URL that the request tells: path items by name and by that URL. */
  callbacks?: Record<string, Record<string, PathItem> & { $ref?: string }>
  /** Alternatives; each names schemes and the roles or scopes needed with them. */
  security?: Record<string, string[]>[]
  'x-retry'?: 'safe' | 'never'
  'x-unwrap'?: 'data'
  'x-when-to-use'?: UseCase[]
}

/** The methods a path item may hold, in the order OpenAPI lists them. */
export const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const

/** A lower-case HTTP method. */
export type Method = (typeof methods)[number]

/** A path item: its operations and what they share. */
export type PathItem = Pick<Operation, 'parameters' | 'servers'> &
  Partial<Record<Method, Operation>> & { $ref?: string }

/** An OpenAPI document of one file, as the bundler leaves it: every `$ref` is local. */
export interface OpenApiDocument {
  openapi: string
  info?: { title?: string; description?: string; version?: string }
  tags?: { name: string; description?: string }[]
  servers?: Operation['servers']
  security?: Operation['security']
  paths?: Record<string, PathItem>
  /** What the API calls at its users' servers, by name. */
  webhooks?: Record<string, PathItem>
  components?: Record<string, Record<string, unknown>>
  'x-error-codes'?: Record<string, string>
  /** What to do about an error, by its code. */
  'x-error-remedies'?: Record<string, string>
}

/** An operation with the place it was found at. */
export interface OperationEntry {
  /** The operationId; every operation of a loaded document has one. */
  id: string
  method: Method
  path: string
  operation: Operation
  pathItem: PathItem
}

/** All operations of a document, in document order. */
export const listOperations = (document: OpenApiDocument): OperationEntry[] => listEntries(document, document.paths)

/** What the API calls because of an operation. */
export interface CallbackEntry extends OperationEntry {
  /** Tells the URL that is called, such as `{$request.body#/url}`. */
  url: string
}

/** The callbacks of an operation, in document order; `path` is a callback's name. */
export function listCallbacks(document: OpenApiDocument, { callbacks = {} }: Operation): CallbackEntry[] {
  return Object.entries(callbacks).flatMap(([name, callback]) =>
    listEntries(document, resolve(document, callback)).map((entry) => ({ ...entry, path: name, url: entry.path })),
  )
}

/** All webhooks of a document, in document order; `path` is their name. */
export const listWebhooks = (document: OpenApiDocument): OperationEntry[] => listEntries(document, document.webhooks)

/** The operations of a document with its webhooks and all callbacks. */
export function listAllOperations(document: OpenApiDocument): OperationEntry[] {
  const operations = [...listOperations(document), ...listWebhooks(document)]
  return [...operations, ...operations.flatMap(({ operation }) => listCallbacks(document, operation))]
}

function listEntries(document: OpenApiDocument, items: OpenApiDocument['paths'] = {}): OperationEntry[] {
  return Object.entries(items).flatMap(([path, item]) => {
    const pathItem = resolve(document, item)
    return methods.flatMap((method) => {
      const operation = pathItem[method]
      return operation
        ? [{ id: operation.operationId || operationName(method, path), method, path, operation, pathItem }]
        : []
    })
  })
}

/**
 * The document in which an operation is named by its method and path (`GET /pets/{id}`) where it has no operationId, or
 * where its path only refers to that of another, which the operationId belongs to.
 */
export function withOperationIds(document: OpenApiDocument): OpenApiDocument {
  const entries = listOperations(document)
  const unnamed = new Set(entries.filter(({ operation }) => !operation.operationId))
  const owners = new Map<string, OperationEntry>()
  // A path that is written out has the id, wherever it stands.
  for (const entry of [...entries].sort((a, b) => Number(isShared(document, a)) - Number(isShared(document, b)))) {
    if (owners.has(entry.id)) unnamed.add(entry)
    else owners.set(entry.id, entry)
  }
  if (unnamed.size === 0) return document
  const paths = { ...document.paths }
  for (const { method, path, operation, pathItem } of unnamed) {
    const item = resolve(document, paths[path] ?? pathItem)
    paths[path] = { ...item, [method]: { ...operation, operationId: operationName(method, path) } }
  }
  return { ...document, paths }
}

const isShared = ({ paths }: OpenApiDocument, { path }: OperationEntry) => paths?.[path]?.$ref !== undefined

const operationName = (method: Method, path: string) => `${method.toUpperCase()} ${path}`

/** Follows local references (`#/…`) until a value that is none; throws where a reference leads nowhere. */
export function resolve<T extends { $ref?: string }>(document: OpenApiDocument, value: T): T {
  return follow(document, value, 0) as T
}

/** How many references one may lead through. */
const mostHops = 100

function follow(document: OpenApiDocument, value: unknown, hops: number): unknown {
  let current = value
  for (; isReference(current); hops++) {
    if (hops > mostHops) throw new Error(`${current.$ref} only refers to itself`)
    current = lookUp(document, current.$ref, hops)
  }
  return current
}

/** Whether a value is, or begins with, a reference. */
export const isReference = (value: unknown): value is { $ref: string } =>
  typeof value === 'object' && value !== null && '$ref' in value && typeof value.$ref === 'string'

/**
 * What a local reference leads to, which may be another one; on its way others are followed, as the linter does. Throws
 * where that is nothing.
 */
export function lookUp(document: OpenApiDocument, ref: string, hops = 0): unknown {
  let node: unknown = document
  for (const token of tokensOf(ref)) {
    const below = readAt(node, [token])
    node = below === undefined && isReference(node) ? readAt(follow(document, node, hops + 1), [token]) : below
  }
  if (typeof node === 'boolean' || (typeof node === 'object' && node !== null)) return node
  throw new Error(`${ref} is not defined in the document`)
}

/** Path-level and operation-level parameters, resolved; the operation's win. */
export function listParameters(document: OpenApiDocument, { operation, pathItem }: OperationEntry): Parameter[] {
  const all = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((p) => resolve(document, p))
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()]
}

/** The schemas that a schema holds, wherever in it; what it refers to is none of them. */
export function childSchemas(schema: Schema): Schema[] {
  return [
    ...Object.values(schema.properties ?? {}),
    ...elementSchemas(schema),
    ...compositionOf(schema),
    ...conditionsOf(schema),
    ...(schema.not ? [schema.not] : []),
  ].filter((one) => typeof one === 'object' && one !== null)
}

/** The schemas of what a value holds under no name that its schema knows: elements, and further properties. */
export const elementSchemas = ({ items, prefixItems, contains, patternProperties, ...schema }: Schema): Schema[] =>
  [
    items,
    contains,
    schema.additionalProperties,
    schema.unevaluatedProperties,
    schema.unevaluatedItems,
    ...(prefixItems ?? []),
    ...Object.values(patternProperties ?? {}),
  ].filter((one) => typeof one === 'object')

/** The schemas that hold for a value of a schema under a condition. */
export const conditionsOf = ({ if: condition, then, else: otherwise, dependentSchemas }: Schema): Schema[] =>
  [condition, then, otherwise, ...Object.values(dependentSchemas ?? {})].filter((one) => one !== undefined)

/** The alternatives and parts a schema is composed of. */
export function compositionOf(schema: Schema): Schema[] {
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
}
