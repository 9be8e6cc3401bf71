import { listNames, renaming } from '../compare/names.ts'
import type { ParameterPair, Rule } from '../compare/rule.ts'
import { changeNeed } from './need.ts'

const comesOrGoes: Rule<ParameterPair> = ({ before, after, direction }, _, report) => {
  if (before && after) return
  const isRequest = direction === 'request'
  const isNeeded = (before ?? after)?.required === true
  const name = listNames([(before ?? after)?.name ?? ''])
  if (before && isRequest) {
    const message = `The parameter is gone. Code that passes ${name} no longer compiles.`
    report({ bump: 'major', id: 'parameter-removed', message })
  } else if (before) {
    const message = 'The parameter is gone: code that reads it finds none.'
    report({ bump: isNeeded ? 'major' : 'minor', id: 'parameter-removed', message })
  } else if (isNeeded && isRequest) {
    const message = `New, and has to be passed: calls without ${name} are refused.`
    report({ bump: 'major', id: 'required-parameter-added', message })
  } else {
    const message = 'A new parameter; code that does not use it is unchanged.'
    report({ bump: 'minor', id: 'parameter-added', message })
  }
}

const isRenamed: Rule<ParameterPair> = ({ before, after }, _, report) => {
  if (!before || !after || before.name === after.name) return
  const [id, what] =
    before.in === 'path'
      ? ['path-parameter-renamed', 'A parameter of the path']
      : ['parameter-casing-changed', 'The parameter']
  const message = `${what}: ${renaming(before.name, after.name)}. Code that uses it by its old name no longer compiles.`
  report({ bump: 'major', id, message })
}

const isNeeded: Rule<ParameterPair> = ({ before, after, direction }, _, report) => {
  if (before && after) changeNeed({ was: before.required, is: after.required, direction }, report)
}

const isDeprecated: Rule<ParameterPair> = ({ before, after }, _, report) => {
  if (!before || !after) return
  const [was, is] = [before, after].map((one) => Reflect.get(one, 'deprecated') === true)
  if (was === is) return
  const message = is ? 'Deprecated: it still works, but will go.' : 'No longer deprecated.'
  report({ bump: 'minor', id: 'parameter-deprecation-changed', message })
}

const formKeywords = ['style', 'explode', 'allowReserved', 'allowEmptyValue']

const travelsOtherwise: Rule<ParameterPair> = ({ before, after }, _, report) => {
  if (!before || !after) return
  for (const keyword of formKeywords) {
    const [was = 'the default', is = 'the default'] = [before, after].map((one) => Reflect.get(one, keyword))
    if (was === is) continue
    const message = `\`${keyword}\` was ${was} and is ${is}: values travel in another form.`
    report({ bump: 'major', id: 'parameter-form-changed', message })
  }
  if ('content' in before === 'content' in after) return
  report({ bump: 'major', id: 'parameter-form-changed', message: 'Its value travels in another form now.' })
}

/** What differs between two forms of a parameter, its schema aside. */
export const parameterRules: readonly Rule<ParameterPair>[] = [
  comesOrGoes,
  isRenamed,
  isNeeded,
  isDeprecated,
  travelsOtherwise,
]
