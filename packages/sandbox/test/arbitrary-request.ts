import { type OperationId, operations } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import type { SandboxKey } from '../src/handlers/authenticate.ts'
import { arbitraryValue } from './arbitrary-json.ts'
import { soundParameters, writeTarget } from './arbitrary-parameters.ts'

/** A body as text, and how it becomes bytes. */
export interface FuzzBody {
  text: string
  encoding: 'utf8' | 'latin1' | 'utf16le'
  /** How many spaces follow the text. */
  padding: number
}

/** A request, and what must come of it. */
export interface FuzzRequest {
  method: string
  /** Path and query as sent; `{recent}` in it stands for the id of the e-mail that was sent last. */
  target: string
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  body?: FuzzBody
  /** Whether it must be refused, whatever is stored; otherwise it is valid by the spec. */
  broken: boolean
}

/** The keys that requests use: two companies with every permission, and one key with none. */
export const fuzzKeys = [
  { key: 'mn-fuzz-first', company: 1 },
  { key: 'mn-fuzz-second', company: 2 },
  { key: 'mn-fuzz-none', company: 1, permissions: [] },
] as const satisfies readonly SandboxKey[]

/** Every operation of the spec. */
export const operationIds: readonly OperationId[] = Object.keys(operations).filter(
  (id) => id in schemas.operations,
) as OperationId[]

/** Requests that the spec allows, to one operation. */
export function soundRequest(id: OperationId): fc.Arbitrary<FuzzRequest> {
  const { method, path } = operations[id]
  const { parameters, body }: OperationSchema = schemas.operations[id]
  const given = soundParameters(parameters).map((written) => writeTarget(path, parameters, written))
  const content = body ? arbitraryBody(body) : fc.constant(undefined)
  return fc.record({ given, noise, key, content }).map(({ given, noise, key, content }) => {
    const target = noise ? `${given}${given.includes('?') ? '&' : '?'}${noise}` : given
    const headers = { authorization: key, ...(content && { 'content-type': content.type }) }
    return { method, target, headers, ...(content && { body: content.body }), broken: false }
  })
}

/** What no operation looks at in a query. */
const noise = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  fc.constantFrom('x=1', 'a=1&a=2&A', '%ZZ=%&&&=;+', '__proto__=1', 'groupBy[]=x', '?'),
)

const key = fc
  .tuple(fc.constantFrom('Bearer ', 'Bearer ', 'bearer   ', 'BEARER '), fc.nat(5))
  .map(([scheme, draw]) => scheme + fuzzKeys[draw === 0 ? 1 : 0].key)

/** The schema of the JSON that a body may be. */
export const bodySchema = ({ content }: NonNullable<OperationSchema['body']>): JsonSchema =>
  content['application/json']?.schema ?? {}

/** How deep a body may be, the outermost object counted, and how large, in bytes. */
export const limits = { depth: 64, bytes: 1024 * 1024 } as const

function arbitraryBody(schema: NonNullable<OperationSchema['body']>): fc.Arbitrary<{ body: FuzzBody; type: string }> {
  const examples = Object.values(schema.content['application/json']?.examples ?? {})
  const value = fc.oneof({ weight: 4, arbitrary: arbitraryValue(bodySchema(schema)) }, fc.constantFrom(...examples))
  const type = fc.constantFrom('application/json', 'application/json; charset=utf-8', 'Application/JSON ;x')
  const rarely = <T>(usual: T, arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 100, arbitrary: fc.constant(usual) }, arbitrary)
  // JSON may begin with a byte order mark, and each object may hold more than is documented.
  const mark = rarely('', fc.constant('\ufeff'))
  const depth = rarely(0, fc.constantFrom(1, limits.depth - 1))
  const size = rarely(0, fc.constant(limits.bytes))
  return fc.record({ value, type, mark, depth, size }).map(({ value, type, mark, depth, size }) => {
    const json = JSON.stringify(value)
    const text = mark + (depth ? insertMember(json, `"x-deep":${'['.repeat(depth)}${']'.repeat(depth)}`) : json)
    const padding = size && size - Buffer.byteLength(text)
    return { body: { text, encoding: 'utf8', padding }, type }
  })
}

/** Puts a member into the nth object of a JSON text, before its others; `nth` is taken modulo how many there are. */
export function insertMember(json: string, member: string, nth = 0): string {
  const openings = Array.from(json.matchAll(/"(?:[^"\\]|\\.)*"|\{/g)).filter(([found]) => found === '{')
  const at = openings[nth % openings.length]?.index
  if (at === undefined) throw new Error(`There is no object in ${json}`)
  const rest = json.slice(at + 1)
  return `${json.slice(0, at + 1)}${member}${rest.startsWith('}') ? '' : ','}${rest}`
}
