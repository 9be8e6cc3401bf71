/** What stands in for a value that must not be shown. */
const replacement = '[redacted]'

/**
 * Replaces in a text the given secrets, and every value that the request carried at one of the given places
 * (`body.email`). Letter case, URL encoding, JSON escapes, outer blanks and a leading plus do not hide a value; short
 * ones are replaced only as whole words.
 */
export function redact(
  text: string,
  request: Readonly<Record<string, unknown>>,
  places: readonly string[] = [],
  secrets: readonly string[] = [],
): string {
  // As JSON, since that is how dates and the like have travelled.
  const sent: unknown = JSON.parse(
    JSON.stringify(request, (_, value) => (typeof value === 'bigint' ? String(value) : value)),
  )
  const values = [...secrets, ...places.flatMap((place) => textsAt(sent, place.split('.')))]
  // The longest first, so that a value inside another does not leave the rest of it behind.
  return values.sort((a, b) => b.length - a.length).reduce(replaceAll, text)
}

/** Whether a value can have properties of its own. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null

/** Every text and number at a place, and inside what stands there. */
function textsAt(value: unknown, [key = '*', ...rest]: string[]): string[] {
  if (isObject(value)) {
    const items = key === '*' ? Object.values(value) : [value[key]]
    return items.flatMap((item) => textsAt(item, rest))
  }
  return typeof value === 'string' || typeof value === 'number' ? [String(value)] : []
}

function replaceAll(text: string, value: string): string {
  const core = value.trim().replace(/^\+/, '')
  if (!core || core.length > text.length) return text
  const spelled = Array.from(core, spellings).join('')
  const pattern = core.length < 4 ? `(?<![\\p{L}\\p{N}])${spelled}(?![\\p{L}\\p{N}])` : spelled
  return text.replace(new RegExp(`\\+?${pattern}`, 'giu'), replacement)
}

/** A pattern for a character as it is, or as URLs, forms and JSON write it. */
function spellings(character: string): string {
  const encoded = Array.from(new TextEncoder().encode(character), (byte) => `%0?${byte.toString(16)}`)
  const plain = character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
  return `(?:\\\\?${plain}|${encoded.join('')}${character === ' ' ? '|\\+' : ''})`
}
