import { ClientError } from '../core/errors.ts'
import { redact } from '../core/redact.ts'
import { all } from './answers.ts'
import type { RecordedRequest, RecordingFetch } from './example-fetch.ts'

/**
 * Throws where what was logged shows a value that a request carried in a field that holds personal data, or its key;
 * names the operation and the field, never the value. `output` is a text, an error or any object, or a list of them,
 * looked at the ways loggers print them. Values of fewer than four characters are not looked for: any log shows a 5.
 * Throws `ClientError` where no request was made, for then there is nothing to look for.
 */
export function assertNoPersonalData(output: unknown, { requests }: Pick<RecordingFetch, 'requests'>): void {
  if (requests.length === 0) {
    throw new ClientError(
      'assertNoPersonalData looks for what requests carried; found no request: pass the requests of the fetch that the client was given',
    )
  }
  const printed = [output, ...[output].flat()].flatMap(print).flatMap(withoutEscapes).join('\n')
  const leaks = requests.flatMap((request) => {
    const { operation, headers } = request
    const carried = withoutShort(request)
    const places = (all.find(({ id }) => id === operation)?.pii ?? []).filter(
      (place) => redact(printed, carried, [place]) !== printed,
    )
    const key = headers.authorization?.replace(/^Bearer /, '') ?? ''
    const isKeyShown = !isShort(key) && redact(printed, {}, [], [key]) !== printed
    return [...places, ...(isKeyShown ? ['the API key'] : [])].map((place) => `${place} of ${operation}`)
  })
  if (leaks.length > 0) throw new Error(`what was logged shows ${[...new Set(leaks)].join(', ')}`)
}

const isShort = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number') && String(value).trim().length < 4

function withoutShort({ path, query, body }: RecordedRequest): Readonly<Record<string, unknown>> {
  return JSON.parse(JSON.stringify({ path, query, body }, (_, value: unknown) => (isShort(value) ? null : value)))
}

/** A value as loggers print it. */
function print(value: unknown): string[] {
  const { message, stack } = value instanceof Error ? value : {}
  const { process } = globalThis as { process?: { getBuiltinModule?: (name: string) => unknown } }
  const util = process?.getBuiltinModule?.('node:util') as
    | { inspect(value: unknown, options: object): string }
    | undefined
  const whole = { depth: 10, maxArrayLength: null, maxStringLength: null, breakLength: Number.POSITIVE_INFINITY }
  return [toText(value), toJson(value), message ?? '', stack ?? '', util?.inspect(value, whole) ?? '']
}

/** A text, and what it stands for where it is JSON or was printed by a console, which cuts texts of several lines up. */
function withoutEscapes(text: string): string[] {
  const joined = text.replace(/\\n(['"`])\s*\+\s*\1/g, '\n')
  const decode = (_: string, code: string | undefined, letter = '') =>
    code ? String.fromCharCode(Number.parseInt(code, 16)) : ({ n: '\n', r: '\r', t: '\t' }[letter] ?? letter)
  return [text, joined.replace(/\\(?:u([\da-fA-F]{4})|([nrt]))/g, decode)]
}

function toText(value: unknown): string {
  try {
    return String(value)
  } catch {
    return ''
  }
}

function toJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? ''
  } catch {
    return ''
  }
}
