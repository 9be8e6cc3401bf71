/** How much a change asks of those who upgrade, the most first. */
export const levels = ['major', 'minor', 'patch'] as const

/** How much a change asks of those who upgrade. */
export type Level = (typeof levels)[number]

/** One entry of a changelog, once for all packages that have it. */
export interface Entry {
  level: Level
  /** The names of the packages whose changelogs have it. */
  packages: readonly string[]
  /** Markdown, without the bullet and its indentation. */
  text: string
}

/** What came, or will come, with one version. */
export interface Release {
  /** Its version, or `Unreleased`. */
  name: string
  entries: readonly Entry[]
}

/** A changeset cannot be read; its message says what was expected, what was found and where. */
export class ChangesetError extends Error {
  override readonly name = 'ChangesetError'
}

/** Parses the changelog that changesets keep for a package. What only tells of other packages' versions is left out. */
export function parseChangelog(name: string, text: string): Release[] {
  return splitAt(text, /^## (.+)$/gm).map(({ heading, body }) => ({
    name: heading,
    entries: splitAt(body, /^### (Major|Minor|Patch) Changes$/gm).flatMap(({ heading, body }) =>
      splitAt(`\n${body}`, /^- (?:[\da-f]{7,40}: )?(?=\S)/gm)
        .map(({ body }) => body.trim().replace(/^ {2}/gm, ''))
        .filter((text) => !text.startsWith('Updated dependencies'))
        .map((text) => ({ level: levelOf(heading), packages: [name], text })),
    ),
  }))
}

/** Parses a changeset, which becomes an entry of its packages' next version; an empty one gives none. */
export function parseChangeset(file: string, text: string): Entry[] {
  const [head, releases = ''] = /^---\n([\s\S]*?)\n?---\n/.exec(text) ?? []
  if (head === undefined) throw new ChangesetError(`${file}: expected packages between two lines of ---, found none`)
  const asked = [...releases.matchAll(/^['"]?([^'"\n]+?)['"]?: (major|minor|patch)$/gm)]
  const packages = asked.map(([, name = '']) => name)
  const level = levels.find((level) => asked.some(([, , found]) => found === level))
  const body = text.slice(head.length).trim()
  return level && body ? [{ level, packages, text: body }] : []
}

/** Brings together what several packages tell of the same versions, in order, and of the same changes. */
export function mergeReleases(releases: readonly Release[]): Release[] {
  const names = [...new Set(releases.map(({ name }) => name))]
  return names.map((name) => {
    const entries = releases.filter((release) => release.name === name).flatMap((release) => release.entries)
    return { name, entries: mergeEntries(entries) }
  })
}

function mergeEntries(entries: readonly Entry[]): Entry[] {
  const texts = [...new Set(entries.map(({ text }) => text))]
  const merged = texts.flatMap((text) => {
    const same = entries.filter((entry) => entry.text === text)
    const level = levels.find((level) => same.some((entry) => entry.level === level))
    return level ? [{ text, level, packages: [...new Set(same.flatMap(({ packages }) => packages))] }] : []
  })
  return levels.flatMap((level) => merged.filter((entry) => entry.level === level))
}

const levelOf = (heading: string): Level => levels.find((level) => heading.toLowerCase() === level) ?? 'patch'

/** Cuts a text at headings, and drops what stands before the first. */
function splitAt(text: string, heading: RegExp): { heading: string; body: string }[] {
  const found = [...text.matchAll(heading)]
  return found.map((match, index) => ({
    heading: match[1] ?? '',
    body: text.slice(match.index + match[0].length, found[index + 1]?.index),
  }))
}
