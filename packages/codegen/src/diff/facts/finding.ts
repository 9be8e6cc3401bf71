import type { Change } from '../change.ts'

/** A change as our own checks find it; they all speak with one voice. */
export type Finding = Omit<Change, 'opinion'>

/** Whether two names are the same but for their casing: `display_name`, `displayName`, `DISPLAY-NAME`. */
export const isSameButCasing = (before: string, after: string): boolean =>
  before !== after && fold(before) === fold(after)

const fold = (name: string) => name.replace(/[_-]/g, '').toLowerCase()

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

/** Pairs what only one side has by a likeness, each at most once. Returns the pairs and what is left of both sides. */
export function pairLeft<T>(before: readonly T[], after: readonly T[], isAlike: (was: T, is: T) => boolean) {
  const left = new Set(after)
  const pairs: { before: T; after: T }[] = []
  const removed = before.filter((was) => {
    const is = [...left].find((one) => isAlike(was, one))
    if (is === undefined) return true
    left.delete(is)
    pairs.push({ before: was, after: is })
    return false
  })
  return { pairs, removed, added: [...left] }
}
