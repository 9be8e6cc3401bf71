import type { Finding } from './finding.ts'

/** What a keyword's change demands and means: for a value that callers send, or for one that they get. */
export type KeywordFact = Pick<Finding, 'bump' | 'id' | 'message'>

interface Values {
  keyword: string
  before: unknown
  after: unknown
}

type Rule = (direction: 'request' | 'response', values: Values) => KeywordFact | undefined

const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties', 'minContains']
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties', 'maxContains']
/** Keywords that only narrow what is valid: without one, more is. */
const narrowing = [
  ...['format', 'pattern', 'multipleOf', 'uniqueItems', 'not', 'contains', 'propertyNames', 'patternProperties'],
  ...['if', 'then', 'else', 'dependentRequired', 'dependentSchemas', 'unevaluatedItems', 'unevaluatedProperties'],
]
/** Keywords that say how a value is written: callers write or read it that way. */
const encoding = ['contentEncoding', 'contentSchema', 'prefixItems', 'xml']

const rules: ReadonlyMap<string, Rule> = new Map([
  ...lower.map((keyword) => [keyword, bound((was, is) => is > was)] as const),
  ...upper.map((keyword) => [keyword, bound((was, is) => is < was)] as const),
  ...narrowing.map((keyword) => [keyword, narrows] as const),
  ...encoding.map((keyword) => [keyword, encodes] as const),
  ['contentMediaType', annotates],
  ['default', defaults],
  ['deprecated', deprecates],
  ['readOnly', hides('request')],
  ['writeOnly', hides('response')],
  ['discriminator', discriminates],
])

/** What the change of a keyword that does not type a value means; nothing for keywords that have no rule. The values differ. */
export function judgeKeyword(direction: 'request' | 'response', values: Values): KeywordFact | undefined {
  return rules.get(values.keyword)?.(direction, values)
}

/** Keywords that `judgeKeyword` has rules for. */
export const ruledKeywords: readonly string[] = [...rules.keys()]

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

function bound(isTighter: (was: number, is: number) => boolean): Rule {
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

function narrows(direction: 'request' | 'response', values: Values): KeywordFact {
  return bound(() => true)(direction, values) ?? encodes(direction, values)
}

function encodes(direction: 'request' | 'response', values: Values): KeywordFact {
  const { id, what } = changeOf(values)
  const end = direction === 'request' ? refused : 'code that reads the value as before misreads it'
  return { bump: 'major', id, message: `${what}: ${end}.` }
}

/** Where it was not told what a text holds, telling it changes nothing. */
function annotates(direction: 'request' | 'response', values: Values): KeywordFact {
  if (values.before !== undefined) return encodes(direction, values)
  const { id, what } = changeOf(values)
  return { bump: 'minor', id, message: `${what}: it tells what the text holds, and the text stays as it is.` }
}

function defaults(direction: 'request' | 'response', values: Values): KeywordFact {
  const { id, what } = changeOf(values)
  const isOther = direction === 'request' && values.before !== undefined && values.after !== undefined
  return isOther
    ? { bump: 'major', id, message: `${what}: calls that leave it out do something else now.` }
    : { bump: 'minor', id, message: `${what}.` }
}

function deprecates(_: 'request' | 'response', { after }: Values): KeywordFact {
  return after === true
    ? { bump: 'minor', id: 'deprecated-added', message: 'Deprecated: it still works, but will go.' }
    : { bump: 'minor', id: 'deprecated-removed', message: 'No longer deprecated.' }
}

function hides(where: 'request' | 'response'): Rule {
  return (direction, values) => {
    const { id, what } = changeOf(values)
    if (direction !== where || values.after !== true) return { bump: 'minor', id, message: `${what}.` }
    const end = where === 'request' ? 'the API no longer takes it from callers' : 'the API no longer answers with it'
    return { bump: 'major', id, message: `${what}: ${end}.` }
  }
}

function discriminates(direction: 'request' | 'response', values: Values): KeywordFact {
  const { id, what } = changeOf(values)
  const isLoose = direction === 'request' ? values.after === undefined : values.before === undefined
  return isLoose
    ? { bump: 'minor', id, message: `${what}.` }
    : { bump: 'major', id, message: `${what}: code that tells the alternatives apart no longer compiles.` }
}
