import { type SchemaView, typesOf, valuesOf } from '../schema-view.ts'
import { type Finding, listNames } from './finding.ts'

/** Whose value is compared, and who is told. */
export interface ValueContext {
  direction: 'request' | 'response'
  /** The enums whose types are open, in the document before. */
  openEnums: ReadonlySet<object>
  /** Takes each difference. */
  report: (fact: Pick<Finding, 'bump' | 'id' | 'message'>) => void
}

/**
 * Reports what differs between the types of a value, and between the values that a list allows. Tells whether there is
 * more to compare: of a value of quite another type, there is not.
 */
export function compareValues(context: ValueContext, was: SchemaView, is: SchemaView): boolean {
  const { direction, report } = context
  const [old, now] = [typesOf(was), typesOf(is)]
  const without = (types: ReadonlySet<unknown> | undefined, others: ReadonlySet<unknown> | undefined) =>
    others === undefined ? [] : types === undefined ? ['any'] : [...types].filter((type) => !allows(others, type))
  const [lost, gained] = [without(old, now), without(now, old)].map((types) => types.map(String).sort())
  if (!lost || !gained) return true
  const isAnother = old !== undefined && now !== undefined && lost.length === old.size && gained.length === now.size
  if (lost.length + gained.length > 0) {
    const breaks = direction === 'request' ? lost : gained
    const text = `It was ${tell(old)} and is ${tell(now)}`
    const isNull = breaks.join() === 'null' || (breaks.length === 0 && [...lost, ...gained].join() === 'null')
    const kind = isNull ? (lost.length > 0 ? 'no-longer-nullable' : 'became-nullable') : 'type-changed'
    const end = direction === 'request' ? 'code that sends it as before is refused' : endOfResponse(isNull)
    report(
      breaks.length > 0
        ? { bump: 'major', id: kind, message: `${text}: ${end}.` }
        : { bump: 'minor', id: kind, message: `${text}; code written for the old type still works.` },
    )
  }
  if (!isAnother) compareEnums(context, was, is)
  return !isAnother
}

const endOfResponse = (isNull: boolean) =>
  isNull ? 'code that reads it without a null check no longer works' : 'code that reads it as before no longer works'

const allows = (types: ReadonlySet<unknown>, type: unknown) =>
  types.has(type) || (type === 'integer' && types.has('number'))

const tell = (types: ReadonlySet<unknown> | undefined) =>
  types
    ? [...types]
        .map((type) => `\`${type}\``)
        .sort()
        .join(' or ')
    : 'of any type'

function compareEnums({ direction, openEnums, report }: ValueContext, was: SchemaView, is: SchemaView): void {
  const [old, now] = [valuesOf(was), valuesOf(is)]
  const lost = old && now ? [...old].filter((value) => !now.has(value)).sort() : []
  const gained = old && now ? [...now].filter((value) => !old.has(value)).sort() : []
  const isOpen = was.sources.some((source) => openEnums.has(source))
  const fact = (bump: 'major' | 'minor', id: string, message: string) => report({ bump, id, message })
  if (direction === 'request') {
    if (!old && now)
      fact('major', 'enum-added', `It takes only ${listNames(now)} now: calls with other values are refused.`)
    if (old && !now) fact('minor', 'enum-removed', 'It takes any value now, not only those of a list.')
    if (lost.length > 0)
      fact('major', 'enum-value-removed', `It no longer takes ${listNames(lost)}: code that sends that is refused.`)
    if (gained.length > 0) fact('minor', 'enum-value-added', `It takes ${listNames(gained)} too.`)
    return
  }
  const breaking = isOpen ? 'minor' : 'major'
  const end = isOpen
    ? 'the type is open, so code that reads it still compiles'
    : 'code that handles every value has one it does not know'
  if (!old && now) fact('minor', 'enum-added', `It is one of ${listNames(now)} now.`)
  if (old && !now) fact(breaking, 'enum-removed', `It may be any value now, not only one of a list: ${end}.`)
  if (lost.length > 0) fact('minor', 'enum-value-removed', `It is never ${listNames(lost)} any more.`)
  if (gained.length > 0) fact(breaking, 'enum-value-added', `It may be ${listNames(gained)} now: ${end}.`)
}
