import type { Code, Heading, Link, List, Paragraph, PhrasingContent, Root, RootContent, Table, TableRow } from 'mdast'
import { gfmToMarkdown } from 'mdast-util-gfm'
import { defaultHandlers, type Options, toMarkdown } from 'mdast-util-to-markdown'

/** Words in a line: text as it is, or what stands among it, such as code. */
export type Words = string | PhrasingContent | readonly Words[]

/** What a page is made of. */
export type Block = RootContent

/** Words as Markdown's tree has them; white space of any kind is one blank, so that they stay on their line. */
export function phrasing(words: Words): PhrasingContent[] {
  if (typeof words === 'string') return words === '' ? [] : [{ type: 'text', value: oneLine(words) }]
  if (isList(words)) return words.flatMap(phrasing)
  return [words]
}

const isList = (words: Words): words is readonly Words[] => Array.isArray(words)

const oneLine = (text: string) => text.replace(/\s+/g, ' ')

/** Text in the type of code. What no code in a table's cell can hold, a pipe behind a backslash, is plain text. */
export function code(text: string): PhrasingContent {
  const value = oneLine(text)
  if (value.trim() === '')
    return { type: 'emphasis', children: [{ type: 'text', value: value === '' ? 'empty' : 'blank' }] }
  return /\\\|/.test(value) ? { type: 'text', value } : { type: 'inlineCode', value }
}

/** Words that stand out. */
export const strong = (words: Words): PhrasingContent => ({ type: 'strong', children: phrasing(words) })

/** A link to a page, or a place in one. */
export const link = (url: string, words: Words): Link => ({ type: 'link', url, children: phrasing(words) })

/** Some words with others between each two of them. */
export const join = (all: readonly Words[], between: Words): Words =>
  all.flatMap((words, index) => (index === 0 ? [words] : [between, words]))

/** A paragraph. */
export const paragraph = (words: Words): Paragraph => ({ type: 'paragraph', children: phrasing(words) })

/** A heading; a page's title is the one of depth 1, and stands in its front matter. */
export const heading = (depth: 2 | 3 | 4, words: Words): Heading => ({
  type: 'heading',
  depth,
  children: phrasing(words),
})

/** A list without numbers. */
export const list = (items: readonly Words[]): List => ({
  type: 'list',
  ordered: false,
  spread: false,
  children: items.map((words) => ({ type: 'listItem', spread: false, children: [paragraph(words)] })),
})

/** A table; columns of which no row has anything are left out. */
export function table(head: readonly string[], rows: readonly (readonly Words[])[]): Table {
  const cells = rows.map((row) => row.map(phrasing))
  const kept = head.map((_, column) => cells.some((row) => (row[column]?.length ?? 0) > 0))
  const line = (row: readonly PhrasingContent[][]): TableRow => ({
    type: 'tableRow',
    children: row.filter((_, column) => kept[column]).map((children) => ({ type: 'tableCell', children })),
  })
  return { type: 'table', children: [line(head.map(phrasing)), ...cells.map(line)] }
}

/** A block of code, with a title where it needs one. */
export const fence = (lang: string, value: string, title?: string): Code => ({
  type: 'code',
  lang: oneLine(lang).replaceAll(' ', '-'),
  meta: title === undefined ? null : `title="${oneLine(title).replace(/["`\\]/g, "'")}"`,
  value,
})

/** A value as a block of JSON, or of text where it is no JSON. */
export const jsonBlock = (value: unknown): Code =>
  typeof value === 'string' ? fence('text', value) : fence('json', JSON.stringify(value, null, 2) ?? 'null')

/** What a heading and blocks make; nothing where there are no blocks. */
export const section = (depth: 2 | 3, title: Words, blocks: readonly Block[]): Block[] =>
  blocks.length === 0 ? [] : [heading(depth, title), ...blocks]

/** A page as text. Whatever texts in it hold is text there, too: no mark-up, no HTML, no end of a cell. */
export function render(blocks: readonly Block[]): string {
  const root: Root = { type: 'root', children: [...blocks] }
  return toMarkdown(root, { extensions: [gfmToMarkdown({ tablePipeAlign: false })], ...options })
}

const options: Options = {
  bullet: '-',
  fences: true,
  listItemIndent: 'one',
  // An address in angle brackets is HTML to some readers of Markdown.
  resourceLink: true,
  // Some generators of sites read these as HTML or code.
  unsafe: ['<', '>', '{', '}'].map((character) => ({ character, inConstruct: 'phrasing' as const })),
  handlers: { text: writeText },
}

/** Text that needs no backslash wherever it stands, as most does: finding that out costs more than all the rest. */
const needsNothing = /^ ?[A-Za-z,][A-Za-z0-9 ,.;'"()%?-]*$/

function writeText(...[node, parent, state, info]: Parameters<typeof defaultHandlers.text>): string {
  const { value } = node
  const isInside = !(value.startsWith(' ') && info.before === '\n') && !(value.endsWith(' ') && info.after === '\n')
  if (isInside && needsNothing.test(value) && !/www/i.test(value)) return value
  // Inside a word an underscore marks nothing up, and names are easier to read without the backslash.
  return defaultHandlers.text(node, parent, state, info).replace(/(?<=[A-Za-z0-9])\\_(?=[A-Za-z0-9])/g, '_')
}
