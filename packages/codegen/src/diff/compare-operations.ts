import ts from 'typescript'
import type { Sides } from './compare-properties.ts'
import type { Comparison } from './compare-types.ts'
import { listChanges, type PlacedChange } from './type-pair.ts'

/** What compares the operations of one program. */
export interface OperationContext {
  checker: ts.TypeChecker
  comparison: Comparison
}

type Part = { type: ts.Type; isOptional: boolean } | undefined

/** What differs between two types of one operation, for code that calls it. */
export function compareOperation(context: OperationContext, sides: Sides<ts.Type>): PlacedChange[] {
  return [
    ...compareParameters(context, partsOf(context, sides, 'parameters')),
    ...compareBodies(context, partsOf(context, sides, 'requestBody')),
    ...compareResponses(context, partsOf(context, sides, 'responses')),
  ]
}

/** A property of both sides; `undefined` where it holds nothing, as in `query?: never`. */
function partsOf({ checker }: OperationContext, sides: Sides<ts.Type | undefined>, name: string): Sides<Part> {
  const part = (type: ts.Type | undefined): Part => {
    const symbol = type && checker.getPropertyOfType(type, name)
    const held = symbol && checker.getTypeOfSymbol(symbol)
    if (!held || held.flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) return undefined
    const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0
    // What is optional here are places, such as `query`: never null, and `undefined` only because they are optional.
    return { type: isOptional ? checker.getNonNullableType(held) : held, isOptional }
  }
  return { before: part(sides.before), after: part(sides.after) }
}

const typesOf = ({ before, after }: Sides<Part>) => ({ before: before?.type, after: after?.type })

function compareParameters(context: OperationContext, parameters: Sides<Part>): PlacedChange[] {
  return ['path', 'query', 'header', 'cookie'].flatMap((location) => {
    const { before, after } = typesOf(partsOf(context, typesOf(parameters), location))
    const pair = context.comparison.compareProperties(before, after)
    return listChanges(pair, { location, name: `the ${location}`, direction: 'request', noun: 'parameter' })
  })
}

function compareBodies(context: OperationContext, bodies: Sides<Part>): PlacedChange[] {
  const { before, after } = bodies
  const tell = tellAt({ direction: 'request', location: 'body' })
  if (!before && !after) return []
  if (!before) {
    const message = '`body` is new'
    return after?.isOptional
      ? [tell('minor', 'request-body-added', `${message} and can be passed; code that passes none is unchanged.`)]
      : [tell('major', 'request-body-added', `${message} and has to be passed: compile error for every call.`)]
  }
  if (!after) return [tell('major', 'request-body-removed', '`body` is gone: compile error for code that passes one.')]
  const changes = compareContents(context, bodies, { direction: 'request', location: 'body', name: 'the body' })
  if (before.isOptional && !after.isOptional) {
    const message = '`body` was optional and has to be passed now: compile error for code that passes none.'
    changes.unshift(tell('major', 'request-body-became-required', message))
  }
  if (!before.isOptional && after.isOptional) {
    changes.unshift(tell('minor', 'request-body-became-optional', '`body` can be left out now.'))
  }
  return changes
}

const tellAt =
  (place: Pick<PlacedChange, 'direction' | 'location'>) =>
  (bump: 'major' | 'minor', id: string, message: string): PlacedChange => ({ ...place, bump, id, message })

/** Compares a body by its media types. */
function compareContents(
  context: OperationContext,
  holders: Sides<Part>,
  place: Pick<PlacedChange, 'direction' | 'location'> & { name: string },
): PlacedChange[] {
  const contents = typesOf(partsOf(context, typesOf(holders), 'content'))
  const tell = tellAt({ direction: place.direction, location: place.location })
  const [done, does] = place.direction === 'request' ? ['sent', 'sends'] : ['read', 'reads']
  return namesOf(context, contents).flatMap((mediaType) => {
    const { before, after } = typesOf(partsOf(context, contents, mediaType))
    if (before && after) return listChanges(context.comparison.compare(before, after), place)
    const at = `\`${place.location}\``
    if (after) return [tell('minor', 'media-type-added', `${at} can be ${done} as \`${mediaType}\` now.`)]
    const message = `${at} is not \`${mediaType}\` any more: compile error for code that ${does} it as that.`
    return [tell('major', 'media-type-removed', message)]
  })
}

function namesOf({ checker }: OperationContext, { before, after }: Sides<ts.Type | undefined>): string[] {
  const names = [before, after].flatMap((type) => (type ? checker.getPropertiesOfType(type) : []).map(ts.symbolName))
  return [...new Set(names)]
}

function compareResponses(context: OperationContext, responses: Sides<Part>): PlacedChange[] {
  const sides = typesOf(responses)
  const statuses = namesOf(context, sides)
  const old = namesOf(context, { before: sides.before, after: undefined })
  return statuses.flatMap((status) => {
    const answers = partsOf(context, sides, status)
    const tell = tellAt({ direction: 'response', location: status })
    if (!answers.before) {
      const successes = old.filter((one) => isSuccess(one, old)).map((one) => partsOf(context, sides, one).before)
      if (!isSuccess(status, old) || isKnownAnswer(context, answers.after, successes)) {
        return [tell('minor', 'status-added', `\`${status}\` is a new answer.`)]
      }
      const message = `\`${status}\` is a new success, and its answer none of those there were: compile error for code that reads the answer without asking for the status.`
      return [tell('major', 'success-status-added', message)]
    }
    if (answers.after) return compareAnswers(context, answers, { status, isError: !isSuccess(status, old) })
    if (isSuccess(status, old)) {
      const message = `\`${status}\` is gone: compile error for code that names the answer by that status.`
      return [tell('major', 'success-status-removed', message)]
    }
    const message = `\`${status}\` is not a documented error any more; code that handles any error is unchanged.`
    return [tell('minor', 'error-status-removed', message)]
  })
}

/** Whether code that takes any success finds in a new answer nothing but what it found in one of the old ones. */
function isKnownAnswer(context: OperationContext, answer: Part, successes: readonly Part[]): boolean {
  const bodies = (one: Part) => {
    const { before: content } = typesOf(partsOf(context, { before: one?.type, after: undefined }, 'content'))
    const types = content ? context.checker.getPropertiesOfType(content) : []
    return types.map((symbol) => context.checker.getTypeOfSymbol(symbol))
  }
  const known = successes.map(bodies)
  const found = bodies(answer)
  if (found.length === 0) return known.some((one) => one.length === 0)
  return found.every((body) => known.flat().some((one) => context.checker.isTypeAssignableTo(body, one)))
}

/** `default` stands for errors, unless nothing else can be a success. */
function isSuccess(status: string, all: string[]): boolean {
  const isNamed = (one: string) => /^[123]/.test(one)
  return isNamed(status) || (status === 'default' && !all.some(isNamed))
}

function compareAnswers(
  context: OperationContext,
  answers: Sides<Part>,
  { status, isError }: { status: string; isError: boolean },
): PlacedChange[] {
  const { before, after } = typesOf(partsOf(context, typesOf(answers), 'headers'))
  return [
    ...compareContents(context, answers, { direction: 'response', location: status, name: 'the answer' }),
    ...listChanges(context.comparison.compareProperties(before, after), {
      location: `${status}.headers`,
      name: 'the headers',
      direction: 'response',
      noun: 'header',
      rules: isError ? 'errorHeader' : 'header',
    }),
  ]
}
