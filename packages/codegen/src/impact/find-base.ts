import type { Git } from '../git.ts'
import { runScript } from '../run-script.ts'
import { UserError } from '../user-error.ts'

/** What the working specs are compared with. */
export type Base = {
  /** What people know it as. */
  label: string
  /** Whether it is a release of the package; absent where it is not. */
  isRelease?: true
} & (
  | { kind: 'file'; file: string }
  | {
      kind: 'commit'
      commit: string
      /** The commit that has merged what is compared, where that is so: its changesets are done. */
      merged?: string
    }
  | { kind: 'published'; version: string }
)

/** What a base is looked for in. */
export interface BaseSearch {
  git: Git
  /** The package that is released from the specs; its release tags are `name@version`. */
  packageName: string
  /** Whether a path is a file. */
  isFile: (path: string) => boolean
  /** The config and its specs: whether they have been edited since the last commit decides, on main itself. */
  files: readonly string[]
}

const fullVersion = /^\d+\.\d+\.\d+$/

/**
 * The base that was asked for: a file, a git ref, or a published version (`1.2.3`, `name@1.2.3`, `name@next`). Without
 * one: the newest release tag of this history; before there is any, where it left main; on main itself, its last
 * commit or, if nothing has been edited since, the one before. Throws `UserError` where there is none.
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
    if (ok) return { kind: 'commit', commit: output, label: ref, ...(ref === tag && { isRelease: true }) }
  }
  if (asked === tag || /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) {
    return { kind: 'published', version, label: `${tag}, as published`, isRelease: true }
  }
  throw new UserError(
    `--base ${asked}: expected a file, a git ref or a published version such as 1.2.3; found none of them. Fetch the ref first (git fetch --tags), check the spelling, or write ${packageName}@${version} for a dist-tag.`,
  )
}

function defaultBase(search: BaseSearch): Base {
  const { git, packageName } = search
  if (!git('rev-parse', '--git-dir').ok) {
    throw new UserError(
      `This is no git repository, so there is no release to compare with: name a base (${runScript('spec:diff --base FILE')}).`,
    )
  }
  if (!git('rev-parse', '--verify', '--quiet', 'HEAD^{commit}').ok) {
    throw new UserError('This repository has no commit yet, so there is nothing to compare with: commit first.')
  }
  const tag = newestReleaseTag(git, packageName)
  if (tag !== undefined) return { kind: 'commit', commit: tag, label: tag, isRelease: true }
  // A missing tag would make a breaking change look like none.
  if (git('rev-parse', '--is-shallow-repository').output === 'true') {
    throw new UserError(
      'This clone is shallow, so its release tags may be missing: run `git fetch --unshallow --tags`, or name a base with --base REF.',
    )
  }
  return unreleasedBase(search)
}

/** The tag of the newest release that the current commit comes after; prereleases do not count. */
function newestReleaseTag(git: Git, packageName: string): string | undefined {
  const { output } = git('tag', '--list', `${packageName}@*`, '--merged', 'HEAD', '--sort=-v:refname')
  return output.split('\n').find((tag) => fullVersion.test(tag.slice(packageName.length + 1)))
}

/** Where there has been no release: what main has is taken for what others have. */
function unreleasedBase(search: BaseSearch): Base {
  const { git, packageName } = search
  const branch = git('symbolic-ref', '--quiet', '--short', 'HEAD').output
  const head = git('rev-parse', 'HEAD').output
  const exists = (ref: string) => git('rev-parse', '--verify', '--quiet', `${ref}^{commit}`).ok
  // A local main may be older than the one that this was branched from, so both are asked.
  const mains = ['main', 'origin/main'].filter((ref) => ref !== branch && exists(ref))
  const left = mains.length > 0 ? git('merge-base', 'HEAD', ...mains) : { ok: false, output: '' }
  const isMain = branch === 'main' || branch === ''
  if (left.ok && (left.output !== head || !isMain)) {
    return { kind: 'commit', commit: left.output, label: `${left.output.slice(0, 10)}, where this left main` }
  }
  if (branch === 'main' || left.ok) return baseOnMain(head, search)
  throw new UserError(
    `There is no release tag ${packageName}@… in this history yet, and no branch main: run \`git fetch --tags origin main\`, or name a base with --base REF or --base FILE.`,
  )
}

function baseOnMain(head: string, { git, files }: BaseSearch): Base {
  const isEdited = git('status', '--porcelain', '--', ...files).output !== ''
  const { ok, output: parent } = git('rev-parse', '--verify', '--quiet', 'HEAD^1')
  if (isEdited || !ok) return { kind: 'commit', commit: head, label: `${head.slice(0, 10)}, the last commit of main` }
  const label = `${parent.slice(0, 10)}, before the last commit of main`
  return { kind: 'commit', commit: parent, merged: head, label }
}
