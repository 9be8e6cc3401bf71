import type { JsonSchema, MediaTypes, OperationSchema, ParameterSchema } from '@minimo/api-types/schemas'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { generateSync } from 'json-schema-faker'
import { pointerTo } from '../spec.ts'
import { isForm, isJson } from './narrow-document.ts'

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
  const { operations, ...referred } = forMaker(schemas) as ApiSchemas
  const withReferred = createReach(referred)
  const ajv = addFormats.default(new Ajv2020({ strict: false, logger: false, validateSchema: false }))
  ajv.addSchema(schemas, 'spec')

  /** A value that the schema at a pointer allows. */
  function makeValue(schema: JsonSchema | boolean, pointer: string, seed: number): { value: unknown } | undefined {
    // What says nothing must not look like a schema of what it could refer to.
    const whole = typeof schema === 'boolean' || Object.keys(schema).length === 0 ? {} : withReferred(schema)
    // A pattern of another dialect is no schema.
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

function attemptValue<T>(make: () => T): { value: T } | undefined {
  try {
    return { value: make() }
  } catch {
    return undefined
  }
}

/** What no path can hold: nothing, and a step of the path itself. */
function isSendable({ in: place }: ParameterSchema, value: unknown): boolean {
  return place !== 'path' || !['', '.', '..'].includes(String(value))
}

type Make = (schema: JsonSchema) => { value: unknown } | undefined

/** A schema as the maker of values takes it. */
type MakerSchema = Exclude<Parameters<typeof generateSync>[0], boolean>

/** Makes what gives a schema with all that it refers to, and no more: the maker of values reads all that it is given. */
function createReach({
  components,
  further = {},
}: Omit<ApiSchemas, 'operations'>): (schema: JsonSchema) => MakerSchema {
  const places = new Map(
    [...listPlaces('#/components/schemas', components.schemas), ...listPlaces('#/further', further)].map(
      ([ref, name, value]) => [ref, { name, value, refs: listRefs(value), isFurther: ref.startsWith('#/f') }] as const,
    ),
  )
  return (schema) => {
    const reached = new Set(listRefs(schema))
    for (const ref of reached) for (const next of places.get(ref)?.refs ?? []) reached.add(next)
    const found = [...reached].flatMap((ref) => places.get(ref) ?? [])
    const pick = (isFurther: boolean) =>
      Object.fromEntries(found.flatMap((one) => (one.isFurther === isFurther ? [[one.name, one.value]] : [])))
    return { ...schema, components: { schemas: pick(false) }, further: pick(true) }
  }
}

const listPlaces = (above: string, values: object): [ref: string, name: string, value: unknown][] =>
  Object.entries(values).map(([name, value]) => [
    `${above}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    name,
    value,
  ])

function listRefs(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const ref: unknown = Reflect.get(node, '$ref')
  return [...(typeof ref === 'string' ? [ref] : []), ...Object.values(node).flatMap(listRefs)]
}

/**
 * Schemas as the maker of values understands them: callers send nothing that is only read, a reference is not encoded
 * as in a URL, and no text or list is much longer than it has to be, which says nothing more and takes long.
 */
function forMaker(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(forMaker)
  if (typeof node !== 'object' || node === null) return node
  const entries = Object.entries(node).map(([key, value]) => {
    if (key === '$ref' && typeof value === 'string') return [key, decodeURIComponent(value)]
    if (key === 'pattern' && typeof value === 'string') return [key, value.replace(/\{(\d+),(\d+)\}/g, shorter)]
    if (key === 'maxLength' || key === 'maxItems')
      return [key, closer(value, Reflect.get(node, key.replace('max', 'min')))]
    return [key, forMaker(key === 'properties' ? withoutReadOnly(value) : value)]
  })
  return Object.fromEntries(entries)
}

const shorter = (_: string, least: string, most: string) => `{${least},${closer(Number(most), Number(least))}}`

const closer = (most: unknown, least: unknown) =>
  typeof most === 'number' ? Math.min(most, (typeof least === 'number' ? least : 0) + 8) : most

const withoutReadOnly = (properties: object) =>
  Object.fromEntries(Object.entries(properties).filter(([, one]) => Reflect.get(Object(one), 'readOnly') !== true))

/** A form whose fields that are described as files are files. */
function withFiles({ properties = {} }: JsonSchema, made: ReturnType<Make>): ReturnType<Make> {
  const isFile = (name: string) => Reflect.get(Object(Reflect.get(Object(properties), name)), 'format') === 'binary'
  if (typeof made?.value !== 'object') return made
  const fields = Object.entries(Object(made.value)).map(([name, value]) => [
    name,
    isFile(name) ? new Blob(['file']) : value,
  ])
  return { value: Object.fromEntries(fields) }
}

/** A body as its media type has it: a value, a form whose files are files, text, or bytes. */
function makeBody(type: string, make: Make): Make {
  if (isJson(type)) return make
  if (isForm(type)) return (schema) => withFiles(schema, make(schema))
  // Other text has no one form as a value, nor have bytes.
  if (/^text\/|xml/i.test(type)) {
    return (schema) => (schema.type === 'string' && make(schema)) || { value: 'text' }
  }
  return () => ({ value: new Uint8Array([1, 2, 3]) })
}
