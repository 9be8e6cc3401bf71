import { isRecord, kindBelow } from '../../spec/kinds.ts'
import type { Direction } from '../../spec/read-write.ts'
import { listNames } from '../compare/names.ts'
import type { Finding, Rule, SchemaPair } from '../compare/rule.ts'
import { openKeyword } from '../normal/shape.ts'
import { isAnotherType, spotOf } from './value.ts'

interface Values {
  keyword: string
  before: unknown
  after: unknown
  /** Whether callers have to send the value. */
  isRequired: boolean
}

/** What a keyword's change means for a value that callers send, or get; the values differ. */
type Judge = (direction: Direction, values: Values) => Finding | undefined

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains']
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains']
/** Keywords that only narrow what is valid: without one, more is. */
const narrowing = [
  ...['format', 'pattern', 'multipleOf', 'uniqueItems', 'not', 'contains', 'propertyNames'],
  ...['if', 'then', 'else', 'dependentRequired', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties'],
]
/** Keywords that say how a value is written: callers write or read it that way. */
const encoding = ['contentEncoding', 'contentSchema', 'prefixItems', 'xml']

const judges: ReadonlyMap<string, Judge> = new Map([
  ...lower.map((keyword) => [keyword, bound((was, is) => is > was)] as const),
  ...upper.map((keyword) => [keyword, bound((was, is) => is < was)] as const),
  ...narrowing.map((keyword) => [keyword, bound(() => true)] as const),
  ...encoding.map((keyword) => [keyword, encodes] as const),
  ['patternProperties', patterns],
  ['contentMediaType', annotates],
  ['default', defaults],
  ['deprecated', deprecates],
  ['readOnly', hides('request')],
  ['writeOnly', hides('response')],
  ['discriminator', discriminates],
])

/** Keywords that other rules judge, or whose schemas are pairs of their own. */
const judgedElsewhere: ReadonlySet<string> = new Set([
  ...['type', 'enum', 'items', 'additionalProperties'],
  openKeyword,
])

const changesKeywords: Rule<SchemaPair> = (pair, comparison, report) => {
  const { before, after, direction, isRequired } = pair
  if (isAnotherType(pair)) return
  for (const keyword of new Set([...before.keywords.keys(), ...after.keywords.keys()])) {
    if (judgedElsewhere.has(keyword)) continue
    const [was, is] = [before.keywords.get(keyword)?.value, after.keywords.get(keyword)?.value]
    const kind = kindBelow('object', keyword, was ?? is)
    if (comparison.before.meaning(was, kind) === comparison.after.meaning(is, kind)) continue
    const finding = (judges.get(keyword) ?? isUnknown)(direction, { keyword, before: was, after: is, isRequired })
    if (!finding) continue
    report({ ...finding, spot: spotOf(keyword, pair) })
  }
}

/** What keywords say that type no value. */
export const keywordRules: readonly Rule<SchemaPair>[] = [changesKeywords]

const kebab = (keyword: string) => keyword.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
const show = (value: unknown) => (typeof value === 'object' ? 'another schema' : `\`${value}\``)

function changeOf({ keyword, before, after }: Values): { id: string; what: string } {
  const name = kebab(keyword)
  if (before === undefined)
    return { id: `${name}-added`, what: `\`${keyword}\` is ${show(after)} now, where there was none` }
  if (after === undefined) return { id: `${name}-removed`, what: `\`${keyword}\` (${show(before)}) is gone` }
  return { id: `${name}-changed`, what: `\`${keyword}\` was ${show(before)} and is ${show(after)}` }
}

const refused = 'calls that passed until now may be refused'

function bound(isTighter: (was: number, is: number) => boolean): Judge {
  return (direction, values) => {
    const { id, what } = changeOf(values)
    const { before, after } = values
    const tightens = after !== undefined && (before === undefined || isTighter(Number(before), Number(after)))
    if (direction === 'response') return { bump: 'minor', id, message: `${what}; the type stays as it is.` }
    return tightens
      ? { bump: 'major', id, message: `${what}: ${refused}.` }
      : { bump: 'minor', id, message: `${what}: more is accepted.` }
  }
}

function encodes(direction: Direction, values: Values): Finding {
  const { id, what } = changeOf(values)
  const end = direction === 'request' ? refused : 'code that reads the value as before misreads it'
  return { bump: 'major', id, message: `${what}: ${end}.` }
}

/** Types have the values of all patterns as a map; what differs in a value is told there. */
function patterns(direction: Direction, { before, after }: Values): Finding | undefined {
  const [was, is] = [before, after].map((value) => Object.keys(Object(value)))
  const lost = (was ?? []).filter((pattern) => !is?.includes(pattern))
  const gained = (is ?? []).filter((pattern) => !was?.includes(pattern))
  if (lost.length > 0) {
    const message = `It has no properties like ${listNames(lost)} any more: code that uses one no longer compiles.`
    return { bump: 'major', id: 'pattern-properties-removed', message }
  }
  if (gained.length === 0) return undefined
  const tells = `Properties like ${listNames(gained)} have a type now`
  return direction === 'request'
    ? { bump: 'major', id: 'pattern-properties-added', message: `${tells}: calls that send others are refused.` }
    : { bump: 'minor', id: 'pattern-properties-added', message: `${tells}.` }
}

/** Where it was not told what a text holds, telling it changes nothing. */
function annotates(direction: Direction, values: Values): Finding {
  if (values.before !== undefined) return encodes(direction, values)
  const { id, what } = changeOf(values)
  return { bump: 'minor', id, message: `${what}: it tells what the text holds, and the text stays as it is.` }
}

function defaults(direction: Direction, values: Values): Finding {
  const { id, what } = changeOf(values)
  const isTaken = direction === 'request' && !values.isRequired
  const isOther = isTaken && values.before !== undefined && values.after !== undefined
  return isOther
    ? { bump: 'major', id, message: `${what}: calls that leave it out do something else now.` }
    : { bump: 'minor', id, message: `${what}.` }
}

function deprecates(_: Direction, { after }: Values): Finding {
  return after === true
    ? { bump: 'minor', id: 'deprecated-added', message: 'Deprecated: it still works, but will go.' }
    : { bump: 'minor', id: 'deprecated-removed', message: 'No longer deprecated.' }
}

function hides(where: Direction): Judge {
  return (direction, values) => {
    const { id, what } = changeOf(values)
    const isOpen = values.after !== true
    if (direction === 'request' && where === 'request' && isOpen && values.isRequired) {
      return { bump: 'major', id, message: `${what}, and it has to be sent: calls without it are refused.` }
    }
    if (direction !== where || isOpen) return { bump: 'minor', id, message: `${what}.` }
    const end = where === 'request' ? 'the API no longer takes it from callers' : 'the API no longer answers with it'
    return { bump: 'major', id, message: `${what}: ${end}.` }
  }
}

function discriminates(direction: Direction, values: Values): Finding | undefined {
  const { id, what } = changeOf(values)
  const [was, is] = [values.before, values.after].map(readDiscriminator)
  const breaks = `${what}: code that tells the alternatives apart no longer compiles.`
  if (!was || !is) {
    const isLoose = direction === 'request' ? !is : !was
    return isLoose ? { bump: 'minor', id, message: `${what}.` } : { bump: 'major', id, message: breaks }
  }
  if (was.name !== is.name) return { bump: 'major', id, message: breaks }
  const lost = [...was.mapping].filter(([value, target]) => is.all.get(value) !== target)
  const gained = [...is.mapping].filter(([value, target]) => was.all.get(value) !== target)
  // Other values are told where the alternatives have them.
  if (lost.length + gained.length === 0) return undefined
  const isBroken = (direction === 'request' ? lost : gained).length > 0
  const message = isBroken ? breaks : 'Its discriminator tells other values apart; code for the old ones still works.'
  return { bump: isBroken ? 'major' : 'minor', id, message }
}

interface Discriminator {
  name: unknown
  /** The values that no alternative itself says. */
  mapping: ReadonlyMap<string, unknown>
  /** With those that alternatives say. */
  all: ReadonlyMap<string, unknown>
}

function readDiscriminator(value: unknown): Discriminator | undefined {
  if (!isRecord(value)) return undefined
  const { propertyName: name, mapping, written } = value
  const own = Object.entries(Object(mapping))
  return { name, mapping: new Map(own), all: new Map([...Object.entries(Object(written)), ...own]) }
}

/** Nothing shows that a difference which nobody knows does no harm. */
function isUnknown(direction: Direction, values: Values): Finding {
  const { what } = changeOf(values)
  const told = direction === 'request' ? 'sent' : 'answered'
  return {
    bump: 'major',
    id: 'unknown',
    message: `${what}; no rule knows what that does to what is ${told}, so it counts as breaking.`,
  }
}
