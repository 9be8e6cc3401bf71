import { listOperations, type OperationEntry } from '../../document.ts'
import type { Pair } from '../change.ts'
import { isSameButCasing, pairLeft } from './finding.ts'

/** One operation before the change and after it. */
export interface MatchedOperation {
  before: OperationEntry
  after: OperationEntry
}

/** Pairs the operations of two documents: by operationId, else by method and path, else by an operationId in another casing. */
export function matchOperations({ before, after }: Pair): MatchedOperation[] {
  const byId = pairLeft(listOperations(before), listOperations(after), ({ id }, other) => id === other.id)
  const byPath = pairLeft(byId.removed, byId.added, (was, is) => endpoint(was) === endpoint(is))
  const byCasing = pairLeft(byPath.removed, byPath.added, (was, is) => isSameButCasing(was.id, is.id))
  return [byId, byPath, byCasing].flatMap(({ pairs }) => pairs)
}

/** Method and path; the names of the path's parameters say nothing of where a call goes. */
export const endpoint = ({ method, path }: OperationEntry): string => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`

/** The path's parameters by their new names, where the path differs in nothing else. */
export function renamedPathParameters({ before, after }: MatchedOperation): ReadonlyMap<string, string> {
  if (endpoint(before) !== endpoint(after)) return new Map()
  const [was, is] = [before, after].map(({ path }) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name))
  const pairs = (was ?? []).map((name, index) => [name, is?.[index] ?? name] as const)
  return new Map(pairs.filter(([name, other]) => name !== other))
}
