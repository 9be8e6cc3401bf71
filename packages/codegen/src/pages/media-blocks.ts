import { type Content, type Example, type MediaType, resolve } from '../spec/document.ts'
import { describeBody } from './field-table.ts'
import { type Direction, exampleOf } from './list-fields.ts'
import { type Block, code, join, jsonBlock, paragraph, type Words } from './markdown.ts'
import { readBlocks, readLine } from './read-markdown.ts'
import type { Page } from './site.ts'

/** An example of a body, with the name that the description gives it. */
export interface NamedExample {
  name?: string
  example: Example
}

/** The media types of a body that have one schema. */
interface Group {
  types: string[]
  media: MediaType
}

/** A body as each of its media types has it: what it is as a whole, then its fields. */
export function describeMedia(page: Page, content: Content, direction: Direction): Block[] {
  return groupMedia(content).flatMap(({ types, media }) => {
    const examples = listExamples(page, media).map(({ example }) => example.value)
    const { whole, blocks } = describeBody(page, { schema: media.schema, direction, examples })
    const about = page.views.of(media.schema).said.description ?? ''
    const head: Words = [join(types.map(code), ' or '), media.schema === undefined ? '' : [': ', whole]]
    const words = about.trim() === '' ? [] : [' ', readLine(about, page.reader)]
    return [paragraph([head, '.', ...words]), ...blocks]
  })
}

function groupMedia({ content = {} }: Content): Group[] {
  const groups = new Map<unknown, Group>()
  for (const [type, media] of Object.entries(content)) {
    const key = media.schema?.$ref ?? media.schema ?? type
    const group = groups.get(key)
    if (group) group.types.push(type)
    else groups.set(key, { types: [type], media })
  }
  return [...groups.values()]
}

/** The examples of a body, by media type, as blocks. */
export function exampleBlocks(page: Page, { content = {} }: Content): Block[] {
  const all = Object.values(content).flatMap((media) => listExamples(page, media))
  const told = new Set<string>()
  return all.flatMap(({ name, example }) => {
    const shown = jsonBlock(example.value)
    // Media types of one schema often repeat their examples.
    if (told.has(shown.value)) return []
    told.add(shown.value)
    const { summary = '', description = '' } = example
    const words: Words[] = [
      ...(name === undefined ? [] : [code(name)]),
      ...(summary.trim() === '' ? [] : [readLine(summary, page.reader)]),
    ]
    const label = words.length > 0 ? [paragraph([join(words, ': '), ':'])] : [paragraph('For example:')]
    return [...label, ...readBlocks(description, page.reader), shown]
  })
}

/** The examples that a media type has, or that of its schema. */
export function listExamples({ document, views }: Page, { schema, example, examples = {} }: MediaType): NamedExample[] {
  const named = Object.entries(examples).map(([name, one]) => ({ name, example: resolve(document, one) }))
  const known = named.filter((one) => one.example.value !== undefined)
  if (known.length > 0) return known
  const value = example ?? (schema && exampleOf(views.of(schema).said))
  return value === undefined ? [] : [{ example: { value } }]
}
