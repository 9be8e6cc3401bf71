/**
 * Gives each place of a parsed YAML document a value of its own: an alias stands for the very object of its anchor,
 * but means no more than the same text written out twice. Changes the document. Throws where an anchor holds itself.
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
