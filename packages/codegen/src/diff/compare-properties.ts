import ts from 'typescript'
import { addDifference, addPart, type TypePair } from './type-pair.ts'
import { describeTypes, type NameOf } from './type-text.ts'
import type { Kind } from './type-wording.ts'

/** What a comparison of types works with. */
export interface TypeContext {
  checker: ts.TypeChecker
  nameOf: NameOf
  /** The pair of two types, which need not have been compared yet. */
  pairOf: (before: ts.Type, after: ts.Type) => TypePair
}

/** A value of either document; `undefined` where it has none. */
export interface Sides<T> {
  before: T
  after: T
}

interface Property {
  type: ts.Type
  isOptional: boolean
}

/** Compares two objects by their properties, named and not, into `pair`. Either may be missing. */
export function compareProperties(context: TypeContext, pair: TypePair, sides: Sides<ts.Type | undefined>): void {
  const [was, is] = [readProperties(context, sides.before), readProperties(context, sides.after)]
  const others = { before: readOthers(context, sides.before), after: readOthers(context, sides.after) }
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    compareProperty(context, pair, { name, others, before: was.get(name), after: is.get(name) })
  }
  const { before, after } = others
  if (before && after) addPart(pair, '*', context.pairOf(before, after))
  else if (before) addDifference(pair, { kind: 'properties-closed', facts: factsOf(context, others) })
  else if (after) {
    // TypeScript wants the named properties to be of the type of the others, as `{ a: number } & { [key]: string }` says.
    const fits = (member: ts.Type) => context.checker.isTypeAssignableTo(member, after)
    const isClash = [...is.values()].some(({ type }) => !membersOf(type).every(fits))
    addDifference(pair, { kind: isClash ? 'properties-clash' : 'properties-opened', facts: factsOf(context, others) })
  }
}

/** The members of a union, or the one type; without the `undefined` of what may be absent, which is told as such. */
export function membersOf(type: ts.Type): ts.Type[] {
  return (type.isUnion() ? type.types : [type]).filter((member) => !isNothing(member))
}

/** The properties with a name. One that can hold nothing (`content?: never`) is none. */
function readProperties({ checker }: TypeContext, type: ts.Type | undefined): Map<string, Property> {
  const symbols = type ? checker.getPropertiesOfType(type) : []
  const properties = symbols.map((symbol) => {
    const isOptional = (symbol.flags & ts.SymbolFlags.Optional) !== 0
    return [ts.symbolName(symbol), { type: checker.getTypeOfSymbol(symbol), isOptional }] as const
  })
  return new Map(properties.filter(([, { type: held }]) => !isNothing(held)))
}

/** The type of properties without a name of their own. `Record<string, never>` is how an empty object is written. */
function readOthers({ checker }: TypeContext, type: ts.Type | undefined): ts.Type | undefined {
  const others = type && checker.getIndexTypeOfType(type, ts.IndexKind.String)
  return others && !isNothing(others) ? others : undefined
}

const isNothing = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Never | ts.TypeFlags.Undefined)) !== 0

/** Whether a type says nothing about its values. */
export const isAnything = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0

function compareProperty(
  context: TypeContext,
  pair: TypePair,
  property: Sides<Property | undefined> & { name: string; others: Sides<ts.Type | undefined> },
): void {
  const { name, others } = property
  // A name that is not described any more, or was not yet, is one of the other properties.
  const before = property.before ?? asOther(others.before)
  const after = property.after ?? asOther(others.after)
  const tell = (kind: Kind) => {
    const facts = factsOf(context, { before: before?.type, after: after?.type })
    addDifference(pair, { kind, property: name, facts })
  }
  if (before && after) {
    if (before.isOptional && !after.isOptional) tell('property-became-required')
    if (!before.isOptional && after.isOptional) tell('property-became-optional')
    addPart(pair, name, context.pairOf(before.type, after.type))
  } else if (after) {
    tell(after.isOptional ? 'property-added' : 'required-property-added')
  } else if (before) {
    if (!others.after) tell('property-removed')
    else if (!isAnything(before.type)) tell(before.isOptional ? 'optional-property-untyped' : 'property-untyped')
  }
}

/** An untyped rest says nothing of a property, so a described one is not compared with it. */
const asOther = (type: ts.Type | undefined): Property | undefined =>
  type && !isAnything(type) ? { type, isOptional: true } : undefined

/** The texts that a sentence about two types may need. */
export function factsOf(
  { checker, nameOf }: TypeContext,
  { before, after }: Sides<ts.Type | undefined>,
  { lost = [], gained = [] }: { lost?: ts.Type[]; gained?: ts.Type[] } = {},
) {
  const text = (types: (ts.Type | undefined)[]) =>
    describeTypes(
      types.filter((type) => type !== undefined),
      checker,
      nameOf,
    )
  return { before: text([before]), after: text([after]), lost: text(lost), gained: text(gained) }
}
