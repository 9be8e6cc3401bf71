import { isDeepStrictEqual } from 'node:util'

/** One maximal place where two parsed documents differ. */
export interface RawEdit {
  /** Keys from the root; an item of a list by its name where it has one, else by its position. */
  path: string[]
  kind: 'added' | 'removed' | 'replaced'
  before?: unknown
  after?: unknown
}

/**
 * Where two parsed documents differ as data, nothing resolved: an added or removed subtree is one edit, a scalar that
 * is another is one edit. Items of lists are paired by equality, then by what names them, then in their order; a list
 * that is only in another order is no edit.
 */
export function listRawEdits(before: unknown, after: unknown, path: string[] = []): RawEdit[] {
  if (isDeepStrictEqual(before, after)) return []
  if (Array.isArray(before) && Array.isArray(after)) return listItemEdits(before, after, path)
  if (isObject(before) && isObject(after)) return listKeyEdits(before, after, path)
  return [{ path, kind: 'replaced', before, after }]
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function listKeyEdits(before: Record<string, unknown>, after: Record<string, unknown>, path: string[]): RawEdit[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])]
  return keys.flatMap((key): RawEdit[] => {
    const place = [...path, key]
    if (!Object.hasOwn(after, key)) return [{ path: place, kind: 'removed', before: before[key] }]
    if (!Object.hasOwn(before, key)) return [{ path: place, kind: 'added', after: after[key] }]
    return listRawEdits(before[key], after[key], place)
  })
}

function listItemEdits(before: unknown[], after: unknown[], path: string[]): RawEdit[] {
  const [left, right] = withoutCommon(before, after)
  const edits: RawEdit[] = []
  const pairs = [...takePairs(left, right, (one, other) => isSameName(one, other))]
  const isTree = (value: unknown) => typeof value === 'object' && value !== null
  pairs.push(...takePairs(left, right, (one, other) => isTree(one) && isTree(other) && nameOf(one) === undefined))
  for (const [one, other, index] of pairs) {
    edits.push(...listRawEdits(one, other, [...path, nameOf(one) ?? String(index)]))
  }
  for (const item of left) edits.push({ path: [...path, nameOf(item) ?? '-'], kind: 'removed', before: item })
  for (const item of right) edits.push({ path: [...path, nameOf(item) ?? '-'], kind: 'added', after: item })
  return edits
}

/** What is left of two lists when each item is taken away together with one that equals it. */
function withoutCommon(before: unknown[], after: unknown[]): [unknown[], unknown[]] {
  const counts = new Map<string, number>()
  const text = (value: unknown) => JSON.stringify(value)
  for (const item of after) counts.set(text(item), (counts.get(text(item)) ?? 0) + 1)
  const take = (item: unknown) => {
    const count = counts.get(text(item)) ?? 0
    counts.set(text(item), count - 1)
    return count > 0
  }
  const left = before.filter((item) => !take(item))
  // What remains with a positive count was not taken; the last of equals stay.
  const right = after.toReversed().filter((item) => {
    const count = counts.get(text(item)) ?? 0
    counts.set(text(item), count - 1)
    return count > 0
  })
  return [left, right.toReversed()]
}

/** Takes pairs out of both lists, in order. */
function takePairs(left: unknown[], right: unknown[], isPair: (one: unknown, other: unknown) => boolean) {
  const pairs: [unknown, unknown, number][] = []
  for (const one of [...left]) {
    const at = right.findIndex((other) => isPair(one, other))
    if (at < 0) continue
    pairs.push([one, right[at], at])
    left.splice(left.indexOf(one), 1)
    right.splice(at, 1)
  }
  return pairs
}

const isSameName = (one: unknown, other: unknown) => nameOf(one) !== undefined && nameOf(one) === nameOf(other)

/** What tells an item of a list from its neighbours, whatever else it says. */
function nameOf(item: unknown): string | undefined {
  if (!isObject(item)) return undefined
  const { name, $ref, title, url, in: where } = item
  for (const key of [name, $ref, title, url]) {
    if (typeof key === 'string') return typeof where === 'string' ? `${where}.${key}` : key
  }
  return undefined
}
