import { retryClass } from '../../emitters/operations.ts'
import { findPersonalData } from '../../personal-data.ts'
import type { Pair } from '../change.ts'
import { type Finding, isSameButCasing, renaming } from './finding.ts'
import { endpoint, type MatchedOperation, renamedPathParameters } from './match-operations.ts'

type Fact = Pick<Finding, 'bump' | 'id' | 'message'> & Partial<Finding>

/** What differs between two forms of an operation, its server, security and bodies aside. */
export function findOperationFacts(match: MatchedOperation): Finding[] {
  const facts = [...names(match), ...renamedParameters(match), ...behaviour(match)]
  return facts.map((fact) => ({ direction: 'both', operationId: match.before.id, ...fact }))
}

function names(match: MatchedOperation): Fact[] {
  const { before, after } = match
  const facts: Fact[] = []
  if (before.id !== after.id) {
    facts.push({
      bump: 'major',
      id: 'operation-renamed',
      message: `The operation's id: ${renaming(before.id, after.id)}. Code that names it no longer compiles.`,
    })
  }
  if (endpoint(before) !== endpoint(after)) {
    const [was, is] = [before, after].map(({ method, path }) => `${method.toUpperCase()} ${path}`)
    const casing = isSameButCasing(before.path, after.path) ? ' Only the casing of the path changed.' : ''
    facts.push({
      bump: 'major',
      id: 'operation-moved',
      message: `${was} is ${is} now: a partner on the old version calls a path that is gone.${casing}`,
    })
  }
  const [was, is] = [before, after].map(({ operation }) => operation.tags?.[0])
  if (was !== is) {
    facts.push({
      bump: 'major',
      id: 'namespace-changed',
      message: `Moved from the tag ${was ? `\`${was}\`` : 'none'} to ${is ? `\`${is}\`` : 'none'}: the client method leaves its namespace, and code that calls it there no longer compiles.`,
    })
  }
  return facts
}

function renamedParameters(match: MatchedOperation): Fact[] {
  return [...renamedPathParameters(match)].map(([was, is]) => ({
    bump: 'major',
    id: 'path-parameter-renamed',
    direction: 'request',
    location: `path.${was}`,
    message: `A parameter of the path: ${renaming(was, is)}. Code that passes it by its old name no longer compiles.`,
  }))
}

function behaviour({ before, after }: MatchedOperation): Fact[] {
  const facts: Fact[] = []
  const [was, is] = [retryClass(before), retryClass(after)]
  if (was !== is) {
    const meaning = is === 'safe' ? 'clients repeat it by themselves now' : 'clients no longer repeat it by themselves'
    facts.push({
      bump: 'minor',
      id: 'retry-changed',
      message: `The retry class was \`${was}\` and is \`${is}\`: ${meaning} when a call fails.`,
    })
  }
  const [wasIn, isIn] = [before, after].map(({ operation }) => operation['x-unwrap'])
  if (wasIn !== isIn) {
    facts.push({
      bump: 'major',
      id: 'unwrap-changed',
      direction: 'response',
      message: `Clients unwrapped ${wasIn ? `\`${wasIn}\`` : 'nothing'} of the success body and now unwrap ${isIn ? `\`${isIn}\`` : 'nothing'}: the method returns another value.`,
    })
  }
  const [wasDeprecated, isDeprecated] = [before, after].map(({ operation }) => operation.deprecated === true)
  if (wasDeprecated !== isDeprecated) {
    facts.push({
      bump: 'minor',
      id: isDeprecated ? 'operation-deprecated' : 'operation-reactivated',
      message: isDeprecated
        ? 'Deprecated: it still works, and clients warn of it; move to what replaces it.'
        : 'No longer deprecated.',
    })
  }
  return facts
}

/** What of an unchanged request counts as personal data now, or no longer does. */
export function findPersonalDataMarks({ before, after }: Pair, match: MatchedOperation): Finding[] {
  const was = new Set(findPersonalData(before, match.before))
  const is = new Set(findPersonalData(after, match.after))
  const gone = [...was].filter((place) => !is.has(place)).sort()
  const added = [...is].filter((place) => !was.has(place)).sort()
  const tell = (places: string[], what: string): Finding[] =>
    places.map((place) => ({
      bump: 'patch',
      id: 'personal-data-changed',
      operationId: match.before.id,
      direction: 'request',
      location: place,
      message: what,
    }))
  return [
    ...tell(added, 'It counts as personal data now: clients keep it out of logs.'),
    ...tell(gone, 'It no longer counts as personal data: clients may log it.'),
  ]
}
