import type { Release } from './changelog.ts'
import { appendChanges, type Methods, type NamedPages, namePages, writeChangelogPage } from './changes.ts'
import type { DocsConfig, Section } from './config.ts'
import { indexOf, writeOverview } from './groups.ts'
import type { Page } from './pages.ts'

/** What the site is made of. */
export interface Sources {
  config: DocsConfig
  /** All pages that are written or generated. */
  pages: readonly Page[]
  /** The newest first; what waits for the next version is one too. */
  releases: readonly Release[]
  /** The client's methods, for the sections that name them. */
  methods: ReadonlyMap<Section, Methods>
}

/** The folder of the pages that are written by hand. */
export const guides = 'guides'

/**
 * All pages of the site: those written and generated, each operation's with the changes that touched it, an overview
 * of each folder that has no index page of its own, and the changelog.
 */
export function stagePages({ config, pages, releases, methods }: Sources): Page[] {
  const named = config.sections.map((section) => ({
    packages: section.packages ?? [],
    names: namePages(pages, section, methods.get(section)),
  }))
  const namesOf = ({ packages }: { packages: readonly string[] }): NamedPages =>
    new Map(
      named.filter((one) => one.packages.some((name) => packages.includes(name))).flatMap(({ names }) => [...names]),
    )
  const changed = pages.map((page) => appendChanges(page, releases, namesOf))
  const folders = [{ label: 'Guides', folder: guides }, ...config.sections]
  const overviews = folders
    .filter(({ folder }) => !pages.some(({ file }) => file === indexOf(folder)))
    .map(({ label, folder }) => writeOverview(pages, folder, label))
  const isOverview = ({ file }: Page) => folders.some(({ folder }) => file === indexOf(folder))
  return [...changed, ...overviews, writeChangelogPage(releases, namesOf)].map((page) =>
    // What it lists would be found twice: search is to lead to the pages themselves.
    isOverview(page) ? { ...page, front: { pagefind: false, ...page.front } } : page,
  )
}
