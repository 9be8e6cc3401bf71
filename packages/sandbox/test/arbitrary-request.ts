import { type OperationId, operations } from '@minimo/api-types'
import { type JsonSchema, type OperationSchema, type ParameterSchema, schemas } from '@minimo/api-types/schemas'
import fc from 'fast-check'
import type { SandboxKey } from '../src/api/authenticate.ts'
import { arbitraryValue } from './arbitrary-json.ts'

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
  const [parameter] = parameters
  const given = parameter ? arbitraryParameter(parameter) : fc.constant('')
  const content = body ? arbitraryBody(body) : fc.constant(undefined)
  return fc.record({ given, noise, key, content }).map(({ given, noise, key, content }) => {
    const inQuery = parameter?.in === 'query' ? given : ''
    const query = [inQuery, noise].filter(Boolean).join('&')
    const headers = { authorization: key, ...(content && { 'content-type': content.type }) }
    const target = fillPath(path, given) + (query && `?${query}`)
    return { method, target, headers, ...(content && { body: content.body }), broken: false }
  })
}

/** A path of the spec with this for its parameter. */
export const fillPath = (path: string, value: string) => path.replace(/\{\w+\}/, () => value)

/** What no operation looks at in a query. */
const noise = fc.oneof(
  { weight: 8, arbitrary: fc.constant('') },
  fc.constantFrom('x=1', 'a=1&a=2&A', '%ZZ=%&&&=;+', '__proto__=1', 'groupBy[]=x', '?'),
)

const key = fc
  .tuple(fc.constantFrom('Bearer ', 'Bearer ', 'bearer   ', 'BEARER '), fc.nat(5))
  .map(([scheme, draw]) => scheme + fuzzKeys[draw === 0 ? 1 : 0].key)

/** A parameter as the target carries it; with its name where that is the query. */
function arbitraryParameter({ name, in: place, required, schema }: ParameterSchema): fc.Arbitrary<string> {
  const encode = (value: unknown) => (value === '{recent}' ? value : encodeURIComponent(String(value)))
  // A URL loses path segments that are only dots.
  const written = arbitraryValue(schema, name)
    .map(encode)
    .filter((value) => !/^\.*$/.test(value))
  const spelled = fc.tuple(written, fc.nat(9)).map(([value, draw]) => (draw === 0 ? encodeMore(value) : value))
  if (place === 'path') return spelled
  const inQuery = spelled.map((value) => `${name}=${value}`)
  return required ? inQuery : fc.oneof(fc.constant(''), inQuery)
}

/** The same with more percent signs than needed. */
const encodeMore = (written: string) =>
  written.replace(/%..|[A-Za-z0-9]/g, (part) => (part.length > 1 ? part : `%${part.charCodeAt(0).toString(16)}`))

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
