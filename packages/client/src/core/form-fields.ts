import type { Operation } from './call.ts'
import { ClientError } from './errors.ts'
import { kindOf } from './media-type.ts'

/** How a property of a form is written where the standard's default does not hold: the document's Encoding Object. */
export interface FormEncoding {
  /** Media types that it may have, as the document lists them. */
  readonly contentType?: string
  /** `form`, `spaceDelimited`, `pipeDelimited` or `deepObject`. */
  readonly style?: string
  /** Whether each item and property stands by itself; default: only under `form`. */
  readonly explode?: boolean
  /** Whether reserved characters such as `/` stay as they are. */
  readonly allowReserved?: boolean
}

/** A field of a form as it goes out. */
export interface FormField {
  name: string
  /** A file, or text; several texts are one value with a delimiter between them. */
  value: Blob | readonly string[]
  delimiter?: string | undefined
  /** Media type, where it is none that goes without saying. */
  type?: string | undefined
  allowReserved?: boolean | undefined
}

/** A property of a form, as messages name it. */
interface Named {
  name: string
  /** Media type of the form. */
  form: string
  operation: Operation
}

/** What the fields of a property are made from. */
interface Property extends Named {
  encoding: FormEncoding
}

/** The fields that a property of a form becomes. Throws `ClientError`, naming it, for what no form can hold. */
export function listFields(property: Property, value: unknown): FormField[] {
  const { contentType, style, explode, allowReserved } = property.encoding
  if (!isGiven(value)) return []
  // The standard lets these overrule the content type.
  if (style !== undefined || explode !== undefined || allowReserved !== undefined) return listStyled(property, value)
  return Array.isArray(value) && !isJson(contentType)
    ? value.filter(isGiven).map((item) => toField(property, item))
    : [toField(property, value)]
}

function listStyled({ encoding, ...named }: Property, value: unknown): FormField[] {
  const { name } = named
  const { style = 'form', explode = style === 'form', allowReserved } = encoding
  const leaf = (name: string, one: unknown) => ({ ...toField({ ...named, name, encoding: {} }, one), allowReserved })
  if (style === 'deepObject') return listDeep(name, value, 0).map(([path, one]) => leaf(path, one))
  const isList = Array.isArray(value)
  if (!isList && !isRecord(value)) return [leaf(name, value)]
  const entries = Object.entries(value).filter(([, one]) => isGiven(one))
  if (explode) return entries.map(([key, one]) => leaf(isList ? name : key, one))
  const delimiter = delimiters[style] ?? ','
  const texts = entries.flatMap(([key, one]) => [...(isList ? [] : [key]), toText(named, one)])
  const broken = texts.find((text) => text.includes(delimiter))
  if (broken !== undefined) throw refuse(named, `texts without "${delimiter}", which joins them`, broken)
  return texts.length > 0 ? [{ name, value: texts, delimiter, allowReserved }] : []
}

const delimiters: Readonly<Record<string, string>> = { form: ',', spaceDelimited: ' ', pipeDelimited: '|' }

/** `{ a: { b: 1 }, c: [2] }` under the name `n` as `n[a][b]` and `n[c][0]`. */
function listDeep(name: string, value: unknown, depth: number): [name: string, value: unknown][] {
  if (!isGiven(value)) return []
  // What goes deeper holds itself, and is refused as what no JSON can hold.
  return depth < deepest && (Array.isArray(value) || isRecord(value))
    ? Object.entries(value).flatMap(([key, one]) => listDeep(`${name}[${key}]`, one, depth + 1))
    : [[name, value]]
}

const deepest = 50

function toField({ encoding, ...named }: Property, value: unknown): FormField {
  const { name } = named
  const type = onlyOne(encoding.contentType)
  const file = toFile(value)
  if (file) return { name, value: file, type: file.type || type || 'application/octet-stream' }
  const isObject = Array.isArray(value) || isRecord(value)
  return isJson(type) || (isObject && type === undefined)
    ? { name, value: [toJson(named, value)], type: type ?? 'application/json' }
    : { name, value: [toText(named, value)], type }
}

/** The media type where the document names one alone. */
const onlyOne = (contentType = '*') => (/[,*]/.test(contentType) ? undefined : contentType)

const isJson = (type = '') => kindOf(type) === 'json'

const isGiven = (value: unknown) => value !== undefined && value !== null

/** Whether a value is an object of no kind of its own: no date, no file, no bytes. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => isOfKind(value, 'Object')

/** Whether a value is of a built-in kind, by the name that it has in every realm. */
export const isOfKind = (value: unknown, kind: 'Object' | 'ArrayBuffer' | 'URLSearchParams'): boolean =>
  Object.prototype.toString.call(value) === `[object ${kind}]`

function toFile(value: unknown): Blob | undefined {
  if (!globalThis.Blob || value instanceof Blob) return value as Blob | undefined
  const isBytes = isOfKind(value, 'ArrayBuffer') || ArrayBuffer.isView(value)
  return isBytes ? new Blob([value as ArrayBuffer]) : undefined
}

function toText(property: Named, value: unknown): string {
  const text = value instanceof Date && Number.isFinite(value.getTime()) ? value.toISOString() : value
  const isValue = /^(string|boolean|bigint)$/.test(typeof text) || Number.isFinite(text)
  if (isValue && !/\p{Surrogate}/u.test(String(text))) return String(text)
  throw refuse(property, 'text, a finite number, a boolean, a date, a file, or a list or object of these', value)
}

function toJson(property: Named, value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    throw refuse(property, 'what JSON can hold', value)
  }
}

/** The error for a property that cannot be written. It tells the kind of the value, never the value. */
export function refuse({ name, form, operation }: Named, expected: string, value: unknown): ClientError {
  const found = value instanceof Object ? `an object of ${value.constructor?.name || 'no class'}` : typeof value
  return new ClientError(`property "${name}" of a body of ${form} must be ${expected}; found ${found}`, { operation })
}
