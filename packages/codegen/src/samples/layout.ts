/** How a language writes values. */
export interface Syntax {
  /** `null`, a boolean or a number. */
  plain(value: unknown): string
  text(value: string): string
  /** A key of an object with what stands between it and the value. */
  key(name: string): string
  /** What stands between braces and the fields of an object on one line. */
  gap: string
  /** What stands after the last item where each has a line of its own. */
  trailing: string
  /** What a file is made with. */
  file: string
}

/** How long lines get, where what they hold can be broken. */
export const width = 90

/** Where a value begins. */
export interface Place {
  /** Spaces before the line. */
  indent: number
  /** Characters on the line, with those spaces, before and after the value. Default: the spaces. */
  used?: number
  /** Spaces that one level more has. Default 2. */
  step?: number
}

/** A value as source, on one line where it fits, else with a line for each item. */
export function layOut(value: unknown, syntax: Syntax, { indent, used = indent, step = 2 }: Place): string {
  const line = onOneLine(value, syntax)
  if (typeof value !== 'object' || value === null || used + line.length <= width) return line
  const isList = Array.isArray(value)
  const starts = isList ? value.map(() => '') : Object.keys(value).map(syntax.key)
  const lines = Object.values(value).map((item, index) => {
    const start = starts[index] ?? ''
    return start + layOut(item, syntax, { indent: indent + step, used: indent + step + start.length + 1, step })
  })
  return group(lines, isList ? '[]' : '{}', { indent, step, trailing: syntax.trailing })
}

/** Lines between brackets. */
export function group(
  lines: readonly string[],
  [open, close]: string,
  { indent, step = 2, trailing }: Place & { trailing: string },
): string {
  if (lines.length === 0) return `${open}${close}`
  const margin = ' '.repeat(indent + step)
  return `${open}\n${margin}${lines.join(`,\n${margin}`)}${trailing}\n${' '.repeat(indent)}${close}`
}

/** Fields between braces, on one line where they fit. */
export function inBraces(fields: readonly string[], gap: string, { indent, used = indent, step = 2 }: Place): string {
  const line = `{${gap}${fields.join(', ')}${gap}}`
  const isShort = !line.includes('\n') && used + line.length <= width
  return isShort ? line : group(fields, '{}', { indent, step, trailing: ',' })
}

/** A value as source on one line. */
export function onOneLine(value: unknown, syntax: Syntax): string {
  if (typeof value === 'symbol') return syntax.file
  if (typeof value === 'string') return syntax.text(value)
  if (typeof value !== 'object' || value === null) return syntax.plain(value)
  if (Array.isArray(value)) return `[${value.map((item) => onOneLine(item, syntax)).join(', ')}]`
  const fields = Object.entries(value).map(([name, item]) => syntax.key(name) + onOneLine(item, syntax))
  return fields.length > 0 ? `{${syntax.gap}${fields.join(', ')}${syntax.gap}}` : '{}'
}
