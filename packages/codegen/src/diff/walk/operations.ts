import { listCallbacks, listParameters, type OperationEntry, type Parameter } from '../../spec/document.ts'
import type { Direction } from '../../spec/read-write.ts'
import type { Comparison } from '../compare/comparison.ts'
import { casingOf, listAll, matchByKeys } from '../compare/names.ts'
import { renamedPathParameters } from '../compare/operations.ts'
import type { OperationPair, ParameterPair, Spot } from '../compare/rule.ts'
import { operationRules } from '../rules/operation.ts'
import { parameterRules } from '../rules/parameter.ts'
import { securityRules } from '../rules/security.ts'
import { serverRules } from '../rules/server.ts'
import { type MessageWalk, spotBetween, visitBody, visitPart, visitResponses, visitValue } from './messages.ts'
import { extend, type SchemaWalk } from './schemas.ts'
import { applyRules, closeVisit, compareWords, createVisit, type Visit } from './visit.ts'

const rules = [...operationRules, ...serverRules, ...securityRules]

/** An operation, webhook or callback of one document or both. */
export type OperationPlace = Pick<OperationPair, 'kind' | 'before' | 'after'>

/** Visits an operation with all that it sends and answers. */
export function visitOperation(comparison: Comparison, schemas: SchemaWalk, place: OperationPlace): Visit {
  const { kind, before, after } = place
  const spot: Spot = before
    ? { side: 'before', part: before.operation }
    : { side: 'after', part: after?.operation ?? {} }
  // What the API sends, callers get.
  const direction: Direction = kind === 'operation' ? 'request' : 'response'
  const pair: OperationPair = { ...place, direction, spot }
  const visit = createVisit(pair, before !== undefined && after !== undefined && isSame(comparison, before, after))
  applyRules(visit, pair, { rules, comparison })
  if (before && after) {
    compareWords(visit, before.operation, after.operation)
    compareWords(visit, wordsOfPath(before), wordsOfPath(after))
    const walk: MessageWalk = { comparison, schemas, direction, operation: spot }
    visit.below.push(...visitParameters(walk, before, after))
    visit.below.push(...visitBody(walk, [before.operation.requestBody, after.operation.requestBody]))
    visit.below.push(...visitResponses(walk, [before.operation.responses, after.operation.responses]))
    visit.below.push(...visitCallbacks(walk, before, after))
    if (comparison.before.words(before.operation) !== comparison.after.words(after.operation)) closeVisit(visit)
  }
  return visit
}

const isSame = ({ before: was, after: is }: Comparison, before: OperationEntry, after: OperationEntry) =>
  was.meaning(before.operation) === is.meaning(after.operation)

const wordsOfPath = ({ pathItem }: OperationEntry) => {
  const { summary, description } = pathItem as { summary?: string; description?: string }
  return { summary, description }
}

function visitCallbacks(walk: MessageWalk, before: OperationEntry, after: OperationEntry): Visit[] {
  const { comparison, schemas } = walk
  const matched = matchByKeys(
    listCallbacks(comparison.before.document, before.operation),
    listCallbacks(comparison.after.document, after.operation),
    [({ path, url, method }) => `${path} ${url} ${method}`],
  )
  return listAll(matched).map((pair) => visitOperation(comparison, schemas, { kind: 'callback', ...pair }))
}

function visitParameters(walk: MessageWalk, before: OperationEntry, after: OperationEntry): Visit[] {
  const { comparison } = walk
  const renamed = renamedPathParameters({ before, after })
  const [was, is] = [
    listParameters(comparison.before.document, before),
    listParameters(comparison.after.document, after),
  ]
  const nameNow = ({ in: place, name }: Parameter) => (place === 'path' ? (renamed.get(name) ?? name) : name)
  const named = was.map((parameter) => ({ parameter, name: nameNow(parameter) }))
  const namedNow = is.map((parameter) => ({ parameter, name: parameter.name }))
  const matched = matchByKeys(named, namedNow, [
    ({ parameter, name }) => `${parameter.in}.${name}`,
    ({ parameter, name }) => `${parameter.in}.${casingOf(name)}`,
  ])
  return listAll(matched).flatMap((pair) =>
    visitParameter(walk, { before: pair.before?.parameter, after: pair.after?.parameter }),
  )
}

function visitParameter(walk: MessageWalk, { before, after }: Pick<ParameterPair, 'before' | 'after'>): Visit[] {
  const { comparison, direction, operation } = walk
  const one = before ?? after
  const at = extend(operation, `${one?.in}.${one?.name}`)
  const spot = before && after ? (spotBetween(walk, [before, after]) ?? at) : (ownSpot(comparison, before, after) ?? at)
  const pair: ParameterPair = { before, after, direction, spot }
  return visitPart(walk, pair, (visit) => {
    applyRules(visit, pair, { rules: parameterRules, comparison })
    if (!before || !after) return
    const isRequired = before.required === true && after.required === true
    visit.below.push(...visitValue(walk, { before, after, direction, spot, isRequired }))
  })
}

/** Where a parameter is written that only one document has, unless that is a component, which may well be in both. */
function ownSpot(
  { before: was, after: is }: Comparison,
  before: object | undefined,
  after: object | undefined,
): Spot | undefined {
  if (before) return was.placeOf(before)?.shared === undefined ? { side: 'before', part: before } : undefined
  return after && is.placeOf(after)?.shared === undefined ? { side: 'after', part: after } : undefined
}
