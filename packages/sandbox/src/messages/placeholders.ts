/** `{{name}}`; the name is anything but braces and white space, which may surround it. */
const placeholder = /\{\{\s*([^{}\s]+)\s*\}\}/g

/** The names of the placeholders in a text, each once, in the order they first appear. */
export function listPlaceholders(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholder), ([, name = '']) => name))]
}

/**
 * Puts values in the places of a text's placeholders. One without a value stays as it is, and so does what looks like a
 * placeholder in a value.
 */
export function fillPlaceholders(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(placeholder, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  )
}
