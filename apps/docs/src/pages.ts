import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parse, stringify } from 'yaml'

/** What the head of a page says of it. */
export interface FrontMatter {
  title: string
  /** One line. */
  description?: string
  /** The operation that the page is about, with its method and path. */
  operationId?: string
  method?: string
  path?: string
  /** The group of the page in the sidebar; default: the name of its folder. */
  tag?: string
  sidebar?: { order?: number }
  /** Whatever else the site generator reads. */
  [field: string]: unknown
}

/** A page as it is written: Markdown with front matter. */
export interface Page {
  /** The file, relative to the folder of all pages, with slashes: `reference/contacts/delete-contact.md`. */
  file: string
  front: FrontMatter
  body: string
}

/** A page cannot be read; its message says what was expected, what was found and where. */
export class PageError extends Error {
  override readonly name = 'PageError'
}

/** Parses a page. Throws `PageError` when its front matter is missing, or has no title. */
export function parsePage(file: string, text: string): Page {
  const [head, yaml = ''] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n/.exec(text) ?? []
  if (head === undefined) throw new PageError(`${file}: expected front matter between two lines of ---, found none`)
  const front: unknown = parse(yaml)
  if (!isFrontMatter(front)) throw new PageError(`${file}: expected a title in the front matter, found ${yaml.trim()}`)
  return { file, front, body: text.slice(head.length) }
}

/** Prints a page as `parsePage` reads it. */
export const formatPage = ({ front, body }: Page): string => `---\n${stringify(front)}---\n${body}`

/** Reads all pages of a folder and its folders, in order of their files. */
export async function readPages(folder: string): Promise<Page[]> {
  const entries = await readdir(folder, { recursive: true })
  const files = entries.map((file) => file.replaceAll('\\', '/')).filter((file) => file.endsWith('.md'))
  return Promise.all(files.sort().map(async (file) => parsePage(file, await readFile(join(folder, file), 'utf8'))))
}

/** Writes a file and the folders that it is in. */
export async function writeText(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
}

/** Where a page is found below the root of the site: `reference/contacts/delete-contact/`, and nothing for the first. */
export const addressOf = (file: string): string => file.replace(/\.md$/, '/').replace(/(^|\/)index\/$/, '$1')

/** The order of pages in lists: as their front matter says, then by title. */
export function comparePages(a: Page, b: Page): number {
  const [first = Infinity, second = Infinity] = [a.front.sidebar?.order, b.front.sidebar?.order]
  return first === second ? a.front.title.localeCompare(b.front.title, 'en') : first - second
}

function isFrontMatter(front: unknown): front is FrontMatter {
  return typeof front === 'object' && front !== null && 'title' in front && typeof front.title === 'string'
}
