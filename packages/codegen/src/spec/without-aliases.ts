/** Why the aliases of a document cannot be written out, and the keys that lead to the alias that shows it. */
export interface AliasFault {
  path: string[]
  message: string
}

/** What aliases may repeat in all; GitHub's whole description has half as many values. */
const limit = 1_000_000

/** How deep values may be nested: as deep as the YAML reader takes them where they are written out. */
export const maxDepth = 100

/** How large a value is, written out. */
interface Extent {
  /** How many values it is. */
  size: number
  /** How many levels it has. */
  height: number
}

/** The alias that makes a parsed YAML document endless, or larger than memory; `undefined` where all can be written out. */
export function findAliasFault(document: unknown): AliasFault | undefined {
  /** Not there yet for those that are being measured. */
  const extents = new Map<object, Extent | undefined>()
  let repeated = 0

  function measureAgain(extent: Extent | undefined, path: string[]): Extent | AliasFault {
    if (extent === undefined) return { path, message: 'Expected what an anchor holds to be without an alias to it.' }
    repeated += extent.size
    const message =
      path.length + extent.height > maxDepth
        ? `Expected values to be nested at most ${maxDepth} levels deep, aliases written out; found ${path.length + extent.height}.`
        : `Expected aliases to repeat at most ${limit} values; with this one they repeat ${repeated}.`
    return path.length + extent.height > maxDepth || repeated > limit ? { path, message } : extent
  }

  function measure(value: unknown, path: string[]): Extent | AliasFault {
    if (typeof value !== 'object' || value === null) return { size: 1, height: 0 }
    if (extents.has(value)) return measureAgain(extents.get(value), path)
    extents.set(value, undefined)
    const extent = { size: 1, height: 1 }
    for (const [key, child] of Object.entries(value)) {
      const below = measure(child, typeof child === 'object' ? [...path, key] : path)
      if ('message' in below) return below
      extent.size += below.size
      extent.height = Math.max(extent.height, below.height + 1)
    }
    extents.set(value, extent)
    return extent
  }

  const found = measure(document, [])
  return 'message' in found ? found : undefined
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
    // As a property of its own whatever its name; set, `__proto__` would be the prototype.
    if (own !== child)
      Object.defineProperty(value, key, { value: own, enumerable: true, writable: true, configurable: true })
  }
  return value
}
