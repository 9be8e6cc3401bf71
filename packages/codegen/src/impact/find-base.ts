import type { Git } from '../git.ts'
import { UserError } from '../user-error.ts'

/** What the working spec is compared with. */
export type Base =
  | { kind: 'file'; file: string; label: string }
  | { kind: 'commit'; commit: string; label: string }
  | { kind: 'published'; version: string; label: string }

/** What a base is looked for in. */
export interface BaseSearch {
  git: Git
  /** The package that is released from the specs; its release tags are `name@version`. */
  packageName: string
  /** Whether a path is a file. */
  isFile: (path: string) => boolean
}

const fullVersion = /^\d+\.\d+\.\d+$/

/**
 * The base that was asked for: a file, a git ref, or a published version (`1.2.3`, `name@1.2.3`, `name@next`). Without
 * one: the newest release tag of this history, else where it left main. Throws `UserError` where there is none.
 */
export function findBase(asked: string | undefined, search: BaseSearch): Base {
  return asked === undefined ? defaultBase(search) : namedBase(asked, search)
}

function namedBase(asked: string, { git, packageName, isFile }: BaseSearch): Base {
  if (isFile(asked)) return { kind: 'file', file: asked, label: asked }
  const version = asked.startsWith(`${packageName}@`) ? asked.slice(packageName.length + 1) : asked
  const tag = `${packageName}@${version}`
  for (const ref of [asked, tag]) {
    const { ok, output } = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`)
    if (ok) return { kind: 'commit', commit: output, label: ref }
  }
  if (asked === tag || /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
    return { kind: 'published', version, label: `${tag}, as published` }
  }
  throw new UserError(
    `--base ${asked}: expected a file, a git ref or a published version such as 1.2.3; found none of them. Fetch the ref first (git fetch --tags), check the spelling, or write ${packageName}@${version} for a dist-tag.`,
  )
}

function defaultBase(search: BaseSearch): Base {
  const { git, packageName } = search
  if (!git('rev-parse', '--git-dir').ok) {
    throw new UserError(
      'This is no git repository, so there is no release to compare with: name a base with --base FILE.',
    )
  }
  const tag = newestReleaseTag(git, packageName)
  if (tag !== undefined) return { kind: 'commit', commit: tag, label: tag }
  // A missing tag would make a breaking change look like none.
  if (git('rev-parse', '--is-shallow-repository').output === 'true') {
    throw new UserError(
      'This clone is shallow, so its release tags may be missing: run `git fetch --unshallow --tags`, or name a base with --base REF.',
    )
  }
  for (const main of ['main', 'origin/main']) {
    const { ok, output } = git('merge-base', 'HEAD', main)
    if (ok) return { kind: 'commit', commit: output, label: `${output.slice(0, 10)}, where this left ${main}` }
  }
  throw new UserError(
    `There is no release tag ${packageName}@… in this history yet, and no branch main: run \`git fetch --tags origin main\`, or name a base with --base REF or --base FILE.`,
  )
}

/** The tag of the newest release that the current commit comes after; prereleases do not count. */
function newestReleaseTag(git: Git, packageName: string): string | undefined {
  const { output } = git('tag', '--list', `${packageName}@*`, '--merged', 'HEAD', '--sort=-v:refname')
  return output.split('\n').find((tag) => fullVersion.test(tag.slice(packageName.length + 1)))
}
