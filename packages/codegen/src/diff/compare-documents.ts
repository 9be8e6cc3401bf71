import ts from 'typescript'
import type { OpenApiDocument } from '../document.ts'
import { printTypes } from '../emitters/print-types.ts'
import type { Change, Pair } from './change.ts'
import { compareOperation, type OperationContext } from './compare-operations.ts'
import type { Sides } from './compare-properties.ts'
import { createComparison } from './compare-types.ts'
import { partOfDocument, type Selection } from './part-of-document.ts'
import { listChanges } from './type-pair.ts'
import { createTypeProgram, type TypedDocument } from './type-program.ts'

/** What to compare of two documents: operations by operationId, and component schemas of the same name. */
export interface ComparedNames {
  operations: Sides<string>[]
  schemas: string[]
}

/** Generates the types of what is named, and tells how they differ for code that calls the API. */
export function compareDocuments({ before, after }: Pair, { operations, schemas }: ComparedNames) {
  const print = (document: OpenApiDocument, ids: string[]) => {
    const selection: Selection = { operations: new Set(ids), schemas: new Set(schemas) }
    return printTypes(document, (whole) => partOfDocument(whole, selection))
  }
  const texts = {
    before: print(
      before,
      operations.map((names) => names.before),
    ),
    after: print(
      after,
      operations.map((names) => names.after),
    ),
  }
  const program = createTypeProgram(texts)
  const comparison = createComparison(program.checker, createNames(program.before, program.after))
  const context: OperationContext = { checker: program.checker, comparison }
  return [
    ...operations.flatMap((names) => {
      const [was, is] = [program.before.operations.get(names.before), program.after.operations.get(names.after)]
      if (!was || !is) return []
      return compareOperation(context, { before: was, after: is }).map(
        (change): Omit<Change, 'opinion'> => ({ ...change, operationId: names.before }),
      )
    }),
    ...schemas.flatMap((name) => {
      const [was, is] = [program.before.schemas.get(name), program.after.schemas.get(name)]
      return was && is ? compareSchema(context, name, { before: was, after: is }) : []
    }),
  ]
}

/** The names of types that are component schemas. Types such as `string` belong to no one. */
function createNames(...documents: TypedDocument[]): (type: ts.Type) => string | undefined {
  const names = new Map<ts.Type, string>()
  for (const { schemas } of documents) {
    for (const [name, type] of schemas) if (isOwn(type) && !names.has(type)) names.set(type, name)
  }
  return (type) => names.get(type)
}

const isOwn = (type: ts.Type): boolean =>
  type.isUnionOrIntersection()
    ? type.types.some(isOwn)
    : type.symbol !== undefined && (type.symbol.flags & ts.SymbolFlags.TypeLiteral) !== 0

/** Nobody knows whether people send or read a schema that no operation reaches, so both count. */
function compareSchema({ comparison }: OperationContext, name: string, { before, after }: Sides<ts.Type>) {
  const location = `components.schemas.${name}`
  const pair = comparison.compare(before, after)
  const changes = (['request', 'response'] as const).flatMap((direction) =>
    listChanges(pair, { location, name: `\`${name}\``, direction }),
  )
  const bySeverity = Object.groupBy(changes, ({ bump }) => bump)
  const highest = new Map(
    [...(bySeverity.minor ?? []), ...(bySeverity.major ?? [])].map((one) => [`${one.location} ${one.id}`, one]),
  )
  return [...highest.values()].map((change): Omit<Change, 'opinion'> => ({ ...change, direction: 'both' }))
}
