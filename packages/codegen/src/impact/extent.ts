/** How much of a diff is told. */
export interface Extent {
  /** Entries under one heading. */
  entries: number
  /** Changes of one operation. */
  changes: number
  /** Operations that a change reaches. */
  operations: number
  /** Characters of a message. */
  characters: number
}

/** Everything. */
export const whole: Extent = { entries: Infinity, changes: Infinity, operations: Infinity, characters: Infinity }

/** Everything but the names of all operations that a change reaches. */
export const few: Extent = { ...whole, operations: 3 }

/** What can be looked through, however much has changed. */
export const brief: Extent = { entries: 40, changes: 1, operations: 3, characters: 240 }

/** Writes with the first of the extents whose text is short enough; with the last where none is. */
export function writeWithin(
  limit: number,
  extents: readonly [Extent, ...Extent[]],
  write: (extent: Extent) => string,
): string {
  const [first, second, ...others] = extents
  const text = write(first)
  return text.length <= limit || second === undefined ? text : writeWithin(limit, [second, ...others], write)
}

/** A text of at most so many characters. */
export function shorten(text: string, characters: number): string {
  return text.length <= characters ? text : `${text.slice(0, characters - 1).trimEnd()}…`
}
