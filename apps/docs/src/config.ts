/** The pages of one API. */
export interface Section {
  /** Its name in the sidebar. */
  label: string
  /** The folder in `src/content/docs` that its pages are generated into. */
  folder: string
  /** The names of the packages whose changelogs and changesets tell of it. Default: none. */
  packages?: readonly string[]
  /**
   * A file, from the root of the repository, whose `methods` name the client's methods by operationId, so that a
   * changelog may speak of these. Default: none.
   */
  methods?: string
}

/** What the site consists of. */
export interface DocsConfig {
  title: string
  /** One line. */
  description: string
  sections: readonly Section[]
}

/** Where the site will be served; it is built for one place. */
export interface Place {
  /** The path below which it is served, with a slash at both ends. */
  base: string
  /** Its origin, such as `https://docs.example.com`; without it, addresses in indexes begin with the path. */
  site?: string
}

/** Reads the place from `DOCS_BASE` and `DOCS_SITE`. Default: the root of any host. */
export function readPlace({ DOCS_BASE = '', DOCS_SITE }: NodeJS.ProcessEnv): Place {
  const base = `/${DOCS_BASE}/`.replace(/\/+/g, '/')
  return DOCS_SITE ? { base, site: new URL(DOCS_SITE).origin } : { base }
}
