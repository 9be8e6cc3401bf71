import { posix } from 'node:path'
import { type Entry, levels, type Release } from './changelog.ts'
import type { Section } from './config.ts'
import type { Page } from './pages.ts'

/** The page of an operation by each name that a changelog has for it: its operationId, its client's methods. */
export type NamedPages = ReadonlyMap<string, Page>

/** The client's methods by operationId. */
export type Methods = Readonly<Record<string, readonly string[]>>

/** Names the pages of a section's operations. */
export function namePages(pages: readonly Page[], { folder }: Section, methods: Methods = {}): NamedPages {
  return new Map(
    pages
      .filter(({ file }) => file.startsWith(`${folder}/`))
      .flatMap((page) => {
        const { operationId } = page.front
        return operationId ? [operationId, ...(methods[operationId] ?? [])].map((name) => [name, page] as const) : []
      }),
  )
}

/** The page that tells of all releases; each operation that an entry names in code is a link to its page. */
export function writeChangelogPage(releases: readonly Release[], namesOf: (entry: Entry) => NamedPages): Page {
  const body = releases.flatMap(({ name, entries }) => [
    `## ${name}`,
    ...(entries.length === 0 ? ['Nothing that partners notice.'] : []),
    ...levels.flatMap((level) => {
      const own = entries.filter((entry) => entry.level === level)
      const items = own.map((entry) => {
        const text = linkOperations(entry.text, changelogFile, namesOf(entry))
        return indent(`${text}\n\n_${entry.packages.join(', ')}_`)
      })
      return own.length === 0 ? [] : [`### ${titles[level]}`, ...items]
    }),
  ])
  const empty = 'No version has been released yet.'
  const text = (body.length === 0 ? [empty] : body).join('\n\n')
  const description = 'What changed in each version, and which operations it touches.'
  return { file: changelogFile, front: { title: 'Changelog', description }, body: `\n${text}\n` }
}

/** A page with what its operation went through at its end, the newest first; the page itself where nothing did. */
export function appendChanges(page: Page, releases: readonly Release[], namesOf: (entry: Entry) => NamedPages): Page {
  const anchors = anchorsOf(releases)
  const items = releases.flatMap(({ name, entries }, index) =>
    entries.flatMap((entry) => {
      const names = namesOf(entry)
      const own = [...names.keys()].filter((name) => names.get(name)?.file === page.file)
      const told = findTold(entry.text, own)
      const to = `${posix.relative(posix.dirname(page.file), changelogFile)}#${anchors[index]}`
      return told ? [indent(`[${name}](${to}), ${entry.level}: ${linkOperations(told, page.file, names)}`)] : []
    }),
  )
  return items.length === 0 ? page : { ...page, body: `${page.body.trimEnd()}\n\n## Changes\n\n${items.join('\n')}\n` }
}

/**
 * The part of an entry that speaks of an operation: its items that begin with it; the first line of those that name it
 * among others; or else its first paragraph.
 */
function findTold(text: string, names: readonly string[]): string | undefined {
  const isNamed = (part: string) => [...part.matchAll(code)].some(([, span = '']) => names.includes(nameIn(span)))
  if (!isNamed(text)) return undefined
  const [first = '', ...rest] = text.split(/\n{2,}/)
  if (isNamed(first)) return first
  const items = rest.join('\n').split(/\n(?=- )/)
  const own = items.filter((item) => item.startsWith('- ') && isNamed(item)).map((item) => item.slice(2))
  const told = own.map((item) => {
    const [line = ''] = item.split('\n')
    return isNamed(line) ? item : line
  })
  return told.length > 0 ? told.join('\n\n') : first
}

/**
 * Links each operation that is named in code, once a line. A link that is relative to a package's changelog leads
 * nowhere on the site: only its text stays.
 */
function linkOperations(text: string, from: string, names: NamedPages): string {
  const linked = new Set([from])
  return text.replace(pieces, (piece: string, label?: string, to?: string) => {
    if (piece === '\n') {
      linked.clear()
      linked.add(from)
    }
    if (piece === '\n' || piece.startsWith('```')) return piece
    const span = label ?? piece
    const page = /^`.*`$/.test(span) ? names.get(nameIn(span.slice(1, -1))) : undefined
    if (page && !linked.has(page.file)) {
      linked.add(page.file)
      return `[${span}](${posix.relative(posix.dirname(from), page.file)})`
    }
    return to !== undefined && /^[a-z]+:/.test(to) ? piece : span
  })
}

const changelogFile = 'changelog.md'
const code = /`([^`\n]+)`/g
const pieces = /\n|```[\s\S]*?```|\[([^\]]+)\]\(([^)\s]+)\)|`[^`\n]+`/g
const titles = { major: 'Major changes', minor: 'Minor changes', patch: 'Patch changes' }

/** `minimo.contacts.update(id, …)` is about `contacts.update`. */
const nameIn = (span: string) => span.replace(/\(.*$/, '').replace(/^minimo\./, '')

const indent = (text: string) => `- ${text.replace(/\n(?=.)/g, '\n  ')}`

/** The anchors of the releases' headings, by GitHub's rule, which numbers those that would be the same. */
function anchorsOf(releases: readonly Release[]): string[] {
  const slugs = releases.map(({ name }) =>
    name
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  )
  return slugs.map((slug, index) => {
    const before = slugs.slice(0, index).filter((other) => other === slug).length
    return before === 0 ? slug : `${slug}-${before}`
  })
}
