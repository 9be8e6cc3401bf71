import { isRecord } from '../../spec/kinds.ts'
import { type Alternative, areApart } from '../compare/alternatives.ts'
import { listNames } from '../compare/names.ts'
import type { AlternativePair, Rule, SchemaPair } from '../compare/rule.ts'

const comesOrGoes: Rule<AlternativePair> = ({ before, after, fits, direction }, _, report) => {
  if (before && after) return
  const isRequest = direction === 'request'
  if (before) {
    const name = nameOf(before)
    const refused = `It no longer takes ${name}: code that sends that is refused.`
    const taken = `It no longer takes ${name} by that name, but all that it was is taken.`
    const message = isRequest ? (fits ? taken : refused) : `It is never ${name} any more.`
    report({ bump: isRequest && !fits ? 'major' : 'minor', id: 'alternative-removed', message })
  } else if (after) {
    const name = nameOf(after)
    const unknown = `It may be ${name} now: code that handles every alternative has one it does not know.`
    const known = `It may be ${name} now, which code for the old alternatives can read.`
    const message = isRequest ? `It takes ${name} too.` : fits ? known : unknown
    report({ bump: !isRequest && !fits ? 'major' : 'minor', id: 'alternative-added', message })
  }
}

const isReplaced: Rule<AlternativePair> = ({ before, after, fits, direction }, _, report) => {
  if (!before || !after || !fits) return
  const end = direction === 'request' ? 'what was taken still is' : 'code for the old alternatives can read it'
  report({ bump: 'minor', id: 'alternative-changed', message: `One of its alternatives is another one now; ${end}.` })
}

function nameOf({ schema, view }: Alternative): string {
  if (isRecord(schema) && typeof schema.$ref === 'string') return listNames([schema.$ref.split('/').pop() ?? ''])
  if (view.properties.size > 0) return `an object with ${listNames([...view.properties.keys()].sort())}`
  const type = view.keywords.get('type')?.value
  return type === undefined ? 'another alternative' : listNames([[type].flat().join(' or ')])
}

/** Which alternatives a value has, and whether each keeps what it was. */
export const alternativeRules: readonly Rule<AlternativePair>[] = [comesOrGoes, isReplaced]

/** `oneOf` refuses what several alternatives allow, where `anyOf` does not. */
const takesOneOnly: Rule<SchemaPair> = ({ before, after, direction }, comparison, report) => {
  const isOne = ({ alternatives }: SchemaPair['before']) =>
    alternatives.length === 0 ? undefined : alternatives.some(({ value, by }) => Reflect.get(by, 'oneOf') === value)
  const [was, is] = [isOne(before), isOne(after)]
  if (was === undefined || is === undefined || was === is) return
  const lists = after.alternatives.map(({ value }) =>
    value.map((schema) => ({ schema, view: comparison.after.view(schema) })),
  )
  const mayRefuse = is && direction === 'request' && !lists.every((list) => areApart(comparison.after, list))
  const message = is
    ? 'It follows one of its alternatives now, no longer any of them: calls that fit several are refused.'
    : 'It follows any of its alternatives now, no longer one of them only.'
  report({ bump: mayRefuse ? 'major' : 'minor', id: is ? 'any-of-became-one-of' : 'one-of-became-any-of', message })
}

/** How the alternatives of a value are taken together. */
export const alternativesRules: readonly Rule<SchemaPair>[] = [takesOneOnly]
