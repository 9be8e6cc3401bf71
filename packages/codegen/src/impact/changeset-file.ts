import { parseChangesetFile } from '@changesets/parse'
import { type Bump, bumps, highestBump } from '../diff/change.ts'
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
}

/** Begins the comment in the front matter of a file that `spec:changeset` may replace. */
const marker = '# Written by spec:changeset'

const overrideLine = /^\s*override:\s*(.*\S)\s*$/im

/** Reads a changeset. Throws `UserError` where it is none, or where it overrides without a reason. */
export function parseChangeset({ name, text }: ChangesetFile): Changeset {
  const { releases, summary } = readParts(name, text)
  const override = overrideLine.exec(summary)?.[1]
  if (override === undefined && /^\s*override:/im.test(summary)) {
    throw new UserError(`.changeset/${name}: expected the reason after \`Override:\`, for the changelog; found none.`)
  }
  return {
    name,
    releases: Object.fromEntries(releases.map((release) => [release.name, asBump(release.type)])),
    summary,
    generated: text.includes(`\n${marker}`),
    ...(override !== undefined && { override }),
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
export function renderChangeset({ packages, bump, base, summary }: NewChangeset): string {
  const lines = packages.map((name) => `${JSON.stringify(name)}: ${bump}`)
  const comment = `${marker} from what changed since ${base}. Run it again rather than editing this.`
  return `---\n${comment}\n${lines.join('\n')}\n---\n\n${summary}\n`
}

/** What a changeset is written from. */
export interface NewChangeset {
  packages: readonly string[]
  bump: Bump
  /** What was compared with. */
  base: string
  summary: string
}
