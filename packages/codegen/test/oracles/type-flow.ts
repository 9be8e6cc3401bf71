import ts from 'typescript'
import { propertiesOf } from './type-program.ts'

/** Who sends a value: callers, or the API. */
export type Direction = 'request' | 'response'

/** Whether code that was written against an old type still works with the new one, for who sends or gets the value. */
export type Flow = (direction: Direction, old: ts.Type, now: ts.Type) => boolean

/**
 * Starts a comparison: values have to be assignable the way they go, and code that names a property still has to find it
 * named, which assignability does not ask for where it is optional.
 */
export function createFlow(checker: ts.TypeChecker): Flow {
  const numbers = new Map<ts.Type, number>()
  const numberOf = (type: ts.Type) => {
    const number = numbers.get(type) ?? numbers.size
    numbers.set(type, number)
    return number
  }
  return (direction, old, now) => {
    const [given, taken] = direction === 'request' ? [old, now] : [now, old]
    if (!isAssignable(checker, given, taken)) return false
    const seen = new Set<string>()
    const next: [old: ts.Type[], now: ts.Type[]][] = [[[old], [now]]]
    for (let pair = next.pop(); pair; pair = next.pop()) {
      const key = pair.map((types) => types.map(numberOf).join()).join(' ')
      if (seen.has(key)) continue
      seen.add(key)
      const parts = findParts(checker, direction, pair)
      if (!parts) return false
      next.push(...parts)
    }
    return true
  }
}

/**
 * Whether each object that is given is one that is taken. Of a union as a whole, the compiler does not look whether the
 * property that tells its objects apart may be missing.
 */
function isAssignable(checker: ts.TypeChecker, given: ts.Type, taken: ts.Type): boolean {
  const [members, others] = [given, taken].map((type) => (type.isUnion() ? type.types : [type]))
  const isTaken = (member: ts.Type) => others?.some((other) => checker.isTypeAssignableTo(member, other))
  return checker.isTypeAssignableTo(given, taken) && (members ?? []).filter(isObject).every(isTaken)
}

/** What is to be compared next of two unions; `undefined` where a name is gone. */
function findParts(
  checker: ts.TypeChecker,
  direction: Direction,
  [old, now]: [ts.Type[], ts.Type[]],
): [ts.Type[], ts.Type[]][] | undefined {
  const [was, is] = [old, now].map((types) => types.flatMap((type) => (type.isUnion() ? type.types : [type])))
  const isList = (type: ts.Type) => checker.isArrayType(type) || checker.isTupleType(type)
  const elements = (types: ts.Type[] = []) =>
    types.filter(isList).flatMap((type) => checker.getTypeArguments(type as ts.TypeReference))
  const objects = (types: ts.Type[] = []) => types.filter((type) => isObject(type) && !isList(type))
  const parts: [ts.Type[], ts.Type[]][] = [[elements(was), elements(is)]]
  for (const type of objects(was)) {
    const isAlike = (other: ts.Type) =>
      direction === 'request' ? checker.isTypeAssignableTo(type, other) : checker.isTypeAssignableTo(other, type)
    const candidates = objects(is)
      .filter(isAlike)
      .map((other) => ({ named: propertiesOf(checker, other), rest: indexOf(checker, other) }))
    // An alternative that never comes any more breaks nothing, and one that is not taken any more is not assignable.
    if (candidates.length === 0) continue
    const rest = indexOf(checker, type)
    const rests = candidates.flatMap((one) => one.rest ?? [])
    if (rest && rests.length === 0) return undefined
    if (rest) parts.push([[rest], rests])
    const own = propertiesOf(checker, type)
    // What was sent as one of the further properties may be described now.
    const described = direction === 'request' ? candidates.flatMap(({ named }) => [...named]) : []
    const isUnlike = ([name, property]: [string, ts.Type]) =>
      rest && !isAnything(rest) && !own.has(name) && !checker.isTypeAssignableTo(rest, property)
    if (described.some(isUnlike)) return undefined
    for (const [name, property] of own) {
      const found = candidates.flatMap(({ named }) => named.get(name) ?? [])
      const isFree = rests.length > 0 && (direction === 'request' || isAnything(property))
      if (found.length === 0 && !isFree) return undefined
      parts.push([[property], found])
    }
  }
  return parts.filter(([one, other]) => one.length > 0 && other.length > 0)
}

const isObject = (type: ts.Type): boolean =>
  type.isIntersection()
    ? type.types.every(isObject)
    : (type.flags & ts.TypeFlags.Object) !== 0
const isAnything = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0

/** What an object may hold under any name. */
const indexOf = (checker: ts.TypeChecker, type: ts.Type) => checker.getIndexTypeOfType(type, ts.IndexKind.String)
