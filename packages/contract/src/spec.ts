import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

/** A media type's examples by name. */
type Examples = Record<string, { value: unknown }>

/** A body as the spec documents it: examples by name, for JSON. */
interface Body {
  $ref?: string
  content?: Record<string, { examples?: Examples }>
}

/** What contract tests read of an operation. */
export interface SpecOperation {
  operationId: string
  requestBody?: Body
  responses: Record<string, Body>
  'x-unwrap'?: string
}

/** What contract tests read of a spec. */
export interface Spec {
  paths: Record<string, Record<string, SpecOperation>>
  components?: Record<string, Record<string, unknown>>
}

/** Reads a spec from a YAML file; it has been linted and bundled before. */
export function readSpec(file: string): Spec {
  return parse(readFileSync(file, 'utf8')) as Spec
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** All operations of a spec. */
export function listOperations(spec: Spec): SpecOperation[] {
  return Object.values(spec.paths).flatMap((item) =>
    Object.entries(item).flatMap(([key, operation]) => (methods.includes(key) ? [operation] : [])),
  )
}

/** The examples of a body, by name; none for a body that has no content. */
export function examplesOf(spec: Spec, body: Body | undefined): Examples {
  const resolved = body?.$ref ? (lookUp(spec, body.$ref) as Body) : body
  return Object.assign({}, ...Object.values(resolved?.content ?? {}).map(({ examples }) => examples ?? {}))
}

function lookUp(spec: Spec, ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>((node, key) => Reflect.get(node as object, key), spec)
}
