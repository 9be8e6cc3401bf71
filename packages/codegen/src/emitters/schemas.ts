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
import { generatedHeader } from './header.ts'
import { toJsonSchema } from './json-schema.ts'
import { key, literal } from './literal.ts'

/**
 * Emits what each operation takes and answers as JSON Schemas (2020-12), for validators and servers at run time:
 * parameters, body, responses with their examples, and what a key must be allowed to do.
 */
export function emitSchemas({ path, operations }: { path: string; operations: string }): Emitter {
  return (document, { source }) => {
    const components = Object.entries(document.components?.schemas ?? {}).map(
      ([name, schema]) => [name, toJsonSchema(schema)] as const,
    )
    const rows = listOperations(document).map((entry) => [entry.id, row(document, entry)] as const)
    return [{ path, text: generatedHeader(source) + render(components, rows, operations) }]
  }
}

function row(document: OpenApiDocument, entry: OperationEntry) {
  const { operation } = entry
  const requestBody = operation.requestBody && resolve(document, operation.requestBody)
  const security = operation.security ?? document.security ?? []
  return {
    parameters: listParameters(document, entry).map(parameter),
    ...(requestBody && { body: { required: requestBody.required === true, content: media(document, requestBody) } }),
    responses: Object.fromEntries(
      Object.entries(operation.responses ?? {}).map(([status, response]) => [
        status,
        media(document, resolve(document, response)),
      ]),
    ),
    security: security.map((alternative) => ({ ...alternative })),
  }
}

function parameter({ name, in: place, required, schema, 'x-error-code': code }: Parameter) {
  return { name, in: place, required: required === true, schema: toJsonSchema(schema ?? {}), ...(code && { code }) }
}

/** The schema and examples of each media type of a body. */
function media(document: OpenApiDocument, { content = {} }: Content) {
  return Object.fromEntries(
    Object.entries(content).map(([type, { schema = {}, examples = {} }]) => [
      type,
      {
        schema: toJsonSchema(schema),
        examples: Object.fromEntries(
          Object.entries(examples).map(([name, example]) => [name, resolve(document, example).value]),
        ),
      },
    ]),
  )
}

function render(
  components: (readonly [string, unknown])[],
  rows: (readonly [string, object])[],
  operations: string,
): string {
  const lines = (entries: (readonly [string, unknown])[], indent: string) =>
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
  readonly operations: { readonly [Id in OperationId]: OperationSchema }
} = {
  components: {
    schemas: {
${lines(components, '      ')}    },
  },
  operations: {
${lines(rows, '    ')}  },
}
`
}
