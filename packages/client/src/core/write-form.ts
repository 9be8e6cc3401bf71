import type { Operation } from './call.ts'
import { type FormField, listFields, refuse } from './form-fields.ts'
import { essenceOf, kindOf } from './media-type.ts'
import type { WrittenBody } from './write-body.ts'

/** Makes what writes the forms of an operation. Throws `ClientError`, naming the property, for what cannot be written. */
export type WriteForm = (
  operation: Operation,
) => (fields: Readonly<Record<string, unknown>>, type: string) => WrittenBody

/**
 * Writes plain objects as `application/x-www-form-urlencoded` and `multipart/*`. Unless the document's `encoding` says
 * otherwise, arrays repeat the name, objects become JSON, dates ISO 8601; files are a `Blob`, a `File` or bytes;
 * `undefined` and `null` are left out. An option of `createApiClient`, for tables with forms.
 */
export const writeForm: WriteForm = (operation) => (fields, type) => {
  const form = essenceOf(type)
  const encodings = operation.encoding?.[form] ?? {}
  const all = Object.entries(fields).flatMap(([name, value]) =>
    listFields({ name, encoding: encodings[name] ?? {}, form, operation }, value),
  )
  if (kindOf(form) === 'multipart') return writeMultipart(all, form)
  return { content: all.map((field) => toPair(field, { form, operation })).join('&'), type }
}

function toPair(field: FormField, of: { form: string; operation: Operation }): string {
  const { name, value, delimiter = '', allowReserved } = field
  if (!Array.isArray(value)) throw refuse({ name, ...of }, 'text, and no file', value)
  const finish = (text: string) => (allowReserved ? keepReserved(text) : text)
  const texts = value.map((text) => finish(encode(text)))
  return `${encode(name)}=${texts.join(finish(encodeURIComponent(delimiter)))}`
}

/** As the form of a page is written (WHATWG URL). */
const encode = (text: string) => new URLSearchParams([['', text]]).toString().slice(1)

/** Undoes the escapes of reserved characters, but of those that mean something in a form. */
const keepReserved = (text: string) =>
  text.replace(/%(3A|2F|3F|5B|5D|40|21|24|27|28|29|2A|2C|3B)/g, (escaped) => decodeURIComponent(escaped))

/** Parts with a boundary between them. A form of the platform's own could give no text a media type without a file name. */
function writeMultipart(fields: readonly FormField[], type: string): WrittenBody {
  const boundary = `form-${random()}${random()}`
  const isForm = type === 'multipart/form-data'
  const parts = fields.flatMap((field) => [`--${boundary}\r\n${headOf(field, isForm)}\r\n`, contentOf(field), '\r\n'])
  return { content: new Blob([...parts, `--${boundary}--\r\n`]), type: `${type}; boundary=${boundary}` }
}

const random = () => Math.random().toString(36).slice(2)

function headOf({ name, value, type }: FormField, isForm: boolean): string {
  const file = Array.isArray(value) ? '' : `; filename="${quote((value as Partial<File>).name ?? 'blob')}"`
  const disposition = isForm ? `Content-Disposition: form-data; name="${quote(name)}"${file}\r\n` : ''
  return (
    disposition + (type ? `Content-Type: ${type}\r\n` : isForm ? '' : 'Content-Type: text/plain; charset=UTF-8\r\n')
  )
}

/** As `fetch` writes names (WHATWG HTML). */
const quote = (name: string) => name.replace(/[\r\n"]/g, encodeURIComponent)

const contentOf = ({ value, delimiter }: FormField): string | Blob =>
  value instanceof Blob ? value : value.join(delimiter)
