/** Whether two names are the same but for their casing: `display_name`, `displayName`, `DISPLAY-NAME`. */
export const isSameButCasing = (before: string, after: string): boolean =>
  before !== after && casingOf(before) === casingOf(after)

/** What names have in common that differ in their casing only. */
export const casingOf = (name: string) => name.replace(/[_-]/g, '').toLowerCase()

/** How a changed name is told. */
export const renaming = (before: string, after: string): string =>
  isSameButCasing(before, after)
    ? `only its casing changed: \`${before}\` is \`${after}\` now`
    : `\`${before}\` is called \`${after}\` now`

/** Names as text: `a`, `b` and `c`. */
export function listNames(names: Iterable<string>): string {
  const quoted = [...names].map((name) => `\`${name}\``)
  const last = quoted.pop()
  return quoted.length > 0 ? `${quoted.join(', ')} and ${last}` : (last ?? '')
}

/** What two lists have in common by a likeness, and what only one of them has. */
export interface Matched<T> {
  pairs: { before: T; after: T }[]
  removed: T[]
  added: T[]
}

/** All that was matched: pairs, then what has no counterpart. */
export const listAll = <T>({
  pairs,
  removed,
  added,
}: Matched<T>): { before: T | undefined; after: T | undefined }[] => [
  ...pairs,
  ...removed.map((one) => ({ before: one, after: undefined })),
  ...added.map((one) => ({ before: undefined, after: one })),
]

/** Matches what is alike in two lists: by the first key that it shares with one of the other, each at most once. */
export function matchByKeys<T>(
  before: readonly T[],
  after: readonly T[],
  keys: readonly ((one: T) => string | undefined)[],
): Matched<T> {
  const pairs: Matched<T>['pairs'] = []
  let removed = [...before]
  let added = [...after]
  for (const keyOf of keys) {
    const waiting = Map.groupBy(added, keyOf)
    const taken = new Set<T>()
    removed = removed.filter((was) => {
      const key = keyOf(was)
      const is = key === undefined ? undefined : waiting.get(key)?.shift()
      if (is === undefined) return true
      taken.add(is)
      pairs.push({ before: was, after: is })
      return false
    })
    added = added.filter((one) => !taken.has(one))
  }
  return { pairs, removed, added }
}
