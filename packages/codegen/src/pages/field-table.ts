import type { Schema } from '../spec/document.ts'
import { type Direction, type Field, listFields } from './list-fields.ts'
import { type Block, code, join, link, paragraph, table, type Words } from './markdown.ts'
import { readLine } from './read-markdown.ts'
import type { SchemaView } from './schema-view.ts'
import type { Page } from './site.ts'
import { typeWords, valueWords } from './type-words.ts'

/** A body of one media type, and which way it goes. */
export interface Body {
  schema: Schema | undefined
  direction: Direction
  /** Whole bodies: what of them stands in a field is an example of it. */
  examples: readonly unknown[]
}

/** What a body holds: words for the whole of it, and its fields as a table. */
export function describeBody(page: Page, { schema, direction, examples }: Body): { whole: Words; blocks: Block[] } {
  const view = page.views.of(schema)
  const fields = listFields(page.views, schema, direction)
  const head = ['Field', 'Type', direction === 'request' ? 'Required' : 'Always there', 'Description', 'Example']
  const rows = fields.map((field) => [
    nameWords(field),
    field.type,
    requiredWords(field),
    descriptionWords(page, field),
    exampleWords(field, examples),
  ])
  const needs = needsWords(view)
  return {
    whole: typeWords(view, page.views),
    blocks: [...(needs === undefined ? [] : [paragraph(needs)]), ...(rows.length > 0 ? [table(head, rows)] : [])],
  }
}

function nameWords({ path, form }: Field): Words {
  const name = path === '' ? [] : [code(path)]
  return form === undefined ? name : [...name, path === '' ? 'as ' : ' as ', form]
}

function requiredWords({ isRequired, unless, form }: Field): Words {
  if (form !== undefined) return ''
  if (unless.length > 0) return ['unless ', join(unless.map(code), ' or '), ' is there']
  return isRequired ? 'yes' : 'no'
}

function descriptionWords(page: Page, field: Field): Words {
  const { description, isDeprecated, sameAs, isCut } = field
  const needs = needsWords(field)
  const same = sameAs === '' ? 'the whole body' : code(sameAs ?? '')
  const parts: Words[] = [
    ...(isDeprecated ? ['Deprecated.'] : []),
    ...(description.trim() === '' ? [] : [readLine(description, page.reader)]),
    ...(needs === undefined ? [] : [needs]),
    ...(sameAs === undefined ? [] : [['The same fields as ', same, '.']]),
    ...(isCut ? [['What it holds is in ', link('#openapi', 'the schema'), '.']] : []),
  ]
  return join(parts, ' ')
}

/** Which of several fields a value needs. */
export function needsWords({ needs }: Pick<SchemaView, 'needs'>): Words | undefined {
  if (!needs) return undefined
  const sets = needs.sets.map((set) => join(set.map(code), ' and '))
  return [`${needs.isExactlyOne ? 'Exactly' : 'At least'} one of these is required: `, join(sets, '; '), '.']
}

/** How long an example in a cell may be; longer ones are seen in the examples of whole bodies. */
const longestExample = 60

function exampleWords({ path, form, example, values }: Field, examples: readonly unknown[]): Words {
  if (form !== undefined) return ''
  if (values?.length === 1) return ''
  const isExample = (value: unknown) => values?.includes(value) ?? true
  return shortWords(example ?? examples.flatMap((one) => findIn(one, path)).find(isExample))
}

/** An example as a cell has it; nothing where it is too long for one. */
export function shortWords(value: unknown): Words {
  if (value === undefined || value === '') return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text !== undefined && text.length <= longestExample ? valueWords(value) : ''
}

/** All that stands in a field of a body, as lists and maps have several. */
function findIn(body: unknown, path: string): unknown[] {
  let found: unknown[] = [body]
  for (const step of path.split(/\.|(?=\[\])/)) {
    found = found.flatMap((one): unknown[] => {
      if (typeof one !== 'object' || one === null) return []
      if (step === '[]') return Array.isArray(one) ? one : []
      if (step === '*') return Array.isArray(one) ? [] : Object.values(one)
      return Object.hasOwn(one, step) ? [Reflect.get(one, step)] : []
    })
  }
  return found.filter((one) => one !== undefined && one !== null)
}
