import { comparePages, type Page } from './pages.ts'

/** Pages that stand together in a list, under one label. */
export interface Group {
  /** Empty for pages that are in no group. */
  label: string
  pages: readonly Page[]
}

/** The pages of a folder by tag or inner folder, in order; its own index page is in no group. */
export function groupPages(pages: readonly Page[], folder: string): Group[] {
  const own = pages.filter(({ file }) => file.startsWith(`${folder}/`) && file !== indexOf(folder)).sort(comparePages)
  const labels = [...new Set(own.map((page) => labelOf(page, folder)))].sort(
    (a, b) => Number(a !== '') - Number(b !== ''),
  )
  return labels.map((label) => ({ label, pages: own.filter((page) => labelOf(page, folder) === label) }))
}

/** The file of a folder's first page. */
export const indexOf = (folder: string): string => `${folder}/index.md`

/** A page that lists those of a folder, with a sentence on each. */
export function writeOverview(pages: readonly Page[], folder: string, title: string): Page {
  const groups = groupPages(pages, folder)
  const lists = groups.flatMap(({ label, pages }) => [
    ...(label ? [`## ${label}`] : []),
    pages.map((page) => describePage(page, folder)).join('\n'),
  ])
  const description = `All pages of ${title}.`
  const body = (lists.length > 0 ? lists : ['There are no pages here yet.']).join('\n\n')
  return { file: indexOf(folder), front: { title, description, tableOfContents: false }, body: `\n${body}\n` }
}

function describePage({ file, front }: Page, folder: string): string {
  const call = front.method && front.path ? ` \`${front.method.toUpperCase()} ${front.path}\`` : ''
  const description = front.description ? `  \n  ${front.description}` : ''
  return `- [${front.title}](${file.slice(folder.length + 1)})${call}${description}`
}

function labelOf({ file, front }: Page, folder: string): string {
  const [inner = '', rest] = file.slice(folder.length + 1).split('/')
  if (front.tag !== undefined || rest === undefined) return front.tag ?? ''
  return inner.charAt(0).toUpperCase() + inner.slice(1).replaceAll('-', ' ')
}
