import { Refusal } from '../exchange/refusal.ts'

/** Takes a value for what it should be; throws a `Refusal` with status 422 that names it where it is not. */
export type Parse<T> = (value: unknown, name: string) => T

/** What an object may hold. */
export interface Shape<T> {
  fields: { readonly [Key in keyof T]-?: Parse<Exclude<T[Key], undefined>> }
  /** The fields that may not be left out. */
  required?: readonly (keyof T & string)[]
}

/** Takes a value for an object of this shape, without fields that are `undefined`; throws a `Refusal` otherwise. */
export function parseObject<T extends object>(value: unknown, { fields, required = [] }: Shape<T>, name: string): T {
  // A key may stand where an object with a key should.
  if (!isObject(value)) return refuseKind(value, name, 'an object')
  const given = Object.entries(value).filter(([, part]) => part !== undefined)
  const parsed = given.map(([key, part]) => {
    if (!isKeyOf(fields, key)) throw new Refusal(422, `${name}: ${unknownName(key, Object.keys(fields))}`)
    return [key, fields[key](part, `${name}.${key}`)]
  })
  const missing = required.filter((key) => !given.some(([name]) => name === key))
  if (missing.length > 0) throw new Refusal(422, `${name}: ${missing.join(', ')} is missing`)
  // Sound: each field of T that is there has been parsed as T has it, and those it requires are there.
  return Object.fromEntries(parsed) as T
}

/** Says that a name is not among those there are. */
export function unknownName(name: string, known: readonly string[]): string {
  return `there is no ${quote(name)}; expected ${known.length > 0 ? known.join(', ') : 'nothing'}`
}

/** The text as JSON, shortened to 40 characters. */
function quote(text: string): string {
  return JSON.stringify((text.length > 40 ? `${text.slice(0, 40)}…` : text).toWellFormed())
}

/** The last moment that a date can hold, in milliseconds since 1970. */
export const maxTime = 8.64e15

/** An integer between the two, both included. */
export function integer(min = 0, max = Number.MAX_SAFE_INTEGER): Parse<number> {
  const expected = max === Number.MAX_SAFE_INTEGER ? `an integer from ${min}` : `an integer from ${min} to ${max}`
  return (value, name) =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= min && value <= max
      ? value
      : refuse(value, name, expected)
}

/** One of these texts. */
export function oneOf<T extends string>(values: readonly T[]): Parse<T> {
  return (value, name) => values.find((known) => known === value) ?? refuse(value, name, `one of ${values.join(', ')}`)
}

/** A text of this pattern; `expected` puts it in words. */
export function text(pattern: RegExp = /./su, expected = 'a text that is not empty'): Parse<string> {
  return (value, name) => (typeof value === 'string' && pattern.test(value) ? value : refuse(value, name, expected))
}

/** The same for a text that is never shown. */
export function secretText(pattern: RegExp, expected: string): Parse<string> {
  return (value, name) => (typeof value === 'string' && pattern.test(value) ? value : refuseKind(value, name, expected))
}

/** `true` or `false`. */
export const truth: Parse<boolean> = (value, name) =>
  typeof value === 'boolean' ? value : refuse(value, name, 'true or false')

/** The same for a header or query, where a number or truth value is text. */
export function fromText<T>(parse: Parse<T>): Parse<T> {
  return (value, name) => parse(typeof value === 'string' ? fromLiteral(value) : value, name)
}

/** The number or truth value that a text stands for; any other text as it is. */
export function fromLiteral(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true'
  return /^\d{1,16}(\.\d{1,16})?$/.test(text) ? Number(text) : text
}

/**
 * Throws the `Refusal` of a value and shows it, shortened to 40 characters. Of objects and lists, and of texts that look
 * like a key, a secret or a URL with a password, it says only what kind of value they are: messages end up in logs.
 */
export function refuse(value: unknown, name: string, expected: string): never {
  throw new Refusal(422, `${name}: expected ${expected}, found ${showValue(value)}`)
}

/** The same for a value that is never shown. */
export function refuseKind(value: unknown, name: string, expected: string): never {
  throw new Refusal(422, `${name}: expected ${expected}, found ${nameKind(value)}`)
}

function showValue(value: unknown): string {
  if (typeof value === 'string' && !/\bmn-|whsec_|:\S*@/i.test(value)) return quote(value)
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : nameKind(value)
}

function nameKind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  const names = {
    string: 'a text',
    number: 'a number',
    boolean: 'a truth value',
    function: 'a function',
    undefined: 'nothing',
  }
  const type = typeof value
  return isKeyOf(names, type) ? names[type] : `an ${type === 'object' ? 'object' : 'unknown type'}`
}

/** Parses what is part of another value: where it is refused, the message says at which name it stands. */
export function within<T>(name: string, parse: () => T): T {
  try {
    return parse()
  } catch (error) {
    throw error instanceof Refusal ? new Refusal(422, `${name}: ${error.message}`) : error
  }
}

/** Whether a value is an object with named parts; a list is not. */
export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Whether an object has a property of its own by this name. */
export function isKeyOf<T extends object>(object: T, key: PropertyKey): key is keyof T {
  return Object.hasOwn(object, key)
}
