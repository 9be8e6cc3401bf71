/** A JSON Schema as OpenAPI 3.0 and 3.1 write it; only the keywords that codegen reads are named. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  /** How OpenAPI 3.0 says that `null` is allowed. */
  nullable?: boolean
  description?: string
  /** Of a property: no answer holds it. */
  writeOnly?: boolean
  enum?: unknown[]
  required?: string[]
  properties?: Record<string, Schema>
  items?: Schema
  additionalProperties?: Schema | boolean
  allOf?: Schema[]
  anyOf?: Schema[]
  oneOf?: Schema[]
  'x-pii'?: boolean
}

/** A parameter of an operation or path, or a reference to one. */
export interface Parameter {
  $ref?: string
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required?: boolean
  schema?: Schema
  style?: string
  explode?: boolean
  allowReserved?: boolean
  /** In place of a schema: the one media type of the value. */
  content?: Record<string, { schema?: Schema }>
  example?: unknown
  'x-pii'?: boolean
  'x-error-code'?: string
}

/** A body as one media type has it. */
export interface MediaType {
  schema?: Schema
  example?: unknown
  examples?: Record<string, { $ref?: string; value?: unknown }>
  /** How properties of a form are written, by name. */
  encoding?: Record<string, { contentType?: string; style?: string; explode?: boolean; allowReserved?: boolean }>
}

/** A request body, response, or header: what a media type's schema hangs on. */
export interface Content {
  $ref?: string
  required?: boolean
  content?: Record<string, MediaType>
  headers?: Record<string, { $ref?: string; schema?: Schema }>
}

/** One operation of a path item. */
export interface Operation {
  operationId?: string
  tags?: string[]
  deprecated?: boolean
  externalDocs?: { url: string }
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
  servers?: Operation['servers']
  security?: Operation['security']
  paths?: Record<string, PathItem>
  /** What the API calls at its users' servers, by name. */
  webhooks?: Record<string, PathItem>
  components?: Record<string, Record<string, unknown>>
  'x-error-codes'?: Record<string, string>
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

/** The document in which an operation without an operationId is named by its method and path (`GET /pets/{id}`). */
export function withOperationIds(document: OpenApiDocument): OpenApiDocument {
  const unnamed = listOperations(document).filter(({ operation }) => !operation.operationId)
  if (unnamed.length === 0) return document
  const paths = { ...document.paths }
  for (const { id, method, path, operation, pathItem } of unnamed) {
    paths[path] = { ...resolve(document, paths[path] ?? pathItem), [method]: { ...operation, operationId: id } }
  }
  return { ...document, paths }
}

const operationName = (method: Method, path: string) => `${method.toUpperCase()} ${path}`

/** Follows local references (`#/…`) until a value that is none; throws where a reference leads nowhere. */
export function resolve<T extends { $ref?: string }>(document: OpenApiDocument, value: T): T {
  let current: T = value
  for (let hops = 0; current.$ref !== undefined; hops++) {
    if (hops > 100) throw new Error(`${value.$ref} only refers to itself`)
    current = lookUp(document, current.$ref) as T
  }
  return current
}

/** What a local reference leads to in one step; throws where that is nowhere. */
export function lookUp(document: OpenApiDocument, ref: string): unknown {
  let node: unknown = document
  for (const token of ref.replace(/^#\//, '').split('/')) {
    const key = decodeURIComponent(token).replaceAll('~1', '/').replaceAll('~0', '~')
    node = (node as Record<string, unknown> | undefined)?.[key]
  }
  // A schema may be a truth value.
  const isValue = typeof node === 'boolean' || (typeof node === 'object' && node !== null)
  if (!isValue) throw new Error(`${ref} is not defined in the document`)
  return node
}

/** Path-level and operation-level parameters, resolved; the operation's win. */
export function listParameters(document: OpenApiDocument, { operation, pathItem }: OperationEntry): Parameter[] {
  const all = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((p) => resolve(document, p))
  return [...new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter])).values()]
}

/** The schemas directly below a schema: its properties, items and compositions. */
export function childSchemas(schema: Schema): Schema[] {
  const { additionalProperties: extra } = schema
  return [
    ...Object.values(schema.properties ?? {}),
    ...(schema.items ? [schema.items] : []),
    ...(typeof extra === 'object' ? [extra] : []),
    ...compositionOf(schema),
  ]
}

/** The alternatives and parts a schema is composed of. */
export function compositionOf(schema: Schema): Schema[] {
  return [...(schema.allOf ?? []), ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]
}
