import { isRecord } from '../../spec/kinds.ts'
import { type SchemaView, typesOf, valuesOf } from '../normal/schema-view.ts'
import type { Side } from './comparison.ts'
import { type Matched, matchByKeys } from './names.ts'

/** One of several schemas that a value may follow. */
export interface Alternative {
  schema: unknown
  view: SchemaView
}

interface Features extends Alternative {
  hash: string
  ref: unknown
  types: string
  properties: ReadonlySet<string>
  required: string
  /** Properties that allow one value only, with that value: they tell alternatives apart. */
  tags: ReadonlyMap<string, string>
}

/** The alternatives of one side. */
export interface SideAlternatives {
  side: Side
  alternatives: readonly Alternative[]
}

/**
 * Matches the alternatives of two schemas, the best matches first: those that mean the same, those of one name, those
 * that say the same of themselves or share properties.
 */
export function matchAlternatives(before: SideAlternatives, after: SideAlternatives): Matched<Alternative> {
  const read = ({ side, alternatives }: SideAlternatives) => alternatives.map((one) => readFeatures(side, one))
  const [left, right] = [read(before), read(after)]
  const refOf = ({ ref }: Features) => (ref === undefined ? undefined : `${ref}`)
  const known = matchByKeys(left, right, [({ hash }) => hash, refOf])
  const isOnlyPair = left.length === 1 && right.length === 1
  const scored = known.removed
    .flatMap((was) => known.added.map((is) => ({ was, is, score: scoreOf(was, is) })))
    .filter(({ score }) => score > 0 || (isOnlyPair && score === 0))
    .sort((a, b) => b.score - a.score)
  const taken = new Set<Features>()
  const pairs = scored.flatMap(({ was, is }) => {
    if (taken.has(was) || taken.has(is)) return []
    taken.add(was).add(is)
    return [{ before: was, after: is }]
  })
  const rest = (all: Features[]) => all.filter((one) => !taken.has(one))
  return { pairs: [...known.pairs, ...pairs], removed: rest(known.removed), added: rest(known.added) }
}

/** Whether of several alternatives never two hold at once: they are of other types, or a property tells them apart. */
export function areApart(side: Side, alternatives: readonly Alternative[]): boolean {
  const all = alternatives.map((one) => readFeatures(side, one))
  const isApart = (one: Features, other: Features) =>
    (one.types !== other.types && one.types !== '' && other.types !== '' && !shareType(one, other)) ||
    [...one.tags].some(([name, value]) => other.tags.has(name) && other.tags.get(name) !== value)
  return all.every((one, index) => all.slice(index + 1).every((other) => isApart(one, other)))
}

function shareType({ view: one }: Features, { view: other }: Features): boolean {
  const wide = (type: unknown) => (type === 'integer' ? 'number' : type)
  const types = new Set([...(typesOf(other) ?? [])].map(wide))
  return [...(typesOf(one) ?? [])].some((type) => types.has(wide(type)))
}

function readFeatures(side: Side, { schema, view }: Alternative): Features {
  const values = [...view.properties].map(([name, { value }]) => {
    const allowed = valuesOf(side.view(value))
    return [name, allowed?.size === 1 ? [...allowed].join() : ''] as const
  })
  return {
    schema,
    view,
    hash: side.meaning(schema),
    ref: isRecord(schema) ? schema.$ref : undefined,
    types: [...(typesOf(view) ?? [])].join(),
    properties: new Set(view.properties.keys()),
    required: [...view.required.keys()].sort().join(),
    tags: new Map(values.filter(([, value]) => value !== '')),
  }
}

/** How well two schemas match; below 0 where they do not at all. */
function scoreOf(was: Features, is: Features): number {
  if (was.types !== is.types) return -1
  const told = [...was.tags].filter(([name]) => is.tags.has(name))
  const alike = told.filter(([name, value]) => is.tags.get(name) === value)
  if (alike.length < told.length) return -1
  const shared = [...was.properties].filter((name) => is.properties.has(name)).length
  const all = was.properties.size + is.properties.size - shared
  const needsSame = was.required === is.required && was.required !== '' ? 1 : 0
  return 100 * alike.length + needsSame + (all === 0 ? 0.5 : shared / all)
}
