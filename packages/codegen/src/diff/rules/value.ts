import { listNames } from '../compare/names.ts'
import type { Report, Rule, SchemaPair, Spot } from '../compare/rule.ts'
import { type SchemaView, typesOf, valuesOf } from '../normal/schema-view.ts'
import { openKeyword } from '../normal/shape.ts'

type Types = ReadonlySet<unknown> | undefined

/** Whether the types of two schemas have nothing in common, so that nothing else of them is worth comparing. */
export function isAnotherType({ before, after }: Pick<SchemaPair, 'before' | 'after'>): boolean {
  const [old, now] = [typesOf(before), typesOf(after)]
  return (
    old !== undefined &&
    now !== undefined &&
    old.size + now.size > 0 &&
    without(old, now).length === old.size &&
    without(now, old).length === now.size
  )
}

const without = (types: Types, others: Types): string[] => {
  if (others === undefined) return []
  return types === undefined
    ? ['any']
    : [...types]
        .filter((type) => !allows(others, type))
        .map(String)
        .sort()
}

const allows = (types: ReadonlySet<unknown>, type: unknown) =>
  types.has(type) || (type === 'integer' && types.has('number'))

const changesType: Rule<SchemaPair> = (pair, _, report) => {
  const { before, after, direction } = pair
  const [old, now] = [typesOf(before), typesOf(after)]
  const [lost, gained] = [without(old, now), without(now, old)]
  if (lost.length + gained.length === 0) return
  const breaks = direction === 'request' ? lost : gained
  const text = `It was ${show(old)} and is ${show(now)}`
  const isNull = breaks.join() === 'null' || (breaks.length === 0 && [...lost, ...gained].join() === 'null')
  const id = isNull ? (lost.length > 0 ? 'no-longer-nullable' : 'became-nullable') : 'type-changed'
  const at = spotOf('type', pair)
  if (now?.size === 0) {
    report({ bump: 'major', id, message: `${text}: ${contradiction}.`, spot: at })
    return
  }
  if (breaks.length === 0 || (direction === 'response' && now === undefined && isFree(before))) {
    report({ bump: 'minor', id, message: `${text}; code written for the old type still works.`, spot: at })
    return
  }
  const reading = isNull ? 'code that reads it without a null check' : 'code that reads it as before'
  const end = direction === 'request' ? 'code that sends it as before is refused' : `${reading} no longer works`
  report({ bump: 'major', id, message: `${text}: ${end}.`, spot: at })
}

const contradiction = 'its parts contradict each other, so that no value fits all of them'

/** An object that describes nothing may stand for anything: nothing can be read of it. */
const isFree = (view: SchemaView) =>
  [...(typesOf(view) ?? [])].join() === 'object' &&
  view.properties.size === 0 &&
  !view.keywords.has('additionalProperties')

/** Where a keyword is written, in the document before if it was there. */
export function spotOf(keyword: string, { before, after, isAligned, spot }: SchemaPair): Spot {
  const [was, is] = [before.keywords.get(keyword), after.keywords.get(keyword)]
  if (!isAligned) return spot
  if (was) return { side: 'before', part: was.by }
  return is && is.by !== after.sources[0] ? { side: 'after', part: is.by } : spot
}

function show(types: Types): string {
  if (types === undefined) return 'of any type'
  const names = [...types].map((type) => `\`${type}\``).sort()
  return names.join(' or ') || 'of no type'
}

const changesValues: Rule<SchemaPair> = (pair, _, report) => {
  if (isAnotherType(pair)) return
  const spot = spotOf('enum', pair)
  const values = readValues(pair)
  const tell: Report = (finding) => report({ ...finding, spot })
  if (isEmpty(pair.after)) {
    if (!isEmpty(pair.before))
      tell({ bump: 'major', id: 'enum-emptied', message: `It has no value: ${contradiction}.` })
  } else if (pair.direction === 'request') tellSent(values, tell)
  else tellAnswered({ ...values, isOpen: pair.before.keywords.has(openKeyword) }, tell)
}

/** Whether lists of values are joined that have none in common. */
const isEmpty = ({ keywords }: SchemaView) => {
  const values = keywords.get('enum')?.value
  return Array.isArray(values) && values.length === 0
}

interface Values {
  old: ReadonlySet<string> | undefined
  now: ReadonlySet<string> | undefined
  lost: string[]
  gained: string[]
}

function readValues({ before, after }: SchemaPair): Values {
  const [old, now] = [valuesOf(before), valuesOf(after)]
  const lost = old && now ? [...old].filter((value) => !now.has(value)).sort() : []
  const gained = old && now ? [...now].filter((value) => !old.has(value)).sort() : []
  return { old, now, lost, gained }
}

function tellSent({ old, now, lost, gained }: Values, report: Report): void {
  if (!old && now) {
    const message = `It takes only ${listNames(now)} now: calls with other values are refused.`
    report({ bump: 'major', id: 'enum-added', message })
  }
  if (old && !now) {
    report({ bump: 'minor', id: 'enum-removed', message: 'It takes any value now, not only those of a list.' })
  }
  if (lost.length > 0) {
    const message = `It no longer takes ${listNames(lost)}: code that sends that is refused.`
    report({ bump: 'major', id: 'enum-value-removed', message })
  }
  if (gained.length > 0)
    report({ bump: 'minor', id: 'enum-value-added', message: `It takes ${listNames(gained)} too.` })
}

function tellAnswered({ old, now, lost, gained, isOpen }: Values & { isOpen: boolean }, report: Report): void {
  const bump = isOpen ? 'minor' : 'major'
  const end = isOpen
    ? 'the type is open, so code that reads it still compiles'
    : 'code that handles every value has one it does not know'
  if (!old && now) report({ bump: 'minor', id: 'enum-added', message: `It is one of ${listNames(now)} now.` })
  if (old && !now) {
    report({ bump, id: 'enum-removed', message: `It may be any value now, not only one of a list: ${end}.` })
  }
  if (lost.length > 0) {
    report({ bump: 'minor', id: 'enum-value-removed', message: `It is never ${listNames(lost)} any more.` })
  }
  if (gained.length > 0)
    report({ bump, id: 'enum-value-added', message: `It may be ${listNames(gained)} now: ${end}.` })
}

/** Whether a type takes further values depends on whether a request holds the list as well, which may be far away. */
const opensOrCloses: Rule<SchemaPair> = (pair, _, report) => {
  const { before, after, direction } = pair
  const isList = (view: SchemaView) => (valuesOf(view)?.size ?? 0) > 1
  const [was, is] = [before, after].map(({ keywords }) => keywords.has(openKeyword))
  if (was === is || !isList(before) || !isList(after)) return
  const spot = spotOf('enum', pair)
  const opened =
    'Its type is open now, for no request takes this list: code that handles every value no longer compiles.'
  const closed = 'Its type is closed now, for a request takes this list as well; code that reads it still compiles.'
  // Of a list that no request held, only who uses a type by its name may write values.
  const closedToWriters = 'Its type is closed now: code that writes values which it does not list no longer compiles.'
  if (is) report({ bump: 'major', id: 'enum-opened', message: opened, spot })
  else if (direction === 'response') report({ bump: 'minor', id: 'enum-closed', message: closed, spot })
  else report({ bump: 'major', id: 'enum-closed', message: closedToWriters, spot })
}

/** What types a value may have, and which values. */
export const valueRules: readonly Rule<SchemaPair>[] = [changesType, changesValues, opensOrCloses]
