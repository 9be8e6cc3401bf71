import { parseChangesetFile } from '@changesets/parse'
import { type Bump, bumps, highestBump } from '../diff/compare/change.ts'
import { UserError } from '../user-error.ts'

/** A file of the changeset folder. */
export interface ChangesetFile {
  /** Its name in the folder, such as `spec-update-contact-by-id.md`. */
  name: string
  text: string
}

/** What a changeset says. */
export interface Changeset {
  name: string
  /** The bump it asks for, by package. */
  releases: Readonly<Record<string, Bump>>
  /** The text for the changelog. */
  summary: string
  /** Whether `spec:changeset` wrote it, so that it may be replaced. */
  generated: boolean
  /** Why the bump may be lower than the spec's changes demand; absent where it does not say. */
  override?: string
  /** The demands that a generated file was allowed not to meet. */
  covers?: string[]
}

/** Begins the comment in the front matter of a file that `spec:changeset` may replace. */
const marker = '# Written by spec:changeset'

/** Begins the comment that tells what an override was given for. */
const coversMarker = '# Its override covers: '

const overrideLine = /^\s*override:\s*(.*\S)\s*$/im

/** Reads a changeset. Throws `UserError` where it is none, or where it overrides without a reason. */
export function parseChangeset({ name, text }: ChangesetFile): Changeset {
  const { releases, summary } = readParts(name, text)
  const override = overrideLine.exec(summary)?.[1]
  const covered = text
    .split('\n')
    .find((line) => line.startsWith(coversMarker))
    ?.slice(coversMarker.length)
  if (override === undefined && /^\s*override:/im.test(summary)) {
    throw new UserError(`.changeset/${name}: expected the reason after \`Override:\`, for the changelog; found none.`)
  }
  return {
    name,
    releases: Object.fromEntries(releases.map((release) => [release.name, asBump(release.type)])),
    summary,
    generated: text.includes(`\n${marker}`),
    ...(override !== undefined && { override }),
    ...(covered !== undefined && { covers: readCovers(name, covered) }),
  }
}

function readCovers(name: string, text: string): string[] {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UserError(
      `.changeset/${name}: expected a list in the line that begins with \`${coversMarker.trim()}\`, as it was written; found ${text}. Remove the line.`,
      { cause: error },
    )
  }
}

function readParts(name: string, text: string) {
  try {
    return parseChangesetFile(text)
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : String(error)
    throw new UserError(
      `.changeset/${name}: expected packages with their bumps between two lines of ---, then the text; found something else (${reason}).`,
      { cause: error },
    )
  }
}

const asBump = (type: string): Bump => bumps.find((bump) => bump === type) ?? 'none'

/** The bump that changesets ask for a package. */
export function bumpOf(changesets: readonly Changeset[], packageName: string): Bump {
  return highestBump(changesets.map(({ releases }) => ({ bump: releases[packageName] ?? 'none' })))
}

/** Writes the text of a changeset that a later run may replace. */
export function renderChangeset({ packages, bump, summary, covers = [] }: NewChangeset): string {
  const lines = packages.map((name) => `${JSON.stringify(name)}: ${bump}`)
  const comments = [`${marker}. Run it again rather than editing this.`]
  if (covers.length > 0) comments.push(coversMarker + JSON.stringify(covers))
  return `---\n${comments.join('\n')}\n${lines.join('\n')}\n---\n\n${summary}\n`
}

/** What a changeset is written from. */
export interface NewChangeset {
  packages: readonly string[]
  bump: Bump
  summary: string
  /** The demands that the bump does not meet. */
  covers?: readonly string[]
}
