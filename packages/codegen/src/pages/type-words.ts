import type { Schema } from '../spec/document.ts'
import { exclusiveBound } from '../spec/keywords-of-30.ts'
import { code, join, type Words } from './markdown.ts'
import { plainText } from './read-markdown.ts'
import { isMap, type SchemaView, type Views } from './schema-view.ts'

/** A value as it is written in a sentence: text without quotes, anything else as JSON. */
export const valueWords = (value: unknown): Words =>
  code(typeof value === 'string' ? value : (JSON.stringify(value) ?? 'null'))

/** What a value may be, in words such as "string, e-mail" or "one of `a`, `b` or null". */
export const typeWords = (view: SchemaView, views: Views): Words => allWords(view, { views, open: [] })

/** What words are made of: the views of a document, and those that are being put into words. */
interface Context {
  views: Views
  open: readonly SchemaView[]
}

/** How many schemas inside each other are put into words: nobody reads more in a cell. */
const mostLevels = 4

function allWords(view: SchemaView, { views, open }: Context): Words {
  if (open.length > mostLevels || open.includes(view)) return view.name === undefined ? 'any value' : code(view.name)
  const kind = kindWords(view, { views, open: [...open, view] })
  const orNull = view.isNullable ? [kind, ' or null'] : kind
  return join([orNull, ...limitsOf(view.said)], ', ')
}

/** Words for what a value is, its limits aside. */
function kindWords(view: SchemaView, context: Context): Words {
  const { values, alternatives, types, said } = view
  if (values?.length === 1) return ['const' in said ? 'always ' : 'only ', valueWords(values[0])]
  if (values) return ['one of ', join(values.map(valueWords), ', ')]
  if (alternatives.length > 0) return alternativeWords(view, context)
  const told = types.length > 0 ? types : impliedTypes(view)
  if (told.length === 0) return said.not !== undefined && Object.keys(said).length === 1 ? 'nothing' : 'any value'
  const each = told.map((type) => oneTypeWords(type, view, context))
  return join(each, ' or ')
}

const impliedTypes = ({ properties, said }: SchemaView): string[] => [
  ...(properties.size > 0 || typeof said.additionalProperties === 'object' ? ['object'] : []),
  ...(said.items ? ['array'] : []),
]

function alternativeWords({ alternatives }: SchemaView, context: Context): Words {
  const all = alternatives.map(context.views.of)
  const isListed = all.some(context.views.hasFields)
  const each = isListed ? all.map(labelOf) : all.map((one) => allWords(one, context))
  return isListed ? ['one of ', join(each, ', ')] : join(each, ' or ')
}

/** How an alternative is called: by its component, by its title, or by its place. */
export function labelOf({ name, said }: SchemaView, index: number): Words {
  return name !== undefined ? code(name) : (said.title ?? `form ${index + 1}`)
}

function oneTypeWords(type: string, view: SchemaView, context: Context): Words {
  if (type === 'array') return listWords(view.said.items, context)
  if (type === 'object') return objectWords(view)
  if (type === 'string') return stringWords(view.said)
  return type
}

function objectWords({ said, properties }: SchemaView): Words {
  if (said.additionalProperties === false) return 'object, no other fields'
  const isOpen = properties.size === 0 && !isMap(said)
  return isOpen ? 'object, any fields' : 'object'
}

const formats: Readonly<Record<string, string>> = {
  email: 'e-mail',
  'date-time': 'date and time (ISO 8601)',
  date: 'date (ISO 8601)',
  time: 'time (ISO 8601)',
  uri: 'URL',
  url: 'URL',
  uuid: 'UUID',
  byte: 'base64',
  binary: 'bytes',
  ipv4: 'IPv4 address',
  ipv6: 'IPv6 address',
  hostname: 'host name',
}

const stringWords = ({ format }: Schema): Words =>
  format === undefined
    ? 'string'
    : ['string, ', Object.hasOwn(formats, format) ? (formats[format] ?? format) : ['format ', code(format)]]

const plurals = ['string', 'integer', 'number', 'boolean', 'object']

function listWords(items: Schema | undefined, context: Context): Words {
  if (items === undefined) return 'list of any values'
  const words = allWords(context.views.of(items), context)
  const text = plainText(words)
  if (plurals.includes(text)) return `list of ${text}s`
  return ['list of: ', words]
}

/** What limits a value within its type. */
function limitsOf({ exclusiveMinimum: above, exclusiveMaximum: below, ...said }: Schema): Words[] {
  const bounds: Record<string, unknown> = { minimum: said.minimum, maximum: said.maximum }
  Object.assign(bounds, exclusiveBound(bounds, 'minimum', above), exclusiveBound(bounds, 'maximum', below))
  const one = (words: string, value: unknown, after = ''): Words[] =>
    value === undefined ? [] : [[`${words} `, valueWords(value), after]]
  return [
    ...one('matching', said.pattern),
    ...one('at least', bounds.minimum),
    ...one('more than', bounds.exclusiveMinimum),
    ...one('at most', bounds.maximum),
    ...one('less than', bounds.exclusiveMaximum),
    ...one('a multiple of', said.multipleOf),
    ...countOf(said.minLength, said.maxLength, 'character'),
    ...countOf(said.minItems, said.maxItems, 'element'),
    ...countOf(said.minProperties, said.maxProperties, 'field'),
    ...(said.uniqueItems ? ['no element twice'] : []),
    ...one('default', said.default),
  ]
}

function countOf(least: number | undefined, most: number | undefined, noun: string): Words[] {
  const plural = (count: number | undefined) => (count === 1 ? noun : `${noun}s`)
  if (least !== undefined && least === most) return [`${least} ${plural(least)}`]
  if (least !== undefined && most !== undefined) return [`${least} to ${most} ${plural(most)}`]
  if (least !== undefined) return [`at least ${least} ${plural(least)}`]
  return most === undefined ? [] : [`at most ${most} ${plural(most)}`]
}
