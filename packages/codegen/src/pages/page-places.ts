import { posix } from 'node:path'
import { listOperations, listWebhooks, type OpenApiDocument, type OperationEntry } from '../spec/document.ts'
import { code, link, type Words } from './markdown.ts'
import { plainText, type Reader, readLine } from './read-markdown.ts'

/** The page of an operation. */
export interface Place {
  entry: OperationEntry
  /** What the operation is called. */
  title: string
  /** Where the page stands in the section, such as `contacts/update-contact-by-id.md`. */
  file: string
  /** The tag that it stands under; none for what has no tag. */
  tag?: string
}

/** Where the pages of a section are. */
export interface Places {
  /** In document order. */
  all: readonly Place[]
  hasWebhooks: boolean
  /** The page of an operation; none where the document has no such operation. */
  of(id: string): Place | undefined
}

/** The page that lists the operations. */
export const indexFile = 'index.md'

/** The page of what the API calls at its users' servers. */
export const webhooksFile = 'webhooks.md'

/** Finds a place for the page of each operation. No two get one, whatever operations and tags are called. */
export function listPlaces(document: OpenApiDocument, reader: Reader): Places {
  const taken = new Map<string, Set<string>>([['', new Set(['index', 'webhooks'])]])
  const take = (folder: string, name: string) => {
    const names = taken.get(folder) ?? new Set()
    taken.set(folder, names)
    let [free, count] = [name, 1]
    while (names.has(free)) free = `${name}-${++count}`
    names.add(free)
    return free
  }
  const folders = new Map<string, string>()
  const folderOf = (tag: string) => {
    const folder = folders.get(tag) ?? take('', slug(tag, 'tag'))
    folders.set(tag, folder)
    return folder
  }
  const all = listOperations(document).map((entry): Place => {
    const tag = entry.operation.tags?.[0]
    const folder = tag === undefined ? '' : folderOf(tag)
    const file = posix.join(folder, `${take(folder, slug(entry.id, 'operation'))}.md`)
    const title = plainText(readLine(entry.operation.summary ?? '', reader)).trim() || entry.id
    return { entry, title, file, ...(tag !== undefined && { tag }) }
  })
  const known = new Map(all.map((place) => [place.entry.id, place]))
  return { all, hasWebhooks: listWebhooks(document).length > 0, of: (id) => known.get(id) }
}

/** How long a file's name may be: some disks take no more than 255 bytes of it, and ours has a number and an ending. */
const longestName = 80

/** A name in kebab-case, as files and addresses have it: `updateContactById` is `update-contact-by-id`. */
export function slug(name: string, otherwise: string): string {
  const words = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, '$1-$2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1-$2')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
  return (
    [...words]
      .slice(0, longestName)
      .join('')
      .replace(/^-+|-+$/g, '') || otherwise
  )
}

/** The address of a page, or a heading on it, from another page. */
export const hrefOf = (from: string, to: string): string => {
  const path = posix.relative(posix.dirname(from), to)
  return path.startsWith('.') ? path : `./${path}`
}

/** The name of an operation as a link to its page; just its id where it has none. */
export function operationLink(places: Places, from: string, id: string): Words {
  const place = places.of(id)
  return place ? link(hrefOf(from, place.file), place.title) : code(id)
}

/** Makes the operationIds in a text links to their pages. */
export const linkOperations = (places: Places, from: string) => (word: string) => {
  const place = places.of(word)
  if (!place) return undefined
  return place.file === from ? code(word) : link(hrefOf(from, place.file), code(word))
}
