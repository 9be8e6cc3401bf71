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
  const seen = new Map<ts.Type, Map<ts.Type, boolean>>()
  const flow: Flow = (direction, old, now) => {
    const [given, taken] = direction === 'request' ? [old, now] : [now, old]
    if (!checker.isTypeAssignableTo(given, taken)) return false
    const known = seen.get(given) ?? new Map<ts.Type, boolean>()
    seen.set(given, known)
    const answer = known.get(taken)
    if (answer !== undefined) return answer
    // Types lead to each other in circles.
    known.set(taken, true)
    const others = membersOf(taken).filter(isObject)
    // Of a union as a whole, the compiler does not look whether the property that tells its objects apart may be missing.
    const isTaken = (member: ts.Type) =>
      others.some((other) => {
        const pair = direction === 'request' ? ([member, other] as const) : ([other, member] as const)
        return checker.isTypeAssignableTo(member, other) && areNamesKept({ checker, flow, direction }, ...pair)
      })
    const isFlowing = others.length === 0 || membersOf(given).filter(isObject).every(isTaken)
    known.set(taken, isFlowing)
    return isFlowing
  }
  return flow
}

const membersOf = (type: ts.Type) => (type.isUnion() ? type.types : [type])
const isObject = (type: ts.Type): boolean =>
  type.isIntersection() ? type.types.every(isObject) : (type.flags & ts.TypeFlags.Object) !== 0

interface Context {
  checker: ts.TypeChecker
  flow: Flow
  direction: Direction
}

function areNamesKept({ checker, flow, direction }: Context, old: ts.Type, now: ts.Type): boolean {
  if (checker.isArrayType(old) || checker.isTupleType(old)) {
    const [was, is] = [old, now].map((type) => checker.getTypeArguments(type as ts.TypeReference))
    return (was ?? []).every((type, index) => is?.[index] === undefined || flow(direction, type, is[index]))
  }
  const [was, is] = [propertiesOf(checker, old), propertiesOf(checker, now)]
  const [rest, newRest] = [old, now].map((type) => checker.getIndexTypeOfType(type, ts.IndexKind.String))
  if (rest && (!newRest || !flow(direction, rest, newRest))) return false
  // What was sent as one of the further properties may be described now.
  const isLikeRest = ([name, type]: [string, ts.Type]) =>
    !rest || isAnything(rest) || was.has(name) || flow('request', rest, type)
  if (direction === 'request' && ![...is].every(isLikeRest)) return false
  return [...was].every(([name, type]) => {
    const other = is.get(name)
    return other ? flow(direction, type, other) : newRest !== undefined && (direction === 'request' || isAnything(type))
  })
}

const isAnything = ({ flags }: ts.Type) => (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) !== 0
