import { posix } from 'node:path'
import { addressOf } from './pages.ts'

/** Where a link is, and what there is to link to. */
export interface LinkPlace {
  /** The file of the page that has the link. */
  from: string
  /** The files of all pages. */
  files: ReadonlySet<string>
  /** The path below which the site is served, with a slash at its end. */
  base: string
}

/** A link leads nowhere; its message names the page, the link, and what would be right. */
export class LinkError extends Error {
  override readonly name = 'LinkError'
}

/**
 * The address that a link of a page stands for: one to a page's file, relative as in the repository or from the root
 * of the site, becomes the address of the page. Others, and anchors, stay. Throws `LinkError` when there is no page.
 */
export function resolveLink(url: string, { from, files, base }: LinkPlace): string {
  if (/^(?:[a-z][a-z\d+.-]*:|\/\/|#)/i.test(url) || url === '') return url
  const [, path = '', rest = ''] = /^([^?#]*)(.*)$/.exec(url) ?? []
  const asked = path.startsWith('/') ? path.slice(1) : posix.join(posix.dirname(from), decodeURI(path))
  if (indexes.includes(asked)) return `${base}${asked}${rest}`
  if (!files.has(asked)) {
    const found = path.endsWith('.md') ? 'found no such page' : 'found a path that is none'
    throw new LinkError(
      `${from}: expected the link ${url} to name the file of a page, such as ${nearest(from, files)}; ${found}. ` +
        'What is not on this site needs its whole address',
    )
  }
  return `${base}${addressOf(asked)}${rest}`
}

/** What a page may link to besides pages. */
const indexes: readonly string[] = ['llms.txt', 'llms-full.txt']

function nearest(from: string, files: ReadonlySet<string>): string {
  const [other = 'index.md'] = [...files].filter((file) => file !== from)
  const path = posix.relative(posix.dirname(from), other)
  return path.startsWith('.') ? path : `./${path}`
}
