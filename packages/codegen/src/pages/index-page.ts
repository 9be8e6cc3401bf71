import { serverUrl } from '../spec/servers.ts'
import { type Block, code, heading, link, paragraph, table, type Words } from './markdown.ts'
import { hrefOf, indexFile, linkOperations, type Place, webhooksFile } from './page-places.ts'
import { readBlocks } from './read-markdown.ts'
import type { Site } from './site.ts'

/** The page that lists the operations of an API, by tag, its title aside. */
export function indexPage(site: Site): Block[] {
  const { document, places } = site
  const reader = { ...site.reader, rewrite: linkOperations(places, indexFile) }
  const byTag = Map.groupBy(places.all, ({ tag }) => tag)
  const tags = new Map((document.tags ?? []).map((tag) => [tag.name, tag.description ?? '']))
  const ordered = [...tags.keys(), ...[...byTag.keys()].filter((tag) => tag === undefined || !tags.has(tag))]
  return [
    ...readBlocks(document.info?.description ?? '', reader),
    ...ordered.flatMap((tag) => {
      const own = byTag.get(tag) ?? []
      if (own.length === 0) return []
      const title = tag === undefined ? (byTag.size > 1 ? 'Others' : 'Operations') : headingOf(tag, tags.get(tag))
      return [heading(2, title), ...readBlocks(tags.get(tag ?? '') ?? '', reader), operationTable(site, own)]
    }),
    ...(places.hasWebhooks
      ? [heading(2, 'Webhooks'), paragraph(link(`./${webhooksFile}`, 'What the API calls at your server'))]
      : []),
  ]
}

/** A tag as people read it: `emailTemplates` as "Email templates", and names as its description writes them. */
export function headingOf(tag: string, description = ''): string {
  const isOneName = /^[a-z]+(?:[A-Z][a-z]+)*$/.test(tag)
  const plain = isOneName ? tag.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : tag
  const words = (isOneName && new RegExp(`\\b${plain}\\b`, 'i').exec(description)?.[0]) || plain
  return words === '' ? 'Others' : (words[0] ?? '').toUpperCase() + words.slice(1)
}

function operationTable({ document }: Site, places: readonly Place[]): Block {
  const rows = places.map(({ entry, title, file }): Words[] => [
    [link(hrefOf(indexFile, file), title), entry.operation.deprecated ? ' (deprecated)' : ''],
    code(entry.method.toUpperCase()),
    code(entry.path),
    code(entry.id),
    code(serverUrl(document, entry)),
  ])
  return table(['Operation', 'Method', 'Path', 'Id', 'Host'], rows)
}
