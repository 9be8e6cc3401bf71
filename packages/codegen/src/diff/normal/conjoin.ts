import { isDeepStrictEqual } from 'node:util'

type Join = (one: unknown, other: unknown) => unknown

const larger: Join = (one, other) => Math.max(Number(one), Number(other))
const smaller: Join = (one, other) => Math.min(Number(one), Number(other))
const any: Join = (one, other) => one === true || other === true
const first: Join = (one) => one

const joins: ReadonlyMap<string, Join> = new Map([
  ['type', joinTypes],
  ['enum', joinValues],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains'].map(
    (keyword) => [keyword, larger] as const,
  ),
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains'].map(
    (keyword) => [keyword, smaller] as const,
  ),
  ...['items', 'additionalProperties', 'contains', 'propertyNames'].map((keyword) => [keyword, joinSchemas] as const),
  ...['deprecated', 'readOnly', 'writeOnly', 'uniqueItems', 'open'].map((keyword) => [keyword, any] as const),
  ...['default', 'discriminator', 'xml'].map((keyword) => [keyword, first] as const),
])

/** What two schemas that must both hold say together under a keyword; of others than lists and bounds, a list of both. */
export function conjoin(keyword: string, one: unknown, other: unknown): unknown {
  if (isDeepStrictEqual(one, other)) return one
  return (joins.get(keyword) ?? joinOthers)(one, other)
}

function joinOthers(one: unknown, other: unknown): unknown {
  const all = [one, other].flat()
  return all.filter((value, index) => all.findIndex((earlier) => isDeepStrictEqual(value, earlier)) === index)
}

/** A schema in which two hold; `false` allows nothing beside the other. */
export function joinSchemas(one: unknown, other: unknown): unknown {
  if (one === false || other === false) return false
  if (one === true) return other
  return other === true ? one : { allOf: [one, other] }
}

function joinTypes(one: unknown, other: unknown): unknown {
  const [types, others] = [[one].flat(), [other].flat()]
  const joined = types.flatMap((type) => {
    if (others.includes(type)) return [type]
    if (type === 'integer' && others.includes('number')) return ['integer']
    return type === 'number' && others.includes('integer') ? ['integer'] : []
  })
  return joined.length === 1 ? joined[0] : [...new Set(joined)]
}

function joinValues(one: unknown, other: unknown): unknown {
  if (!Array.isArray(one) || !Array.isArray(other)) return one
  return one.filter((value) => other.some((allowed) => isDeepStrictEqual(value, allowed)))
}
