import type { Nodes, PhrasingContent, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { Block, Words } from './markdown.ts'
import { code, phrasing, strong } from './markdown.ts'

/** Reads descriptions. */
export interface Reader {
  /** The tree of a text, which must not be changed. */
  parse(text: string): Root
  /** Turns a word of a text into something else, such as a link to what it names; `undefined` leaves it. */
  rewrite(word: string): PhrasingContent | undefined
}

/** Makes a reader that leaves all words as they are. It reads each text once: many pages have the same. */
export function createReader(): Reader {
  const known = new Map<string, Root>()
  const extensions = [gfm()]
  const mdastExtensions = [gfmFromMarkdown()]
  return {
    parse(text) {
      const tree =
        known.get(text) ?? (isPlain(text) ? plainTree(text) : fromMarkdown(text, { extensions, mdastExtensions }))
      known.set(text, tree)
      return tree
    },
    rewrite: () => undefined,
  }
}

/** Whether a text is one line without anything that could be mark-up, as most are: reading those takes no parser. */
const isPlain = (text: string) =>
  /^[A-Za-z(](?:[^\\`*_[\]<>#&~|@:/\n\r]|:(?!\/))*$/.test(text) && !/www\.|[ \t]$/i.test(text)

const plainTree = (value: string): Root => ({
  type: 'root',
  children: [{ type: 'paragraph', children: [{ type: 'text', value }] }],
})

/** What is known while a text is read. */
interface Reading {
  /** Addresses that links of the text refer to, by name. */
  addresses: ReadonlyMap<string, string>
  rewrite: Reader['rewrite']
}

/**
 * The blocks of a description in CommonMark, as a page may have them: its headings are no headings of the page, HTML is
 * the text in it, pictures are links, and links lead to the web only.
 */
export function readBlocks(text: string, { parse, rewrite }: Reader): Block[] {
  const { children } = parse(text)
  const definitions = children.flatMap((one) => (one.type === 'definition' ? [[one.identifier, one.url] as const] : []))
  const reading = { addresses: new Map(definitions), rewrite }
  return children.flatMap((one) => clean(one, reading, true)) as Block[]
}

/** A description in one line: its paragraphs and list items one after the other. */
export const readLine = (text: string, reader: Reader): Words => linesOf(readBlocks(text, reader))

/** The words of blocks in one line. */
export function linesOf(blocks: readonly Nodes[]): Words {
  const lines = blocks.map(lineOf).filter((line) => line.length > 0)
  return lines.flatMap((line, index) => (index === 0 ? line : [...phrasing(' '), ...line]))
}

function lineOf(node: Nodes): PhrasingContent[] {
  if (node.type === 'code') return node.value.trim() === '' ? [] : [code(node.value.trim())]
  if (node.type === 'paragraph') return node.children.map(asInline)
  if (!('children' in node)) return []
  const between = node.type === 'list' ? '; ' : ' '
  const lines = node.children.map(lineOf).filter((line) => line.length > 0)
  return lines.flatMap((line, index) => (index === 0 ? line : [...phrasing(between), ...line]))
}

const asLine = (text: string) => text.replace(/\s+/g, ' ').trim()

/** What may stand in a table's cell. */
function asInline(node: PhrasingContent): PhrasingContent {
  if (node.type === 'break') return { type: 'text', value: ' ' }
  if (node.type === 'inlineCode') return code(node.value)
  return 'children' in node ? { ...node, children: node.children.map(asInline) as never } : node
}

/** The text of words, without their mark-up. */
export const plainText = (words: Words): string =>
  phrasing(words)
    .map((node) => ('children' in node ? plainText(node.children) : 'value' in node ? node.value : ''))
    .join('')

/** A node as a page may have it: none, itself, or what stands for it. */
function clean(node: Nodes, reading: Reading, isFlow = false): Nodes[] {
  const holdsFlow = node.type === 'blockquote' || node.type === 'listItem'
  const below = () => ('children' in node ? node.children.flatMap((one) => clean(one, reading, holdsFlow)) : [])
  switch (node.type) {
    case 'heading':
      return [{ type: 'paragraph', children: [strong(below() as PhrasingContent[])] }]
    case 'html':
      return cleanHtml(node.value, reading, isFlow)
    case 'text':
      return rewriteWords(node.value, reading.rewrite)
    case 'inlineCode':
      return [
        node.value.trim() === '' ? { type: 'text', value: ' ' } : (reading.rewrite(node.value) ?? asCode(node.value)),
      ]
    case 'link':
      return cleanLink(node.url, below())
    case 'linkReference':
      return cleanLink(reading.addresses.get(node.identifier), below())
    case 'image':
    case 'imageReference': {
      const url = node.type === 'image' ? node.url : reading.addresses.get(node.identifier)
      return cleanLink(url, [{ type: 'text', value: asLine(node.alt ?? '') || 'picture' }])
    }
    case 'code':
      return [{ type: 'code', lang: node.lang?.replace(/[^\w+-]/g, '') || 'text', value: node.value }]
    case 'definition':
    case 'footnoteDefinition':
    case 'footnoteReference':
      return []
    default:
      return 'children' in node ? cleanParent({ ...node, children: below() } as Nodes) : [node]
  }
}

/** Nothing of what has lost all that it held. */
function cleanParent(node: Nodes): Nodes[] {
  if (node.type === 'paragraph') {
    const children = withoutBlankEnds(node.children)
    return children.length === 0 ? [] : [{ ...node, children }]
  }
  return 'children' in node && node.children.length === 0 && node.type !== 'tableCell' ? [] : [node]
}

/** What is left of a line's beginning and end may be blank, which Markdown would have to spell out. */
function withoutBlankEnds(nodes: readonly PhrasingContent[]): PhrasingContent[] {
  const shorten = (node: PhrasingContent | undefined, cut: (text: string) => string): PhrasingContent[] => {
    if (node?.type !== 'text') return node ? [node] : []
    const value = cut(node.value)
    return value === '' ? [] : [{ ...node, value }]
  }
  const started = [...shorten(nodes[0], (text) => text.trimStart()), ...nodes.slice(1)]
  return [...started.slice(0, -1), ...shorten(started.at(-1), (text) => text.trimEnd())]
}

const asCode = (text: string): PhrasingContent => ({ type: 'inlineCode', value: asLine(text) })

/** Only what leads to the web is a link: other addresses mean something elsewhere. */
function cleanLink(url: string | undefined, children: Nodes[]): Nodes[] {
  if (url === undefined || !/^(https?:\/\/|mailto:)/i.test(url) || !URL.canParse(url)) return children
  return children.length === 0 ? [] : [{ type: 'link', url, children: children as never }]
}

/** Tags that only say how text looks; what else is in angle brackets may be meant as text. */
const looks = [
  ...['p', 'br', 'hr', 'div', 'ul', 'ol', 'li', 'pre', 'h[1-6]', 'table', 'thead', 'tbody', 'tr', 'td', 'th'],
  ...['b', 'i', 'u', 'em', 'strong', 'a', 'code', 'span', 'small', 'sup', 'sub', 'img', 'details', 'summary'],
].join('|')
const tag = new RegExp(`<!--[\\s\\S]*?(?:-->|$)|</?(?:${looks})(?:\\s[^>]*)?/?>`, 'gi')

function cleanHtml(html: string, { rewrite }: Reading, isFlow: boolean): Nodes[] {
  const text = html.replace(tag, (one) => (isFlow || /^<(?:br|p|li)\b/i.test(one) ? ' ' : ''))
  if (!isFlow) return rewriteWords(text, rewrite)
  return text.trim() === '' ? [] : [{ type: 'paragraph', children: rewriteWords(text.trim(), rewrite) }]
}

/** Names of things are worth a link only where they cannot be words. */
const name = /(?<![\w.@/-])[a-z][a-z0-9]*(?:[A-Z]\w*|_\w+)(?![\w-])/g

function rewriteWords(text: string, rewrite: Reader['rewrite']): PhrasingContent[] {
  const found: PhrasingContent[] = []
  let start = 0
  for (const { 0: word, index } of text.matchAll(name)) {
    const other = rewrite(word)
    if (!other) continue
    found.push(...phrasing(text.slice(start, index)), other)
    start = index + word.length
  }
  return [...found, ...phrasing(text.slice(start))]
}
