/** A JSON object: neither a list nor `null`. */
export type JsonObject = Record<string, unknown>

/** Whether a JSON value is an object, neither a list nor `null`. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * The custom fields after an update. An object is merged into the object stored under the same key; anything else,
 * `null` and lists included, replaces what was stored. Keys that were not sent stay. Neither argument is changed.
 */
export function mergeCustomFields(stored: JsonObject, sent: JsonObject): JsonObject {
  // A map and `fromEntries` take any key for what it is, `__proto__` too.
  const merged = new Map(Object.entries(stored))
  for (const [key, value] of Object.entries(sent)) {
    const before = merged.get(key)
    merged.set(key, isJsonObject(before) && isJsonObject(value) ? mergeCustomFields(before, value) : value)
  }
  return Object.fromEntries(merged)
}
