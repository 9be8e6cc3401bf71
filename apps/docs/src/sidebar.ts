import type { DocsConfig } from './config.ts'
import { groupPages, indexOf } from './groups.ts'
import { addressOf, type Page } from './pages.ts'
import { guides } from './stage.ts'

/** A link of the sidebar, as Starlight takes it. */
export interface SidebarLink {
  label: string
  /** The address of the page, without the base. */
  link: string
  badge?: { text: string; class: string }
}

/** A group of the sidebar, as Starlight takes it. */
export interface SidebarGroup {
  label: string
  items: SidebarItem[]
}

/** What stands in the sidebar. */
export type SidebarItem = SidebarLink | SidebarGroup

/** The sidebar: guides, each section by tag, the changelog. A folder without pages is left out. */
export function planSidebar(pages: readonly Page[], { sections }: Pick<DocsConfig, 'sections'>): SidebarItem[] {
  const folders = [{ label: 'Guides', folder: guides }, ...sections]
  const groups = folders.map(({ label, folder }) => ({ label, items: listItems(pages, folder) }))
  return [...groups.filter(({ items }) => items.length > 1), { label: 'Changelog', link: '/changelog/' }]
}

function listItems(pages: readonly Page[], folder: string): SidebarItem[] {
  const groups = groupPages(pages, folder).flatMap(({ label, pages }): SidebarItem[] => {
    const items = pages.map(linkTo)
    return label ? [{ label, items }] : items
  })
  return [{ label: 'Overview', link: `/${addressOf(indexOf(folder))}` }, ...groups]
}

function linkTo({ file, front }: Page): SidebarLink {
  const link = { label: front.title, link: `/${addressOf(file)}` }
  if (front.method === undefined) return link
  return { ...link, badge: { text: front.method.toUpperCase(), class: `method ${front.method.toLowerCase()}` } }
}
