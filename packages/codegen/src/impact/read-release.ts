import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { diff, gt, valid } from 'semver'
import { type Bump, bumps } from '../diff/compare/change.ts'
import { runScript } from '../run-script.ts'
import { UserError } from '../user-error.ts'
import type { ChangesetFile } from './changeset-file.ts'
import type { Pending } from './plan-changeset.ts'
import { createReadCommit, type ReadCommit } from './read-commit.ts'
import { toRepositoryPath, type Workspace } from './workspace.ts'

/** What a release of a package is planned from. */
export interface Release {
  /** The changeset folder. */
  folder: string
  pending: Pending
  /** The package that the config belongs to, then those that share its version. */
  packages: [string, ...string[]]
  /** What its version has moved since the base. */
  applied: Bump
  isMerged: boolean
  isSinceRelease: boolean
}

/** Reads the changesets of a workspace and of its base. Throws `UserError` where there is no changeset folder. */
export function readRelease(workspace: Workspace): Release {
  const { root, packageName, base, folder: packageFolder } = workspace
  const folder = join(root, '.changeset')
  const configPath = join(folder, 'config.json')
  if (!existsSync(configPath)) {
    throw new UserError(
      `There is no ${configPath}: run \`${runScript('changeset init')}\` at the root of the repository first.`,
    )
  }
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const fixed: string[][] = JSON.parse(readFileSync(configPath, 'utf8')).fixed ?? []
  const together = fixed.find((names) => names.includes(packageName)) ?? []
  return {
    folder,
    pending: readPending(workspace, folder),
    packages: [packageName, ...together.filter((other) => other !== packageName)],
    applied: appliedBump(versionOf(workspace), version),
    isMerged: base.kind === 'commit' && base.merged !== undefined,
    isSinceRelease: base.isRelease === true,
  }
}

const isChangeset = (file: string) => file.endsWith('.md') && file !== 'README.md'

function readPending(workspace: Workspace, folder: string): Pending {
  const { base, root, readBase } = workspace
  const names = readdirSync(folder).filter(isChangeset).sort()
  const files = names.map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }))
  if (base.kind !== 'commit') return { files, earlier: [], merged: [] }
  const earlier = readCommittedChangesets(workspace, base.commit, readBase)
  const { merged } = base
  const all =
    merged === undefined ? earlier : readCommittedChangesets(workspace, merged, createReadCommit(root, merged))
  return { files, earlier, merged: all.map(({ name }) => name) }
}

function readCommittedChangesets({ git }: Workspace, commit: string, read: ReadCommit): ChangesetFile[] {
  const { output } = git('ls-tree', '-z', '--name-only', '--full-tree', commit, '.changeset/')
  const paths = output.split('\0').filter((path) => isChangeset(basename(path)))
  return [...read(paths)].map(([path, text]) => ({ name: basename(path), text }))
}

/** The version that the base has; `undefined` where it tells none. */
function versionOf({ base, packageName, folder, root, readBase }: Workspace): string | undefined {
  if (base.kind === 'published') return base.version
  const path = toRepositoryPath(root, join(folder, 'package.json'))
  const text = readBase([path]).get(path)
  const tagged = base.label.startsWith(`${packageName}@`) ? base.label.slice(packageName.length + 1) : undefined
  return tagged ?? (text === undefined ? undefined : JSON.parse(text).version)
}

/** What a version has moved since an earlier one; `none` where one of them is no version. */
export function appliedBump(earlier: string | undefined, version: string | undefined): Bump {
  const [before, after] = [valid(earlier), valid(version)]
  if (before === null || after === null || !gt(after, before)) return 'none'
  const moved = diff(before, after)
  return bumps.find((bump) => bump === moved || `pre${bump}` === moved) ?? 'none'
}

/** Where changelogs find a file of the package that a config belongs to. */
export function linkFromChangelog(packageFolder: string, file: string): string {
  // Packages of one scope lie side by side, in the repository as in node_modules.
  return `../${basename(packageFolder)}/${toRepositoryPath(packageFolder, file)}`
}
