import type { DocsConfig, Place } from './config.ts'
import { groupPages } from './groups.ts'
import { addressOf, type Page } from './pages.ts'
import { guides } from './stage.ts'

/** A page as agents and other programs read it: Markdown, with what the head says as its first lines. */
export function writeMarkdown({ front, body }: Page): string {
  const description = front.description ? `> ${front.description}\n\n` : ''
  return `# ${front.title}\n\n${description}${body.replace(/^\s*<!--[\s\S]*?-->/, '').trim()}\n`
}

/** `llms.txt`: one line per page, with the address of its Markdown and what it is about. */
export function writeIndex(pages: readonly Page[], config: DocsConfig, place: Place): string {
  const lists = orderPages(pages, config).map(({ label, pages }) => {
    const lines = pages.map((page) => {
      const { title, description, operationId } = page.front
      const facts = [operationId && `\`${operationId}\``, description].filter(Boolean).join(': ')
      return `- [${title}](${markdownAddress(page, place)})${facts && `: ${facts}`}`
    })
    return `## ${label}\n\n${lines.join('\n')}\n`
  })
  const all = `All pages in one file: ${(place.site ?? '') + place.base}llms-full.txt`
  return `# ${config.title}\n\n> ${config.description}\n\n${all}\n\n${lists.join('\n')}`
}

/** `llms-full.txt`: the Markdown of all pages, each with its address. */
export function writeFullIndex(pages: readonly Page[], config: DocsConfig, place: Place): string {
  return orderPages(pages, config)
    .flatMap(({ pages }) => pages)
    .map((page) => `<!-- ${markdownAddress(page, place)} -->\n\n${writeMarkdown(page)}`)
    .join('\n')
}

/** Where a page's Markdown is: its file, below the base. */
const markdownAddress = ({ file }: Page, { site = '', base }: Place) => `${site}${base}${file}`

/** All pages in the order of the sidebar, those of no folder first. */
function orderPages(pages: readonly Page[], { title, sections }: DocsConfig) {
  const folders = [{ label: 'Guides', folder: guides }, ...sections]
  const inFolders = folders.map(({ label, folder }) => {
    const index = pages.filter(({ file }) => addressOf(file) === `${folder}/`)
    return { label, pages: [...index, ...groupPages(pages, folder).flatMap((group) => group.pages)] }
  })
  const isAlone = ({ file }: Page) => !folders.some(({ folder }) => file.startsWith(`${folder}/`)) && file !== '404.md'
  return [{ label: title, pages: pages.filter(isAlone) }, ...inFolders].filter(({ pages }) => pages.length > 0)
}
