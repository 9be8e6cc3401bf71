/** Something in parsed JSON that is refused whatever the schema says. */
export interface Finding {
  /** Names and indexes that lead to it. */
  path: string[]
  message: string
}

/** How deep objects and arrays may be nested, the outermost counted. */
export const maxDepth = 64

const forbiddenKeys: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])

/** Whether arrays and objects are nested deeper than `maxDepth`. */
export function isTooDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === maxDepth) return true
  return Object.values(value).some((child) => isTooDeep(child, depth + 1))
}

/**
 * Finds the first thing in a JSON value that could harm what stores or reads it: keys that reach an object's prototype,
 * text that no database stores, numbers that do not survive. The value must not be too deep.
 */
export function findHarm(value: unknown): Finding | undefined {
  if (typeof value === 'string') return at(harmInText(value))
  if (typeof value === 'number') return at(harmInNumber(value))
  if (typeof value !== 'object' || value === null) return undefined
  const isList = Array.isArray(value)
  for (const [key, child] of Object.entries(value)) {
    const inKey = isList ? undefined : harmInKey(key)
    const finding = inKey ? at(inKey) : findHarm(child)
    if (finding) return { ...finding, path: [key, ...finding.path] }
  }
  return undefined
}

const at = (message: string | undefined): Finding | undefined => (message ? { path: [], message } : undefined)

const harmInKey = (key: string) =>
  forbiddenKeys.has(key) ? 'expected another name: this one is not allowed anywhere' : harmInText(key)

function harmInText(text: string): string | undefined {
  if (text.includes('\0')) return 'expected text without NUL, found some'
  return text.isWellFormed() ? undefined : 'expected whole Unicode characters, found half of a surrogate pair'
}

function harmInNumber(number: number): string | undefined {
  if (!Number.isFinite(number)) return 'expected a number that a double can hold, found a greater one'
  const isSafe = !Number.isInteger(number) || Number.isSafeInteger(number)
  return isSafe ? undefined : 'expected an integer of up to 2^53 - 1 either way, found a greater one'
}
