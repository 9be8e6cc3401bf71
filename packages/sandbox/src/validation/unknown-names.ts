import type { JsonSchema } from '@minimo/api-types/schemas'
import { nearestName } from './nearest-name.ts'
import type { Problem } from './problem.ts'
import { type Root, resolveSchema } from './resolve-schema.ts'

/** Lists the keys in a value that the spec does not know, each with what may be meant; never a value. */
export type FindUnknown = (value: unknown) => Problem[]

/** What the spec says of the keys at one place, its alternatives taken together. */
interface Place {
  known: readonly string[]
  /** Whether any key may stand here. */
  isFree: boolean
  /** Whether nothing is known of this place, nor of what lies below. */
  isBlank: boolean
  /** What is below a key; nothing where the spec does not know it. */
  below(key: string): Place | undefined
  /** What each item of a list is. */
  items(): Place
}

/**
 * Prepares finding the keys that a schema does not know, in every alternative and at any depth. Objects of any keys,
 * such as custom fields, are left alone.
 */
export function compileUnknownNames(root: Root, schema: JsonSchema): FindUnknown {
  const whole = createPlace(root, [schema])
  return (value) => {
    const problems: Problem[] = []
    walk(value, whole, { path: [], problems })
    return problems
  }
}

function walk(value: unknown, place: Place, { path, problems }: { path: readonly string[]; problems: Problem[] }) {
  if (typeof value !== 'object' || value === null || place.isBlank) return
  if (Array.isArray(value)) {
    const items = place.items()
    for (const [index, item] of value.entries()) walk(item, items, { path: [...path, String(index)], problems })
    return
  }
  for (const [key, part] of Object.entries(value)) {
    const here = [...path, showName(key)]
    const below = place.below(key)
    if (below) walk(part, below, { path: here, problems })
    else if (!place.isFree) problems.push(unknownProblem(here.join('.'), key, place.known))
  }
}

/** What is wrong with a name that the spec does not know; `known` are those that it knows there. */
export function unknownProblem(field: string, name: string, known: readonly string[]): Problem {
  const near = nearestName(name, known)
  const others = known.length > 0 ? `it knows ${known.join(', ')}` : 'it knows none here'
  return { field, message: `the API knows no such name; ${near === undefined ? others : `did you mean ${near}?`}` }
}

/** A name as messages may show it: one that is no name can be personal data, such as an address that a list is kept by. */
export const showName = (name: string): string =>
  /^[\w$-]{1,40}$/.test(name) ? name : `[a name of ${name.length} characters]`

function createPlace(root: Root, described: readonly unknown[]): Place {
  const parts = described.flatMap((schema) => expand(root, schema))
  const fields = parts.flatMap(({ properties }) => (isSchema(properties) ? [properties] : []))
  const patterns = parts.flatMap(({ patternProperties }) => Object.entries(patternProperties ?? {}))
  const others = parts.flatMap(({ additionalProperties }) => additionalProperties || [])
  const isClosed = parts.some(({ additionalProperties }) => additionalProperties === false)
  const namesNone = fields.length === 0 && patterns.length === 0 && !isClosed
  const items = parts.flatMap((part) => [part.items ?? [], part.prefixItems ?? []].flat())
  const isFree = others.length > 0 || namesNone || parts.some(isAnyObject)
  const find = (key: string) => [
    ...fields.flatMap((properties) => (Object.hasOwn(properties, key) ? [properties[key]] : [])),
    ...patterns.flatMap(([pattern, schema]) => (new RegExp(pattern, 'u').test(key) ? [schema] : [])),
  ]
  const known = [...new Set(fields.flatMap(Object.keys))]
  const places = new Map<string, Place>()
  // Made when first needed, and kept: a schema may contain itself.
  const keep = (name: string, make: () => readonly unknown[]): Place => {
    const kept = places.get(name) ?? createPlace(root, make())
    places.set(name, kept)
    return kept
  }
  return {
    known,
    isFree,
    isBlank: namesNone && others.every((schema) => schema === true) && items.length === 0,
    below(key) {
      const own = find(key)
      if (own.length > 0) return known.includes(key) ? keep(`.${key}`, () => own) : createPlace(root, own)
      return others.length > 0 ? keep('*', () => others) : undefined
    },
    items: () => keep('[]', () => items),
  }
}

/** Whether a schema says no more than that it is an object, so that one alternative takes any keys. */
const isAnyObject = ({ type, ...rest }: JsonSchema) =>
  Object.keys(rest).every((keyword) => keyword.startsWith('x-')) &&
  (type === undefined || [type].flat().includes('object'))

/** A schema with all that it refers to, combines or offers; nothing where it is none. */
export function expand(root: Root, schema: unknown, above: readonly unknown[] = []): JsonSchema[] {
  if (!isSchema(schema) || above.includes(schema)) return []
  const { $ref, allOf, anyOf, oneOf, then, else: otherwise } = schema
  const parts = [
    $ref === undefined ? undefined : resolveSchema(root, schema),
    allOf,
    anyOf,
    oneOf,
    then,
    otherwise,
  ].flat()
  return [schema, ...parts.flatMap((part) => expand(root, part, [...above, schema]))]
}

/** Whether a value is a schema that says something. */
export const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
