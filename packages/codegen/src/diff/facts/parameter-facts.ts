import { listParameters, type Parameter } from '../../document.ts'
import type { Side } from '../pair-schemas.ts'
import { compareContent, compareNeed, type MediaTypes } from './content-facts.ts'
import { isSameButCasing, pairLeft, renaming } from './finding.ts'
import { type MatchedOperation, renamedPathParameters } from './match-operations.ts'
import { compareSchemas, type SchemaContext } from './schema-facts.ts'

/** Reports what differs between the parameters of an operation; renamed parameters of its path are told elsewhere. */
export function compareParameters(context: SchemaContext, match: MatchedOperation): void {
  const { report } = context
  const renamed = renamedPathParameters(match)
  const nameNow = ({ in: place, name }: Parameter) => (place === 'path' ? (renamed.get(name) ?? name) : name)
  const [old, now] = [read(context.before, match.before), read(context.after, match.after)]
  const same = pairLeft(old, now, (was, is) => was.in === is.in && nameNow(was) === is.name)
  const cased = pairLeft(same.removed, same.added, (was, is) => was.in === is.in && isSameButCasing(was.name, is.name))
  for (const { before, after } of cased.pairs) {
    const message = `The parameter: ${renaming(before.name, after.name)}. Code that passes it by its old name no longer compiles.`
    report({ bump: 'major', id: 'parameter-casing-changed', message, location: placeOf(before) })
  }
  for (const parameter of cased.removed) {
    const message = `The parameter is gone. Code that passes \`${parameter.name}\` no longer compiles.`
    report({ bump: 'major', id: 'parameter-removed', message, location: placeOf(parameter) })
  }
  for (const parameter of cased.added) reportNew(context, parameter)
  for (const { before, after } of [...same.pairs, ...cased.pairs]) compareParameter(context, before, after)
}

const placeOf = ({ in: place, name }: Parameter) => `${place}.${name}`

const read = ({ document }: Side, entry: MatchedOperation['before']) =>
  listParameters(document, entry).sort((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1))

function reportNew({ report }: SchemaContext, parameter: Parameter): void {
  const location = placeOf(parameter)
  if (parameter.required) {
    const message = `New, and has to be passed: calls without \`${parameter.name}\` are refused.`
    report({ bump: 'major', id: 'required-parameter-added', message, location })
  } else {
    const message = 'A new parameter; code that does not pass it is unchanged.'
    report({ bump: 'minor', id: 'parameter-added', message, location })
  }
}

function compareParameter(context: SchemaContext, before: Parameter, after: Parameter): void {
  const { report } = context
  const location = placeOf(before)
  const valuesOf = (keyword: string): unknown[] => [before, after].map((one) => Reflect.get(one, keyword))
  compareNeed(context, { was: before.required, is: after.required, location })
  const [wasDeprecated, isDeprecated] = valuesOf('deprecated')
  if (wasDeprecated !== isDeprecated) {
    const message = isDeprecated === true ? 'Deprecated: it still works, but will go.' : 'No longer deprecated.'
    report({ bump: 'minor', id: 'parameter-deprecation-changed', message, location })
  }
  for (const keyword of ['style', 'explode', 'allowReserved', 'allowEmptyValue']) {
    const [old = 'the default', now = 'the default'] = valuesOf(keyword)
    if (old === now) continue
    const message = `\`${keyword}\` was ${old} and is ${now}: values travel in another form.`
    report({ bump: 'major', id: 'parameter-form-changed', message, location })
  }
  const [old, now] = valuesOf('content') as (MediaTypes | undefined)[]
  if (old && now) compareContent(context, { old, now, location })
  else if (!old && !now) compareSchemas(context, [before.schema ?? true, after.schema ?? true], location)
  else
    report({ bump: 'major', id: 'parameter-form-changed', message: 'Its value travels in another form now.', location })
}
