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
  // A spread takes any key for what it is, `__proto__` too, and setting one that is there already is then safe.
  const merged = { ...stored, ...sent }
  for (const key of Object.keys(sent)) {
    const before = valueAt(stored, key)
    const value = sent[key]
    if (isJsonObject(before) && isJsonObject(value)) merged[key] = mergeCustomFields(before, value)
  }
  return merged
}

/** The value under a key; `null` where there is none, whatever the object's prototype has. */
export function valueAt(object: JsonObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : null
}
