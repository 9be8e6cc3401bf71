import { pairSchemas, type Side } from '../pair-schemas.ts'
import { type SchemaView, viewSchema } from '../schema-view.ts'
import { isRecord, kindBelow } from '../shape.ts'
import { type Finding, listNames } from './finding.ts'
import { judgeKeyword, type KeywordFact, ruledKeywords } from './keyword-rules.ts'
import { compareNames, type PropertyContext } from './property-facts.ts'
import { compareValues, type ValueContext } from './value-facts.ts'

/** Two sides to compare, whose values they are, and who is told of what differs. */
export interface SchemaContext extends Omit<ValueContext, 'report'> {
  before: Side
  after: Side
  /** Takes each difference. */
  report: (fact: Pick<Finding, 'bump' | 'id' | 'message' | 'location'>) => void
  /** The pairs that were compared already; schemas lead to each other in circles. */
  seen: Map<unknown, Set<unknown>>
}

interface SchemaPair {
  was: SchemaView
  is: SchemaView
  location: string
}

/** Reports what differs between two schemas at any depth, each pair of schemas at the first place it is met. */
export function compareSchemas(context: SchemaContext, [before, after]: [unknown, unknown], location: string): void {
  if (context.before.part(before) === context.after.part(after)) return
  const was = viewSchema(context.before.document, before)
  const is = viewSchema(context.after.document, after)
  if (isSeen(context, was, is)) return
  const pair = { was, is, location }
  if (was.alternatives || is.alternatives) {
    compareAlternatives(context, pair, [before, after])
    if (!was.alternatives || !is.alternatives) return
  }
  const report: ValueContext['report'] = (fact) => context.report({ ...fact, location })
  if (!compareValues({ ...context, report }, was, is)) return
  compareKeywords(context, pair)
  compareProperties(context, pair)
  compareAdditional(context, pair)
  const [oldItems, newItems] = [was.keywords.items, is.keywords.items]
  if (oldItems === undefined && newItems === undefined) return
  compareSchemas(context, [oldItems ?? true, newItems ?? true], `${location}.*`)
}

function isSeen({ seen }: SchemaContext, { sources: [was] }: SchemaView, { sources: [is] }: SchemaView): boolean {
  if (!was || !is) return false
  const others = seen.get(was) ?? new Set()
  seen.set(was, others)
  return others.has(is) || !others.add(is)
}

function compareKeywords({ before, after, direction, report }: SchemaContext, { was, is, location }: SchemaPair): void {
  for (const keyword of ruledKeywords) {
    const [old, now] = [was.keywords[keyword], is.keywords[keyword]]
    const isSame =
      before.part(old, kindBelow('object', keyword, old)) === after.part(now, kindBelow('object', keyword, now))
    const fact = isSame ? undefined : judgeKeyword(direction, { keyword, before: old, after: now })
    if (fact) report({ ...fact, location })
  }
}

/** `oneOf` and `anyOf` type the same; a schema without alternatives is its own only one. */
function compareAlternatives(
  context: SchemaContext,
  { was, is, location }: SchemaPair,
  [one, other]: [unknown, unknown],
) {
  const { before, after, direction, report } = context
  const { pairs, lost, gained } = pairSchemas(
    { side: before, schemas: was.alternatives ?? [one] },
    { side: after, schemas: is.alternatives ?? [other] },
  )
  const isRequest = direction === 'request'
  for (const schema of lost) {
    const name = nameOf(before, schema)
    const message = isRequest
      ? `It no longer takes ${name}: code that sends that is refused.`
      : `It is never ${name} any more.`
    report({ bump: isRequest ? 'major' : 'minor', id: 'alternative-removed', message, location })
  }
  for (const schema of gained) {
    const name = nameOf(after, schema)
    const message = isRequest
      ? `It takes ${name} too.`
      : `It may be ${name} now: code that handles every alternative has one it does not know.`
    report({ bump: isRequest ? 'minor' : 'major', id: 'alternative-added', message, location })
  }
  for (const pair of pairs) compareSchemas(context, [pair.before, pair.after], location)
}

function nameOf({ document }: Side, schema: unknown): string {
  if (isRecord(schema) && typeof schema.$ref === 'string') return listNames([schema.$ref.split('/').pop() ?? ''])
  const { keywords, properties } = viewSchema(document, schema)
  if (properties.size > 0) return `an object with ${listNames([...properties.keys()].sort())}`
  return keywords.type === undefined ? 'another alternative' : listNames([[keywords.type].flat().join(' or ')])
}

function compareProperties(context: SchemaContext, { was, is, location }: SchemaPair): void {
  const at = (name: string) => `${location}.${name}`
  const report: PropertyContext['report'] = (name, fact) => context.report({ ...fact, location: at(name) })
  for (const { before, after } of compareNames({ direction: context.direction, was, is, report })) {
    compareSchemas(context, [was.properties.get(before), is.properties.get(after)], at(before))
  }
}

/** What an object may hold besides its named properties. */
function compareAdditional(context: SchemaContext, { was, is, location }: SchemaPair): void {
  const [old, now] = [was.keywords.additionalProperties, is.keywords.additionalProperties]
  const isTyped = (one: unknown) => one === true || isRecord(one)
  if (isTyped(old) && isTyped(now)) compareSchemas(context, [old, now], `${location}.*`)
  else if (old !== now) context.report({ ...judgeAdditional(context.direction, old, now), location })
}

function judgeAdditional(direction: 'request' | 'response', old: unknown, now: unknown): KeywordFact {
  const wasTyped = old === true || isRecord(old)
  const closed = { id: 'properties-closed' } as const
  const opened = { id: 'properties-opened', bump: 'minor' } as const
  if (direction === 'response') {
    if (wasTyped) {
      const message = 'It has no properties any more but those it names: code that reads others no longer compiles.'
      return { ...closed, bump: 'major', message }
    }
    if (now === false) return { ...closed, bump: 'minor', message: 'It has no properties but those it names.' }
    return { ...opened, message: 'It may have further properties now.' }
  }
  if (wasTyped || now === false) {
    const message = 'It takes only the properties it names now: code that sends others no longer works.'
    return { ...closed, bump: 'major', message }
  }
  if (old === false || now === true) return { ...opened, message: 'It takes further properties now.' }
  const message = 'Properties that it does not name have a type now: calls that send others are refused.'
  return { id: 'properties-typed', bump: 'major', message }
}
