import ts from 'typescript'
import {
  compareProperties,
  factsOf,
  isAnything,
  membersOf,
  type Sides,
  type TypeContext,
} from './compare-properties.ts'
import { pairAlternatives } from './pair-alternatives.ts'
import { addDifference, addPart, createPair, type TypePair } from './type-pair.ts'
import type { NameOf } from './type-text.ts'
import type { Kind } from './type-wording.ts'

/** Compares types of one program. Each pair of types is compared once, however many places lead to it. */
export interface Comparison {
  /** Compares two types; both must be of the program. */
  compare: (before: ts.Type, after: ts.Type) => TypePair
  /** Compares two objects by their properties; either may be missing. */
  compareProperties: (before: ts.Type | undefined, after: ts.Type | undefined) => TypePair
}

/** Starts a comparison; `nameOf` tells the name of a type that is a component schema. */
export function createComparison(checker: ts.TypeChecker, nameOf: NameOf): Comparison {
  const known = new Map<ts.Type, Map<ts.Type, TypePair>>()
  const pending: (() => void)[] = []
  const pairOf = (before: ts.Type, after: ts.Type) => {
    const ofBefore = known.get(before) ?? new Map<ts.Type, TypePair>()
    known.set(before, ofBefore)
    const pair = ofBefore.get(after) ?? createPair()
    if (!ofBefore.has(after) && before !== after) pending.push(() => comparePair(context, pair, { before, after }))
    ofBefore.set(after, pair)
    return pair
  }
  const context: TypeContext = { checker, nameOf, pairOf }
  // Types lead to each other in circles and in long chains, so one pair is done before the next begins.
  const finish = (pair: TypePair) => {
    for (let step = pending.pop(); step; step = pending.pop()) step()
    return pair
  }
  return {
    compare: (before, after) => finish(pairOf(before, after)),
    compareProperties: (before, after) => {
      const pair = createPair()
      compareProperties(context, pair, { before, after })
      return finish(pair)
    },
  }
}

function comparePair(context: TypeContext, pair: TypePair, sides: Sides<ts.Type>): void {
  const { checker } = context
  const { before, after } = sides
  const [was, is] = [readMembers(before), readMembers(after)]
  const shapes = pairAlternatives(was.shapes, is.shapes, context)
  for (const shape of shapes.pairs) {
    if (shape.before === before && shape.after === after) compareShapes(context, pair, shape)
    else addPart(pair, '', context.pairOf(shape.before, shape.after))
  }
  const lost = was.values.filter((value) => !checker.isTypeAssignableTo(value, after))
  const gained = is.values.filter((value) => !checker.isTypeAssignableTo(value, before))
  tellMembers(context, pair, {
    ...sides,
    // Code names the properties of an alternative, so another one that it happens to be assignable to is no replacement.
    lost: isAnything(after) ? lost : [...lost, ...shapes.lost],
    gained: isAnything(before) ? gained : [...gained, ...shapes.gained],
    unnamed: literalsOnlyIn(was.values, is.values),
    named: literalsOnlyIn(is.values, was.values),
  })
}

function tellMembers(
  context: TypeContext,
  pair: TypePair,
  sides: Sides<ts.Type> & Record<'lost' | 'gained' | 'unnamed' | 'named', ts.Type[]>,
): void {
  const tell = (kind: Kind, lost: ts.Type[], gained: ts.Type[]) =>
    addDifference(pair, { kind, facts: factsOf(context, sides, { lost, gained }) })
  if (sides.lost.some(isNull)) tell('no-longer-nullable', [], [])
  if (sides.gained.some(isNull)) tell('became-nullable', [], [])
  const lost = sides.lost.filter((one) => !isNull(one))
  const gained = sides.gained.filter((one) => !isNull(one))
  if (![...lost, ...gained].every(isLiteral)) {
    tell(lost.length === 0 ? 'type-widened' : gained.length === 0 ? 'type-narrowed' : 'type-changed', lost, gained)
    return
  }
  if (lost.length > 0) tell('value-removed', lost, gained)
  if (gained.length > 0) tell('value-added', lost, gained)
  if (lost.length + gained.length > 0) return
  if (sides.unnamed.length > 0) tell('open-value-removed', sides.unnamed, [])
  if (sides.named.length > 0) tell('open-value-added', [], sides.named)
}

/** The members of a union: objects, arrays and tuples are shapes, all else (`null`, texts, numbers) are values. */
function readMembers(type: ts.Type): { values: ts.Type[]; shapes: ts.Type[] } {
  const members = membersOf(type)
  return { values: members.filter((one) => !isShape(one)), shapes: members.filter(isShape) }
}

// The `string & {}` of an open enum is a text, though written as an intersection.
const isShape = (type: ts.Type): boolean =>
  type.isIntersection() ? type.types.every(isShape) : (type.flags & ts.TypeFlags.Object) !== 0
const isNull = ({ flags }: ts.Type) => (flags & ts.TypeFlags.Null) !== 0
const isLiteral = (type: ts.Type) => type.isLiteral() || (type.flags & ts.TypeFlags.BooleanLiteral) !== 0
const literalsOnlyIn = (types: ts.Type[], others: ts.Type[]) =>
  types.filter((type) => isLiteral(type) && !others.includes(type))

function compareShapes(context: TypeContext, pair: TypePair, shapes: Sides<ts.Type>): void {
  const { checker, pairOf } = context
  const isArray = checker.isArrayType(shapes.before)
  if (!isArray && !checker.isTupleType(shapes.before)) {
    compareProperties(context, pair, shapes)
    return
  }
  const [was, is] = [shapes.before, shapes.after].map((type) => checker.getTypeArguments(type as ts.TypeReference))
  for (const [index, type] of (was ?? []).entries()) {
    const other = is?.[index]
    if (other) addPart(pair, isArray ? '*' : String(index), pairOf(type, other))
  }
}
