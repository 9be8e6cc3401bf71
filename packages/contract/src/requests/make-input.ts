import type { JsonSchema, MediaTypes, OperationSchema, ParameterSchema } from '@minimo/api-types/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { generateSync } from 'json-schema-faker'
import { pointerTo } from '../spec.ts'
import { createMakerSchemas } from './maker-schemas.ts'
import { isForm, isIgnored, isJson, isPattern } from './narrow-document.ts'

/** The JSON Schemas generated from a description. */
export interface ApiSchemas {
  components: { schemas: object }
  /** What schemas refer to besides components. */
  further?: object
  /** By operationId. */
  operations: Readonly<Record<string, OperationSchema>>
}

/** What an operation is called with: values that its schemas allow. */
export interface MadeInput {
  path: Record<string, unknown>
  query: Record<string, unknown>
  header: Record<string, unknown>
  cookie: Record<string, unknown>
  body?: unknown
  /** The media type of the body. */
  contentType?: string
}

/** How many values are made for a schema before it is given up: some say more than the maker understands. */
const attempts = 8

/**
 * Makes inputs of an API's operations from its schemas. Every value is checked by a validator of its own, so what is made
 * is what the description allows; `undefined` where no such value was found. The same seed gives the same inputs.
 */
export function createInputMaker(schemas: ApiSchemas) {
  const { operations } = schemas
  const forMaker = createMakerSchemas(schemas)
  const code = { optimize: false, regExp: Object.assign(toPattern, { code: 'toPattern' }) }
  const ajv = addFormats.default(new Ajv2020({ strict: false, logger: false, validateSchema: false, code }))
  ajv.addSchema(schemas, 'spec')

  /** A value that the schema at a pointer allows. */
  function makeValue(schema: JsonSchema | boolean, pointer: string, seed: number): { value: unknown } | undefined {
    // What says nothing must not look like a schema of what it could refer to.
    const whole = typeof schema === 'boolean' || Object.keys(schema).length === 0 ? {} : forMaker(schema)
    // Not all that is given as a schema is one.
    const validate = attemptValue(() => ajv.getSchema(`spec#${pointer}`))?.value
    for (let attempt = 0; attempt < attempts; attempt++) {
      const options = { seed: seed * attempts + attempt, maxDepth: 4, optionalsProbability: attempt < 4 ? 0.4 : 0 }
      const value = attemptValue(() => generateSync(whole, options))
      if (value && validate?.(value.value)) return value
    }
    return undefined
  }

  function makeParameters(id: string, { parameters }: OperationSchema, seed: number): MadeInput | undefined {
    const input: MadeInput = { path: {}, query: {}, header: {}, cookie: {} }
    for (const [index, parameter] of parameters.entries()) {
      if (isIgnored(parameter)) continue
      if (!parameter.required && (seed + index) % 2 === 0) continue
      const made = makeValue(
        parameter.schema,
        pointerTo('operations', id, 'parameters', String(index), 'schema'),
        seed + index,
      )
      if (made && isSendable(parameter, made.value)) input[parameter.in][parameter.name] = made.value
      else if (parameter.required) return undefined
    }
    return input
  }

  return (id: string, seed: number): MadeInput | undefined => {
    const operation = operations[id]
    if (!operation) throw new Error(`There is no operation ${id}`)
    const input = makeParameters(id, operation, seed)
    const [[type, media] = []] = Object.entries((operation.body?.content ?? {}) as MediaTypes)
    if (!input || type === undefined || !media) return input
    const made = makeBody(type, (schema) =>
      makeValue(schema, pointerTo('operations', id, 'body', 'content', type, 'schema'), seed),
    )(media.schema)
    return made ? { ...input, body: made.value, contentType: type } : operation.body?.required ? undefined : input
  }
}

/** Patterns of other dialects mean nothing here, and forbid nothing. */
const toPattern = (pattern: string, flags: string): RegExp =>
  isPattern(pattern) ? new RegExp(pattern, flags) : /(?:)/u

function attemptValue<T>(make: () => T): { value: T } | undefined {
  try {
    return { value: make() }
  } catch {
    return undefined
  }
}

/** What no path can hold: nothing, and a step of the path itself. */
function isSendable({ in: place }: ParameterSchema, value: unknown): boolean {
  return place !== 'path' || !(value === null || ['', '.', '..'].includes(String(value)))
}

type Make = (schema: JsonSchema) => { value: unknown } | undefined

/** A form whose fields that are described as files are files. */
function withFiles({ properties = {} }: JsonSchema, made: ReturnType<Make>): ReturnType<Make> {
  const isFile = (name: string) => Reflect.get(Object(Reflect.get(Object(properties), name)), 'format') === 'binary'
  if (!made || typeof made.value !== 'object') return made
  const fields = Object.entries(Object(made.value)).map(([name, value]) => [
    name,
    isFile(name) ? new Blob(['file']) : value,
  ])
  return { value: Object.fromEntries(fields) }
}

const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)

function formOf(type: string, text: string): URLSearchParams | FormData {
  const form = type.startsWith('multipart') ? new FormData() : new URLSearchParams()
  form.append('text', text)
  return form
}

/** A body as its media type has it: a value, a form whose files are files, text, or bytes. */
function makeBody(type: string, make: Make): Make {
  if (isJson(type)) return make
  if (isForm(type)) {
    return (schema) => {
      const made = type.startsWith('multipart') ? withFiles(schema, make(schema)) : make(schema)
      // What is no object has no fields: such a form is made by hand.
      return made && (isObject(made.value) ? made : { value: formOf(type, String(made.value)) })
    }
  }
  // Other text has no one form as a value, nor have bytes.
  if (/^text\/|xml/i.test(type)) {
    return (schema) => (schema.type === 'string' && make(schema)) || { value: 'text' }
  }
  return () => ({ value: new Uint8Array([1, 2, 3]) })
}
