import { isRecord } from '../../spec/kinds.ts'
import type { Direction } from '../../spec/read-write.ts'
import { type Alternative, matchAlternatives } from '../compare/alternatives.ts'
import type { Comparison, Side } from '../compare/comparison.ts'
import { casingOf, listAll, matchByKeys } from '../compare/names.ts'
import type { AlternativePair, Finding, NamedProperty, PropertyPair, SchemaPair, Spot } from '../compare/rule.ts'
import { readOthers, type SchemaView, typesOf } from '../normal/schema-view.ts'
import { isWords } from '../normal/shape.ts'
import { alternativeRules, alternativesRules } from '../rules/alternative.ts'
import { keywordRules } from '../rules/keyword.ts'
import { additionalRules, isHidden, propertyRules } from '../rules/property.ts'
import { isAnotherType, valueRules } from '../rules/value.ts'
import { wordsRules } from '../rules/words.ts'
import { applyRules, closeVisit, createVisit, type Visit } from './visit.ts'

const schemaRules = [...valueRules, ...keywordRules, ...additionalRules, ...alternativesRules]

/** Two schemas to visit, and where they stand. */
export interface SchemaPlace {
  before: unknown
  after: unknown
  direction: Direction
  /** Where they stand, for schemas that are not written at one place in both documents. */
  spot: Spot
  /** Whether callers have to send the value. Default false. */
  isRequired?: boolean | undefined
}

/** Visits schemas that belong together, each two of them once, however many places lead to them. */
export interface SchemaWalk {
  /** Visits two schemas, and what is below them, before it returns; `undefined` where they say the same. */
  visit: (place: SchemaPlace) => Visit | undefined
  /** Whether old values of the one are all that the other is: what was sent is taken, what is answered was known. */
  fits: (before: unknown, after: unknown, direction: Direction) => boolean
  /** The schemas that were visited, as they are written, of both documents. */
  met: ReadonlySet<object>
}

/** Starts a walk through the schemas of a comparison. */
export function createSchemaWalk(comparison: Comparison): SchemaWalk {
  const state: State = {
    comparison,
    known: new Map(),
    pending: [],
    met: new Set(),
    joined: new Map(),
    fitting: new Map(),
  }
  return {
    visit: (place) => {
      const visit = visitSchemas(state, place)
      finish(state)
      return visit
    },
    fits: (before, after, direction) =>
      fits(state, {
        before: asAlternative(comparison.before, before),
        after: asAlternative(comparison.after, after),
        direction,
      }),
    met: state.met,
  }
}

const asAlternative = (side: Side, schema: unknown): Alternative => ({ schema, view: side.view(schema) })

interface State {
  comparison: Comparison
  known: Map<SchemaView, Map<SchemaView, Map<string, Visit>>>
  /** Schemas lead to each other in circles and in long chains, so one pair is done before the next begins. */
  pending: { visit: Visit; pair: SchemaPair }[]
  met: Set<object>
  /** Alternatives with what holds for all of them, by their list. */
  joined: Map<unknown, Alternative[]>
  /** Whether one alternative fits another, by their hashes; shared with walks that try it. */
  fitting: Map<string, boolean>
}

/** Visits what is pending; stops, and says so, where a finding makes that useless. */
function finish(state: State, isFatal: (finding: Finding) => boolean = () => false): boolean {
  const visits: Visit[] = []
  for (let next = state.pending.pop(); next; next = state.pending.pop()) {
    comparePair(state, next.visit, next.pair)
    visits.push(next.visit)
    if (next.visit.findings.some(isFatal)) return true
  }
  // Rules know every keyword, and say so of those that they do not: what they find nothing in is written otherwise.
  for (const visit of visits) if (!visit.differs) closeVisit(visit)
  return visits.some(({ findings }) => findings.some(isFatal))
}

function visitSchemas(state: State, place: SchemaPlace): Visit | undefined {
  const { comparison, known } = state
  const { before: was, after: is } = comparison
  const { before, after, direction, isRequired = false } = place
  if (was.words(before) === is.words(after)) return undefined
  const views = { before: was.view(before), after: is.view(after) }
  const ofBefore = known.get(views.before) ?? new Map<SchemaView, Map<string, Visit>>()
  known.set(views.before, ofBefore)
  const ofPair = ofBefore.get(views.after) ?? new Map<string, Visit>()
  ofBefore.set(views.after, ofPair)
  const key = `${direction} ${isRequired}`
  const earlier = ofPair.get(key)
  if (earlier) return earlier
  const [part, partNow] = [views.before.sources[0], views.after.sources[0]]
  const isAligned = part !== undefined && partNow !== undefined && comparison.areAligned(part, partNow)
  const { replacedAt = place.spot.below ?? '' } = place.spot
  const spot: Spot = isAligned ? { side: 'before', part } : { ...place.spot, replacedAt }
  const pair: SchemaPair = { ...views, schemas: { before, after }, direction, isRequired, isAligned, spot }
  const visit = createVisit(pair, was.meaning(before) === is.meaning(after))
  ofPair.set(key, visit)
  state.pending.push({ visit, pair })
  return visit
}

const add = (visit: Visit, below: Visit | undefined): void => {
  if (below) visit.below.push(below)
}

function comparePair(state: State, visit: Visit, pair: SchemaPair): void {
  const { before, after } = pair
  const { comparison } = state
  for (const source of [...before.sources, ...after.sources]) state.met.add(source)
  applyRules(visit, pair, { rules: wordsRules, comparison })
  compareAlternatives(state, visit, pair)
  // Where only one has alternatives, each of them was compared with the other as a whole.
  if ((before.alternatives.length === 0) !== (after.alternatives.length === 0)) return
  applyRules(visit, pair, { rules: schemaRules, comparison })
  if (isAnotherType(pair)) return
  compareProperties(state, visit, pair)
  compareElements(state, visit, pair)
}

function compareElements(state: State, visit: Visit, { before, after, direction, spot }: SchemaPair): void {
  const place = { direction, spot: extend(spot, '*') }
  const read = (keyword: string) => [before, after].map(({ keywords }) => keywords.get(keyword)?.value)
  const [items, itemsNow] = read('items')
  if (items !== undefined || itemsNow !== undefined) {
    add(visit, visitSchemas(state, { before: items ?? true, after: itemsNow ?? true, ...place }))
  }
  const [patterns, patternsNow] = read('patternProperties').map((value) => (isRecord(value) ? value : {}))
  for (const [pattern, schema] of Object.entries(patterns ?? {})) {
    const now = patternsNow?.[pattern]
    if (now !== undefined) add(visit, visitSchemas(state, { before: schema, after: now, ...place }))
  }
  const [others, othersNow] = [before, after].map((view) =>
    typesOf(view)?.has('object') ? readOthers(view) : undefined,
  )
  if (isSchema(others) && isSchema(othersNow)) {
    add(visit, visitSchemas(state, { before: others, after: othersNow, ...place }))
  }
}

const isSchema = (value: unknown) => value === true || isRecord(value)

/** The spot below a spot. */
export const extend = ({ below, ...spot }: Spot, name: string): Spot => ({
  ...spot,
  below: [below, name].filter((one) => one !== undefined && one !== '').join('.'),
})

function compareProperties(state: State, visit: Visit, pair: SchemaPair): void {
  const { before, after } = pair
  const isDescribed = (name: string) => before.properties.has(name) || after.properties.has(name)
  const bare = [...new Set([...before.required.keys(), ...after.required.keys()])].filter((name) => !isDescribed(name))
  const read = ({ properties }: SchemaView): NamedProperty[] => [
    ...[...properties].map(([name, { value }]) => ({ name, schema: value })),
    ...bare.map((name) => ({ name, schema: true })),
  ]
  const matched = matchByKeys(read(before), read(after), [({ name }) => name, ({ name }) => casingOf(name)])
  for (const one of listAll(matched)) compareProperty(state, visit, createPropertyPair(pair, one.before, one.after))
}

function createPropertyPair(
  { before, after, direction, spot, isAligned }: SchemaPair,
  was: NamedProperty | undefined,
  is: NamedProperty | undefined,
): PropertyPair {
  const name = (was ?? is)?.name ?? ''
  const [holder, holderNow] = [
    was && (before.properties.get(was.name)?.by ?? before.required.get(was.name)),
    is && (after.properties.get(is.name)?.by ?? after.required.get(is.name)),
  ]
  const own: Spot | undefined = holder
    ? { side: 'before', part: holder, below: name }
    : holderNow && { side: 'after', part: holderNow, below: name }
  const at = isAligned && own ? own : extend(spot, name)
  return { name, before: was, after: is, holders: { before, after }, direction, isAligned, spot: at }
}

function compareProperty(state: State, visit: Visit, property: PropertyPair): void {
  const { comparison } = state
  const { before, after, holders, direction, spot } = property
  applyRules(visit, property, { rules: propertyRules, comparison })
  if (!after || isHidden(property, comparison)) return
  const schema = before ? before.schema : undescribed(holders.before, after.name)
  if (schema === undefined) return
  const isRequired = holders.after.required.has(after.name)
  add(visit, visitSchemas(state, { before: schema, after: after.schema, direction, isRequired, spot }))
}

/** What a property was before it was described: one of the other properties or, if it had to be there, anything. */
function undescribed(holder: SchemaView, name: string): unknown {
  const others = holder.keywords.get('additionalProperties')?.value
  if (isRecord(others)) return others
  // One that only says what has to be there stands beside what describes it.
  return holder.required.has(name) && typesOf(holder) !== undefined ? true : undefined
}

function compareAlternatives(state: State, visit: Visit, pair: SchemaPair): void {
  const { before, after } = pair
  const count = Math.max(before.alternatives.length, after.alternatives.length)
  for (let index = 0; index < count; index++) {
    const [list, listNow] = [before.alternatives[index], after.alternatives[index]]
    const { comparison } = state
    const was = readAlternatives(state, comparison.before, {
      list,
      other: listNow,
      view: before,
      schema: pair.schemas.before,
    })
    const is = readAlternatives(state, comparison.after, {
      list: listNow,
      other: list,
      view: after,
      schema: pair.schemas.after,
    })
    compareLists(state, visit, { pair, was, is })
  }
}

type AlternativeList = SchemaView['alternatives'][number]

interface ListPlace {
  list: AlternativeList | undefined
  /** What the other document has at this place. */
  other: AlternativeList | undefined
  view: SchemaView
  schema: unknown
}

/** A list of alternatives; beside a schema that has none, with what holds for all of them. */
function readAlternatives(state: State, side: Side, { list, other, view, schema }: ListPlace): Alternative[] {
  if (!list) return [{ schema, view }]
  const read = (one: unknown): Alternative => ({ schema: one, view: side.view(one) })
  if (other) return list.value.map(read)
  const known = state.joined.get(list.value)
  if (known) return known
  const rest = view.sources
    .map((source) => Object.entries(source).filter(([key, value]) => key !== 'allOf' && value !== list.value))
    .filter((entries) => entries.some(([key]) => !isWords(key)))
    .map((entries) => Object.fromEntries(entries))
  const joined = list.value.map((one) => read(rest.length > 0 ? { allOf: [one, ...rest] } : one))
  state.joined.set(list.value, joined)
  return joined
}

interface Lists {
  pair: SchemaPair
  was: Alternative[]
  is: Alternative[]
}

function compareLists(state: State, visit: Visit, { pair, was, is }: Lists): void {
  const { comparison } = state
  const { direction, spot } = pair
  const { pairs, removed, added } = matchAlternatives(
    { side: comparison.before, alternatives: was },
    { side: comparison.after, alternatives: is },
  )
  const isTaken = (before: Alternative) => is.some((after) => fits(state, { before, after, direction }))
  const wasKnown = (after: Alternative) => was.some((before) => fits(state, { before, after, direction }))
  const tell = (one: Pick<AlternativePair, 'before' | 'after' | 'fits'>) =>
    applyRules(visit, { ...one, direction, spot }, { rules: alternativeRules, comparison })
  for (const { before, after } of pairs) {
    const fitsAnother = () => (direction === 'request' ? isTaken(before) : wasKnown(after))
    if (!fits(state, { before, after, direction }) && fitsAnother()) tell({ before, after, fits: true })
    else add(visit, visitSchemas(state, { before: before.schema, after: after.schema, direction, spot }))
  }
  for (const before of removed) tell({ before, after: undefined, fits: direction === 'response' || isTaken(before) })
  for (const after of added) tell({ before: undefined, after, fits: direction === 'request' || wasKnown(after) })
}

function fits(
  state: State,
  { before, after, direction }: Record<'before' | 'after', Alternative> & { direction: Direction },
) {
  const { comparison, fitting } = state
  const key = JSON.stringify([
    direction,
    comparison.before.meaning(before.schema),
    comparison.after.meaning(after.schema),
  ])
  const known = fitting.get(key)
  if (known !== undefined) return known
  // What leads back to itself fits, unless something else on the way does not.
  const count = fitting.size
  fitting.set(key, true)
  const trial: State = { comparison, fitting, known: new Map(), pending: [], met: new Set(), joined: state.joined }
  const spot: Spot = { side: 'before', part: comparison.before.document }
  visitSchemas(trial, { before: before.schema, after: after.schema, direction, spot })
  // Code names what an alternative has, so an answer with more is another alternative.
  const isFatal = ({ bump, id }: Finding) => bump === 'major' || (direction === 'response' && id === 'property-added')
  const result = !finish(trial, isFatal)
  // What was found to fit on the way may have led back here, and fits no more.
  if (!result) for (const later of [...fitting.keys()].slice(count)) if (fitting.get(later)) fitting.delete(later)
  fitting.set(key, result)
  return result
}
