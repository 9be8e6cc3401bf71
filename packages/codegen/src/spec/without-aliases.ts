/** Why the aliases of a document cannot be written out, and the keys that lead to the alias that shows it. */
export interface AliasFault {
  path: string[]
  message: string
}

/** What aliases may repeat in all; GitHub's whole description has half as many values. */
const limit = 1_000_000

/** The alias that makes a parsed YAML document endless, or larger than memory; `undefined` where all can be written out. */
export function findAliasFault(document: unknown): AliasFault | undefined {
  /** How many values each object is, written out; not there yet for those that are being counted. */
  const sizes = new Map<object, number | undefined>()
  let repeated = 0

  function count(value: unknown, path: string[]): number | AliasFault {
    if (typeof value !== 'object' || value === null) return 1
    if (sizes.has(value)) {
      const size = sizes.get(value)
      if (size === undefined) return { path, message: 'Expected what an anchor holds to be without an alias to it.' }
      repeated += size
      const message = `Expected aliases to repeat at most ${limit} values; with this one they repeat ${repeated}.`
      return repeated > limit ? { path, message } : size
    }
    sizes.set(value, undefined)
    let size = 1
    for (const [key, child] of Object.entries(value)) {
      const below = count(child, typeof child === 'object' ? [...path, key] : path)
      if (typeof below !== 'number') return below
      size += below
    }
    sizes.set(value, size)
    return size
  }

  const found = count(document, [])
  return typeof found === 'number' ? undefined : found
}

/**
 * Gives each place of a parsed YAML document a value of its own: an alias stands for the very object of its anchor,
 * but means no more than the same text written out twice. Changes the document, in which no alias may be at fault.
 */
export function withoutAliases<T>(document: T): T {
  const seen = new Set<object>()
  // Sound: every value is replaced by an equal one.
  return visit(document, seen) as T
}

function visit(value: unknown, seen: Set<object>): unknown {
  if (typeof value !== 'object' || value === null) return value
  // JSON, because a structured clone would share again what is shared below.
  if (seen.has(value)) return JSON.parse(JSON.stringify(value))
  seen.add(value)
  for (const [key, child] of Object.entries(value)) {
    const own = visit(child, seen)
    if (own !== child) Reflect.set(value, key, own)
  }
  return value
}
