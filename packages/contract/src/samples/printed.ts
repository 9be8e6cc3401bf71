import { inspect } from 'node:util'

/**
 * How a program in a language prints an answer's body; `undefined` where it prints none. TypeScript prints what the
 * client makes of it, of which only the values are known.
 */
export function isPrinted(lang: string, { status, body }: { status: number; body: string }, stdout: string): boolean {
  const value: unknown = body === '' ? undefined : JSON.parse(body)
  if (lang === 'Shell') return stdout === body
  if (lang === 'TypeScript')
    return value === undefined ? stdout === '' : listLeaves(value, 0).every((one) => stdout.includes(one))
  const shown = value === undefined ? String(status) : lang === 'Python' ? inPython(value) : inspect(value)
  return stdout === `${shown}\n`
}

/** The values in an answer, as `console.log` shows them: no deeper than it goes, and without the envelope. */
function listLeaves(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null) return [inspect(value)]
  return depth > 3 ? [] : Object.values(value).flatMap((one) => listLeaves(one, depth + 1))
}

/** A value as Python prints it. */
function inPython(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (value === null) return 'None'
  if (typeof value === 'string')
    return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  if (Array.isArray(value)) return `[${value.map(inPython).join(', ')}]`
  if (typeof value !== 'object') return String(value)
  return `{${Object.entries(value)
    .map(([key, one]) => `${inPython(key)}: ${inPython(one)}`)
    .join(', ')}}`
}
