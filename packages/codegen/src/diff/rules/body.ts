import type { BodyPair, Rule } from '../compare/rule.ts'
import { changeNeed } from './need.ts'

const comesOrGoes: Rule<BodyPair> = ({ before, after, direction }, _, report) => {
  if (before && after) return
  if (before) {
    const [does, end] = direction === 'request' ? ['sends', 'no longer compiles'] : ['reads', 'finds none']
    report({ bump: 'major', id: 'body-removed', message: `The body is gone: code that ${does} one ${end}.` })
  } else if (after?.required && direction === 'request') {
    const message = 'The body is new, and has to be sent: calls without one are refused.'
    report({ bump: 'major', id: 'required-body-added', message })
  } else {
    report({ bump: 'minor', id: 'body-added', message: 'The body is new; code that does not use it is unchanged.' })
  }
}

const isNeeded: Rule<BodyPair> = ({ before, after, direction }, _, report) => {
  if (before && after) changeNeed({ was: before.required, is: after.required, direction }, report)
}

/** What differs between two forms of a body, its contents aside. */
export const bodyRules: readonly Rule<BodyPair>[] = [comesOrGoes, isNeeded]
