import type { Emitter } from '../spec/config.ts'
import {
  type Content,
  listOperations,
  listParameters,
  type OpenApiDocument,
  type OperationEntry,
  type Parameter,
  resolve,
} from '../spec/document.ts'
import { key, literal } from '../spec/literal.ts'
import type { Direction } from '../spec/read-write.ts'
import { generatedHeader } from './header.ts'
import { createSchemas, type Schemas } from './referred-schemas.ts'

/**
 * Emits what each operation takes and answers as JSON Schemas (2020-12), for validators and servers at run time:
 * parameters, body, responses with their examples, and what a key must be allowed to do.
 */
export function emitSchemas({ path, operations }: { path: string; operations: string }): Emitter {
  return (document, { source }) => {
    const schemas = createSchemas(document)
    const components = Object.entries(document.components?.schemas ?? {}).map(
      ([name, schema]) => [name, schemas.convert('response', schema)] as const,
    )
    const rows = listOperations(document).map((entry) => [entry.id, row(document, entry, schemas)] as const)
    // What the rows refer to is known only now.
    const further = schemas.listFurther()
    return [{ path, text: generatedHeader(source) + render({ components, rows, further }, operations) }]
  }
}

function row(document: OpenApiDocument, entry: OperationEntry, schemas: Schemas) {
  const { operation } = entry
  const requestBody = operation.requestBody && resolve(document, operation.requestBody)
  const security = operation.security ?? document.security ?? []
  const mediaOf = (direction: Direction, content: Content) =>
    media(document, content, (schema) => schemas.convert(direction, schema))
  return {
    parameters: listParameters(document, entry).map((one) => parameter(one, schemas)),
    ...(requestBody && { body: { required: requestBody.required === true, content: mediaOf('request', requestBody) } }),
    responses: Object.fromEntries(
      Object.entries(operation.responses ?? {}).map(([status, response]) => [
        status,
        mediaOf('response', resolve(document, response)),
      ]),
    ),
    security: security.map((alternative) => ({ ...alternative })),
  }
}

function parameter({ name, in: place, required, 'x-error-code': code, ...rest }: Parameter, schemas: Schemas) {
  const [[content, media] = []] = Object.entries(rest.content ?? {})
  const schema = schemas.convert('request', rest.schema ?? media?.schema ?? {})
  return { name, in: place, required: required === true, schema, ...(content && { content }), ...(code && { code }) }
}

/** The schema and examples of each media type of a body. */
function media(document: OpenApiDocument, { content = {} }: Content, convert: (schema: unknown) => unknown) {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema = {}, examples = {} }]) => [
      type,
      {
        schema: convert(schema),
        examples: Object.fromEntries(
          Object.entries(examples).map(([name, example]) => [name, resolve(document, example).value]),
        ),
      },
    ]),
  )
}

type Entries = (readonly [string, unknown])[]

/** What is emitted; `further` is what is referred to and is neither a component nor an operation. */
interface Parts {
  components: Entries
  rows: Entries
  further: Entries
}

function render({ components, rows, further }: Parts, operations: string): string {
  const lines = (entries: Entries, indent: string) =>
    entries.map(([name, value]) => `${indent}${key(name)}: ${literal(value)},\n`).join('')
  return `import type { OperationId } from '${operations}'

/** A JSON Schema (2020-12). A \`$ref\` is a JSON pointer into \`schemas\`. */
export type JsonSchema = { readonly [keyword: string]: unknown }

/** The schema and the named examples of a body, by media type; empty where there is no body. */
export type MediaTypes = { readonly [type: string]: { schema: JsonSchema; examples: { readonly [name: string]: unknown } } }

/** A parameter of an operation. */
export interface ParameterSchema {
  name: string
  in: 'path' | 'query' | 'header' | 'cookie'
  required: boolean
  schema: JsonSchema
  /** The media type in which the value is written, where that is not by a style. */
  content?: string
  /** The code of the error when the value is not valid, where it is not the status's own. */
  code?: string
}

/** What an operation takes and answers. */
export interface OperationSchema {
  parameters: readonly ParameterSchema[]
  body?: { required: boolean; content: MediaTypes }
  /** By status. */
  responses: { readonly [status: string]: MediaTypes }
  /** Alternatives: the security schemes, each with the roles a key needs. Empty: no key is needed. */
  security: readonly { readonly [scheme: string]: readonly string[] }[]
}

/**
 * The whole document as JSON Schemas. Add it to a validator under a name, and refer to a part of it by pointer,
 * such as \`name#/components/schemas/Contact\`.
 */
export const schemas: {
  readonly components: { readonly schemas: { readonly [name: string]: JsonSchema } }
${further.length > 0 ? furtherType : ''}  readonly operations: { readonly [Id in OperationId]: OperationSchema }
} = {
  components: {
    schemas: {
${lines(components, '      ')}    },
  },
${further.length > 0 ? `  further: {\n${lines(further, '    ')}  },\n` : ''}  operations: {
${lines(rows, '    ')}  },
}
`
}

const furtherType = `  /** What schemas refer to besides: what stands elsewhere in the document, and what requests have otherwise than answers. */
  readonly further: { readonly [name: string]: JsonSchema }
`
