import { listOperations, type OpenApiDocument, type OperationEntry } from '../../document.ts'
import { casingOf, type Matched, matchByKeys } from './names.ts'

/** One operation before the change and after it. */
export interface MatchedOperation {
  before: OperationEntry
  after: OperationEntry
}

/** Matches the operations of two documents: by operationId, else by method and path, else by an operationId in another casing. */
export const matchOperations = (before: OpenApiDocument, after: OpenApiDocument): Matched<OperationEntry> =>
  matchByKeys(listOperations(before), listOperations(after), [({ id }) => id, endpoint, ({ id }) => casingOf(id)])

/** Method and path; the names of the path's parameters say nothing of where a call goes. */
export const endpoint = ({ method, path }: OperationEntry): string => `${method} ${path.replace(/\{[^}]*\}/g, '{}')}`

/** The path's parameters by their new names, where the path differs in nothing else. */
export function renamedPathParameters({ before, after }: MatchedOperation): ReadonlyMap<string, string> {
  if (endpoint(before) !== endpoint(after)) return new Map()
  const [was, is] = [before, after].map(({ path }) => [...path.matchAll(/\{([^}]*)\}/g)].map(([, name = '']) => name))
  const pairs = (was ?? []).map((name, index) => [name, is?.[index] ?? name] as const)
  return new Map(pairs.filter(([name, other]) => name !== other))
}
