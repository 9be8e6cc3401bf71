import ts from 'typescript'

/** Which alternatives of two unions belong together. */
export interface PairedAlternatives {
  pairs: { before: ts.Type; after: ts.Type }[]
  /** Those only the union before holds. */
  lost: ts.Type[]
  /** Those only the union after holds. */
  gained: ts.Type[]
}

interface Alternative {
  type: ts.Type
  /** Arrays are never paired with objects, nor tuples with tuples of another length. */
  form: string
  name: string | undefined
  properties: ReadonlySet<string>
  /** The properties that tell alternatives apart, with their one value. */
  literals: ReadonlyMap<string, ts.Type>
}

/**
 * Pairs the objects, arrays and tuples of two unions: the best matches first, by name of their schema, by what tells
 * them apart, by the properties they share.
 */
export function pairAlternatives(
  before: readonly ts.Type[],
  after: readonly ts.Type[],
  context: { checker: ts.TypeChecker; nameOf: (type: ts.Type) => string | undefined },
): PairedAlternatives {
  const read = (type: ts.Type) => readAlternative(type, context.checker, context.nameOf(type))
  const [left, right] = [before.map(read), after.map(read)]
  const matches = left
    .flatMap((was) => right.map((is) => ({ was, is, score: scoreOf(was, is) })))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
  const isOnlyPair = left.length === 1 && right.length === 1 && left[0]?.form === right[0]?.form
  if (isOnlyPair && matches.length === 0) {
    return { pairs: before.flatMap((was) => after.map((is) => ({ before: was, after: is }))), lost: [], gained: [] }
  }
  const taken = new Set<Alternative>()
  const pairs = matches.flatMap(({ was, is }) => {
    if (taken.has(was) || taken.has(is)) return []
    taken.add(was).add(is)
    return [{ before: was.type, after: is.type }]
  })
  const rest = (all: Alternative[]) => all.filter((one) => !taken.has(one)).map(({ type }) => type)
  return { pairs, lost: rest(left), gained: rest(right) }
}

function readAlternative(type: ts.Type, checker: ts.TypeChecker, name: string | undefined): Alternative {
  const form = formOf(type, checker)
  const symbols = form === 'object' ? checker.getPropertiesOfType(type) : []
  const literals = symbols
    .map((symbol) => [ts.symbolName(symbol), checker.getTypeOfSymbol(symbol)] as const)
    .filter(([, value]) => value.isLiteral())
  return { type, form, name, properties: new Set(symbols.map(ts.symbolName)), literals: new Map(literals) }
}

function formOf(type: ts.Type, checker: ts.TypeChecker): string {
  if (checker.isArrayType(type)) return 'array'
  if (!checker.isTupleType(type)) return 'object'
  return `tuple of ${checker.getTypeArguments(type as ts.TypeReference).length}`
}

/** How well two alternatives match; 0 where they do not at all. */
function scoreOf(was: Alternative, is: Alternative): number {
  if (was.form !== is.form) return 0
  if (was.type === is.type) return 1000
  if (was.name !== undefined && was.name === is.name) return 500
  const told = [...was.literals].filter(([name]) => is.literals.has(name))
  const alike = told.filter(([name, value]) => is.literals.get(name) === value)
  if (alike.length < told.length) return 0
  const shared = [...was.properties].filter((name) => is.properties.has(name)).length
  const all = was.properties.size + is.properties.size - shared
  return 100 * alike.length + (all === 0 ? 1 : shared / all)
}
