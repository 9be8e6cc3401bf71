import type { MediaType } from '../spec/document.ts'
import { isRecord } from '../spec/kinds.ts'
import { file } from './schema-value.ts'

/** A field of a form: text, or a file. */
export interface FormField {
  name: string
  value: string | typeof file
  /** The media type of a part, where it does not go without saying. */
  type?: string
}

type Encodings = NonNullable<MediaType['encoding']>

/** The fields of a form, as the client writes them; `undefined` for what no program here can write. */
export function listFields(
  value: Readonly<Record<string, unknown>>,
  encodings: Encodings,
  form: 'urlencoded' | 'multipart',
): FormField[] | undefined {
  const fields = Object.entries(value).flatMap(([name, one]) => fieldsOf(name, one, encodings[name] ?? {}))
  const hasFile = fields.some((field) => field.value === file)
  return hasFile && form === 'urlencoded' ? undefined : fields
}

function fieldsOf(name: string, value: unknown, encoding: Encodings[string]): FormField[] {
  const { contentType, style, explode, allowReserved } = encoding
  if (value === undefined || value === null) return []
  const isStyled = style !== undefined || explode !== undefined || allowReserved !== undefined
  if (isStyled && typeof value === 'object') return styledFields(name, value, encoding)
  const isList = Array.isArray(value) && !/[/+]json$/.test(contentType ?? '')
  return isList ? value.map((item) => toField(name, item, contentType)) : [toField(name, value, contentType)]
}

function styledFields(
  name: string,
  value: object,
  { style = 'form', explode = style === 'form' }: Encodings[string],
): FormField[] {
  if (style === 'deepObject') return deepFields(name, value)
  const entries = Object.entries(value)
  if (explode) return entries.map(([key, item]) => toField(Array.isArray(value) ? name : key, item, undefined))
  const delimiter = { spaceDelimited: ' ', pipeDelimited: '|' }[style] ?? ','
  const texts = entries.flatMap(([key, item]) => [...(Array.isArray(value) ? [] : [key]), String(item)])
  return texts.length > 0 ? [{ name, value: texts.join(delimiter) }] : []
}

/** `{ a: { b: 1 } }` under the name `n` as `n[a][b]`. */
function deepFields(name: string, value: unknown): FormField[] {
  return isRecord(value) || Array.isArray(value)
    ? Object.entries(value).flatMap(([key, item]) => deepFields(`${name}[${key}]`, item))
    : [toField(name, value, undefined)]
}

function toField(name: string, value: unknown, contentType: string | undefined): FormField {
  // Of several that are allowed, none goes without saying.
  const type = contentType === undefined || /[,*]/.test(contentType) ? undefined : contentType
  if (value === file) return { name, value: file, type: type ?? 'application/octet-stream' }
  const isJson = typeof value === 'object' || /[/+]json$/.test(type ?? '')
  if (isJson) return { name, value: JSON.stringify(value), type: type ?? 'application/json' }
  return { name, value: String(value), ...(type !== undefined && { type }) }
}
