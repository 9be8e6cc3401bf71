import { isRecord } from '../../spec/kinds.ts'
import type { Comparison, Side } from '../compare/comparison.ts'
import { listNames, renaming } from '../compare/names.ts'
import type { Finding, NamedProperty, PropertyPair, Rule, SchemaPair, Spot } from '../compare/rule.ts'
import { readOthers, type SchemaView, typesOf } from '../normal/schema-view.ts'
import { changeNeed } from './need.ts'
import { isAnotherType, spotOf } from './value.ts'
import { changeWords } from './words.ts'

const comesOrGoes: Rule<PropertyPair> = ({ name, before, after, holders, direction }, _, report) => {
  if (before && after) return
  const isRequest = direction === 'request'
  if (before) {
    const message = `The property is gone: code that uses ${listNames([name])} no longer compiles.`
    report({ bump: 'major', id: 'property-removed', message })
  } else if (isRequest && holders.after.required.has(name) && !holders.before.required.has(name)) {
    const message = `New, and has to be sent: calls without ${listNames([name])} are refused.`
    report({ bump: 'major', id: 'required-property-added', message })
  } else {
    report({ bump: 'minor', id: 'property-added', message: 'A new property; code that does not use it is unchanged.' })
  }
}

const isSpeltOtherwise: Rule<PropertyPair> = ({ before, after }, _, report) => {
  if (!before || !after || before.name === after.name) return
  const message = `The property: ${renaming(before.name, after.name)}. Code that uses it by its old name no longer compiles.`
  report({ bump: 'major', id: 'property-casing-changed', message })
}

const isNeeded: Rule<PropertyPair> = ({ before, after, holders, direction, isAligned, spot }, _, report) => {
  if (!before || !after) return
  const [was, is] = [holders.before.required.get(before.name), holders.after.required.get(after.name)]
  if ((was === undefined) === (is === undefined)) return
  // What says so now, or said so, need not be what describes the property.
  const by: Spot = was
    ? { side: 'before', part: was, below: before.name }
    : { side: 'after', part: is ?? {}, below: after.name }
  const at = isAligned ? by : spot
  // Types hold no name that is only required, so no code reads it.
  const isRead = before.schema !== true || after.schema !== true
  changeNeed({ was: was !== undefined, is: is !== undefined, direction }, (finding) =>
    report({ ...finding, spot: at, ...(direction === 'response' && !isRead && { bump: 'minor' }) }),
  )
}

/** What stands beside the references to a property's schema; what the schemas themselves say is told with them. */
const saysOtherwise: Rule<PropertyPair> = ({ before, after, direction, spot }, _, report) => {
  const [was, is] = [before?.schema, after?.schema]
  if (isRecord(was) && isRecord(is) && '$ref' in was && '$ref' in is) {
    changeWords({ before: was, after: is, direction, spot }, report)
  }
}

/** Callers send no property that is only read, and get none that is only written. */
const changesHidden: Rule<PropertyPair> = (property, comparison, report) => {
  const { before, after, direction, holders, name } = property
  const isSame =
    before !== undefined &&
    after !== undefined &&
    comparison.before.words(before.schema) === comparison.after.words(after.schema) &&
    holders.before.required.has(name) === holders.after.required.has(name)
  if (isSame) return
  const end = direction === 'request' ? 'only read, so callers do not send it' : 'only written, so no answer holds it'
  report({ bump: 'patch', id: hiddenId, message: `It changed, but is ${end}.` })
}

/** The id of a change that concerns nobody here: what it does to others is told there. */
export const hiddenId = 'hidden-property-changed'

/** Whether a property is none for who sends, or gets, the object: it is `readOnly` in requests, or `writeOnly` in answers. */
export function isHidden({ before, after, direction }: PropertyPair, comparison: Comparison): boolean {
  const keyword = direction === 'request' ? 'readOnly' : 'writeOnly'
  const says = (side: Side, one: NamedProperty | undefined) =>
    one === undefined || side.view(one.schema).keywords.get(keyword)?.value === true
  return says(comparison.before, before) && says(comparison.after, after)
}

const visible = [comesOrGoes, isSpeltOtherwise, isNeeded, saysOtherwise]

/** Whether properties came, went, are spelt otherwise, or have to be there. */
export const propertyRules: readonly Rule<PropertyPair>[] = [
  (property, comparison, report) => {
    const rules = isHidden(property, comparison) ? [changesHidden] : visible
    for (const rule of rules) rule(property, comparison, report)
  },
]

/** What an object may hold besides its named properties. */
const hasOthers: Rule<SchemaPair> = (pair, comparison, report) => {
  const { before, after, direction } = pair
  // Of what may be anything, the types say more.
  if (isAnotherType(pair) || !typesOf(before) || !typesOf(after)) return
  const [was, is] = [before, after].map(readOthers)
  const isTyped = (one: unknown) => one === true || isRecord(one)
  if ((isTyped(was) && isTyped(is)) || comparison.before.meaning(was) === comparison.after.meaning(is)) return
  const spot = spotOf('additionalProperties', pair)
  const isMixed = was === false && isRecord(is) && !areLike(comparison.after, after, is)
  const judged = direction === 'request' ? judgeSent(was, is, { isMixed }) : judgeAnswered(was, is)
  report({ ...judged, spot })
}

function judgeAnswered(was: unknown, is: unknown): Finding {
  if (was === true || isRecord(was)) {
    const message = 'It has no properties any more but those it names: code that reads others no longer compiles.'
    return { bump: 'major', id: 'properties-closed', message }
  }
  if (is === false) {
    return { bump: 'minor', id: 'properties-closed', message: 'It has no properties but those it names.' }
  }
  return { bump: 'minor', id: 'properties-opened', message: 'It may have further properties now.' }
}

/** Whether all named properties of an object have one of the types that its further properties have. */
function areLike(side: Side, { properties }: SchemaView, others: object): boolean {
  const types = typesOf(side.view(others))
  return [...properties.values()].every(({ value }) => {
    const own = typesOf(side.view(value))
    return types === undefined || (own !== undefined && [...own].every((type) => types.has(type)))
  })
}

function judgeSent(was: unknown, is: unknown, { isMixed }: { isMixed: boolean }): Finding {
  if (isMixed) {
    const message =
      'It takes further properties now, of another type than those it names: no object is written by both types, so code that sends one no longer compiles.'
    return { bump: 'major', id: 'properties-opened', message }
  }
  if (was === true || isRecord(was) || is === false) {
    const message = 'It takes only the properties it names now: code that sends others no longer works.'
    return { bump: 'major', id: 'properties-closed', message }
  }
  if (was === false || is === true) {
    return { bump: 'minor', id: 'properties-opened', message: 'It takes further properties now.' }
  }
  const message = 'Properties that it does not name have a type now: calls that send others are refused.'
  return { bump: 'major', id: 'properties-typed', message }
}

/** What an object may hold besides the properties that it names. */
export const additionalRules: readonly Rule<SchemaPair>[] = [hasOthers]
