import { schemas } from '@minimo/api-types/schemas'
import type { Plugin } from './core/call.ts'
import { ClientError } from './core/errors.ts'

type Schema = Readonly<Record<string, unknown>>

/** What `strict` knows an API by: the generated `schemas` of any description. */
export interface StrictSchemas {
  readonly operations: Readonly<
    Record<string, { readonly body?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> } }>
  >
}

/**
 * Refuses, before anything is sent, a JSON body with a key that the API does not know: the API would drop it in silence,
 * and answer that all is well. The `ClientError` names the key and the one that may be meant, never a value. Objects of
 * any keys, such as custom fields, are left alone. Belongs among a client's `plugins`.
 */
export function strict(known: StrictSchemas = schemas): Plugin {
  return (next) => (call) => {
    const { operation, request } = call
    const content = Object.entries(known.operations[operation.id]?.body?.content ?? {})
    const schemas = content.flatMap(([type, { schema }]) => (/[/+]json\b/i.test(type) ? [schema] : []))
    if (schemas.length > 0) {
      const check = createCheck(known, (problem) => {
        throw new ClientError(`${problem}; nothing was sent`, { operation })
      })
      check(parse(request.body), schemas, 'body')
    }
    return next(call)
  }
}

/** What a JSON body holds; a body of another kind has no keys. */
function parse(body: unknown): unknown {
  try {
    return typeof body === 'string' ? JSON.parse(body) : undefined
  } catch {
    return undefined
  }
}

/** Makes what walks a value beside the schemas that describe it, and tells of each key that none of them knows. */
function createCheck(root: unknown, tell: (problem: string) => void) {
  const check = (value: unknown, described: readonly unknown[], place: string): void => {
    if (typeof value !== 'object' || value === null) return
    const parts = described.flatMap((schema) => expand(root, schema))
    if (Array.isArray(value)) {
      const items = parts.flatMap((part) => [part.items ?? [], part.prefixItems ?? []].flat())
      for (const [index, item] of value.entries()) check(item, items, `${place}[${index}]`)
      return
    }
    const fields = parts.flatMap(({ properties }) => (isSchema(properties) ? [properties] : []))
    const patterns = parts.flatMap(({ patternProperties }) => Object.entries(patternProperties ?? {}))
    const others = parts.flatMap(({ additionalProperties }) => additionalProperties || [])
    const isClosed = parts.some(({ additionalProperties }) => additionalProperties === false)
    const namesNone = fields.length === 0 && patterns.length === 0 && !isClosed
    const isFree = others.length > 0 || namesNone || parts.some(isAnyObject)
    for (const [key, item] of Object.entries(value)) {
      const own = [
        ...fields.flatMap((properties) => (Object.hasOwn(properties, key) ? [properties[key]] : [])),
        ...patterns.flatMap(([pattern, schema]) => (new RegExp(pattern, 'u').test(key) ? [schema] : [])),
      ]
      const here = `${place}.${show(key)}`
      if (own.length === 0 && !isFree) tell(describe(here, key, fields.flatMap(Object.keys)))
      check(item, own.length > 0 ? own : others, here)
    }
  }
  return check
}

/** Whether a schema says no more than that it is an object, so that one alternative takes any keys. */
const isAnyObject = ({ type, ...rest }: Schema) =>
  Object.keys(rest).every((keyword) => keyword.startsWith('x-')) &&
  (type === undefined || [type].flat().includes('object'))

/** A key as messages may show it: one that is no name can be personal data, such as an address that a list is kept by. */
const show = (key: string) => (/^[\w$-]{1,40}$/.test(key) ? key : `[a key of ${key.length} characters]`)

/** A schema with all that it refers to, combines or offers. */
function expand(root: unknown, schema: unknown, above: readonly unknown[] = []): Schema[] {
  if (!isSchema(schema) || above.includes(schema)) return []
  const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema
  const referred = typeof $ref === 'string' ? lookUp(root, $ref) : undefined
  const parts = [referred, allOf, anyOf, oneOf, then, otherwise].flat()
  return [schema, ...parts.flatMap((part) => expand(root, part, [...above, schema]))]
}

/** What a JSON pointer such as `#/components/schemas/Contact` leads to. */
const lookUp = (root: unknown, ref: string): unknown =>
  ref
    .split('/')
    .slice(1)
    .map((name) => decodeURIComponent(name).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((node: unknown, name) => (isSchema(node) ? node[name] : undefined), root)

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function describe(place: string, key: string, fields: readonly string[]): string {
  const names = [...new Set(fields)]
  const [nearest] = names
    .map((name) => ({ name, distance: distanceOf(plain(key), plain(name)) }))
    .sort((one, other) => one.distance - other.distance)
  const isNear = nearest && nearest.distance <= key.length / 2
  const known = names.length > 0 ? `it knows ${names.join(', ')}` : 'it knows none here'
  return `${place} is not a field of the API; ${isNear ? `did you mean ${nearest.name}?` : known}`
}

const plain = (name: string) => name.replace(/[^a-z0-9]/gi, '').toLowerCase()

/** How many letters have to be put in, taken out or replaced to make one word of another (Levenshtein). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1]
    for (const [j, wanted] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === wanted ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
