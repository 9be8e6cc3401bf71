import { resolve } from '../../spec/document.ts'
import type { Comparison, NamedSchema } from '../compare/comparison.ts'
import { listAll } from '../compare/names.ts'
import type { DocumentPair, NamedSchemaPair, Spot } from '../compare/rule.ts'
import { documentRules } from '../rules/document.ts'
import { heirOf, schemaNameRules } from '../rules/schema-name.ts'
import { visitOperation } from './operations.ts'
import { createSchemaWalk, type SchemaWalk } from './schemas.ts'
import { applyRules, createVisit, reportOf, type Visit } from './visit.ts'

/** A visit that no other leads to, and the operations that it concerns. */
export interface RootVisit {
  visit: Visit
  operationIds: readonly string[]
}

/** Visits all pairs of two documents: operations, webhooks, then what neither of them led to. */
export function visitDocuments(comparison: Comparison): RootVisit[] {
  const schemas = createSchemaWalk(comparison)
  const operations = visitOperations(comparison, schemas)
  const webhooks = listAll(comparison.webhooks).map((pair) => ({
    visit: visitOperation(comparison, schemas, { kind: 'webhook', ...pair }),
    operationIds: [],
  }))
  return [...operations, ...webhooks, ...visitSchemaNames(comparison, schemas), visitRest(comparison)]
}

function visitOperations(comparison: Comparison, schemas: SchemaWalk): RootVisit[] {
  return listAll(comparison.operations).map((pair) => ({
    visit: visitOperation(comparison, schemas, { kind: 'operation', ...pair }),
    operationIds: [(pair.before ?? pair.after)?.id ?? ''],
  }))
}

/** What differs besides operations and schemas. */
function visitRest(comparison: Comparison): RootVisit {
  const [before, after] = [comparison.before.document, comparison.after.document]
  const spot: Spot = { side: 'after', part: after }
  const pair: DocumentPair = { before, after, direction: 'request', spot }
  const visit = createVisit(pair, true)
  applyRules(visit, pair, { rules: documentRules, comparison })
  return { visit, operationIds: [] }
}

function visitSchemaNames(comparison: Comparison, schemas: SchemaWalk): RootVisit[] {
  const { pairs, removed } = comparison.schemas
  const named = (pair: Pick<NamedSchemaPair, 'before' | 'after' | 'isReplaced'>): RootVisit => {
    const part = pair.before?.schema ?? {}
    const place: NamedSchemaPair = { ...pair, direction: 'response', spot: { side: 'before', part } }
    const visit = createVisit(place, true)
    applyRules(visit, place, { rules: schemaNameRules, comparison })
    return { visit, operationIds: usersOf(comparison, pair.before?.name ?? '') }
  }
  return [
    ...removed.map((before) => named({ before, after: undefined, isReplaced: false })),
    ...pairs.flatMap(({ before, after }) => {
      const isLeft = !isMet(comparison, schemas, { before, after })
      const isReplaced = isLeft && hasMoved(comparison, before, after)
      const rest = isLeft && !isReplaced ? visitLeft(comparison, schemas, { before, after }) : []
      return [named({ before, after, isReplaced }), ...rest]
    }),
  ]
}

interface Names {
  before: NamedSchema
  after: NamedSchema
}

/** Whether two schemas say the same, or were visited with what refers to them. */
function isMet({ before: was, after: is }: Comparison, { met }: SchemaWalk, { before, after }: Names): boolean {
  if (was.words(before.schema) === is.words(after.schema)) return true
  return met.has(resolve(was.document, before.schema)) && met.has(resolve(is.document, after.schema))
}

/** The operations that used a component schema before, by its name. */
const usersOf = ({ before }: Comparison, name: string): string[] =>
  (before.uses().get(name) ?? []).flatMap(({ operationId }) => (operationId === undefined ? [] : [operationId]))

/** Whether what a name stood for has another name now, or operations that used it have it without a name. */
function hasMoved(comparison: Comparison, before: NamedSchema, after: NamedSchema): boolean {
  const users = new Set(usersOf(comparison, before.name))
  if (users.size === 0 || before.meaning === after.meaning || !isWhole(comparison, before, after)) return false
  if (heirOf(comparison, before)) return true
  const { before: was, after: is, operations } = comparison
  return operations.pairs.some(
    (pair) => users.has(pair.before.id) && was.meaning(pair.before.operation) === is.meaning(pair.after.operation),
  )
}

const isWhole = ({ before: was, after: is }: Comparison, before: NamedSchema, after: NamedSchema) =>
  was.whole().has(before.name) || is.whole().has(after.name)

/** Visits component schemas that no pair led to: as they are used or, where they are not, as if both sent and answered. */
function visitLeft(comparison: Comparison, schemas: SchemaWalk, { before, after }: Names): RootVisit[] {
  const spot: Spot = { side: 'before', part: before.schema }
  const uses = comparison.before.uses().get(before.name) ?? []
  if (uses.length > 0 && !isWhole(comparison, before, after)) {
    const pair = { before, after, direction: 'response', spot } as const
    const visit = createVisit(pair, true)
    const message = 'It holds something else now; what it is a part of means the same.'
    reportOf(visit, pair)({ bump: 'minor', id: 'part-changed', direction: 'both', message })
    return [{ visit, operationIds: [] }]
  }
  return (['request', 'response'] as const).flatMap((direction) => {
    const own = uses.filter((use) => use.direction === direction)
    if (uses.length > 0 && own.length === 0) return []
    const visit = schemas.visit({ before: before.schema, after: after.schema, direction, spot })
    const operationIds = own.flatMap(({ operationId }) => (operationId === undefined ? [] : [operationId]))
    return visit ? [{ visit, operationIds }] : []
  })
}
