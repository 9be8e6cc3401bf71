import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { released, run } from 'packed'
import { checkOut, closeCheckout, openWorkspace, releasedPackages, type Workspace } from './workspace-copy.ts'

/** What to publish for a try, and where. */
export interface SnapshotOptions {
  /** The root of the workspace. */
  root: string
  /** The dist-tag that partners install it by. */
  tag: string
  /** The registry's URL; default: where this machine publishes to. */
  registry?: string | undefined
  /** The folder to work in; it must not exist yet, and is gone afterwards. */
  folder: string
  /** Lets the registry's login ask on this terminal. Default: false. */
  interactive?: boolean
  cancelSignal?: AbortSignal
}

/** What was published for a try. */
export interface Snapshot {
  tag: string
  /** The version of all packages, such as `1.1.0-try-it-20261124093000`. */
  version: string
  packages: readonly string[]
  /** What the spec's changes demand, once they are released. */
  bump: string
  /** The command that installs it. */
  install: string
}

/** A snapshot that cannot be published as it was asked for; the message says what to do. */
export class SnapshotError extends Error {
  override readonly name = 'SnapshotError'
}

/**
 * Publishes the current commit's spec changes under a dist-tag, for partners to try before they are merged. Works in
 * another folder: no file, commit or tag of the workspace changes. Throws `SnapshotError` for an unfit tag or URL,
 * uncommitted changes, or a spec that has not changed.
 */
export async function publishSnapshot(options: SnapshotOptions): Promise<Snapshot> {
  const { root, tag, registry, folder, interactive, ...cancelling } = options
  checkTag(tag)
  checkRegistry(registry)
  const origin = openWorkspace(root, cancelling)
  await refuseUncommitted(origin)
  const { bump, base } = JSON.parse(await origin.pnpm('--silent', 'run', 'spec:diff', '--format', 'json'))
  if (bump === 'none') throw new SnapshotError(`The spec has not changed since ${base}: there is nothing to try.`)
  try {
    const checkout = await checkOut({ from: root, to: folder, registry, ...cancelling })
    const version = await versionSnapshot(checkout, tag)
    await checkout.pnpm('run', 'build')
    await pinVersions(checkout)
    // On its own, a program with no terminal in reach is also out of reach of the login's question.
    const terminal = { stdin: 'inherit', stdout: 'inherit', stderr: 'inherit', killDescendants: false } as const
    const at = { cwd: folder, ...cancelling, ...(interactive && terminal) }
    await run('pnpm', ['exec', 'changeset', 'publish', '--no-git-tag', '--tag', tag], at)
    return { tag, version, packages: releasedPackages, bump, install: `npm install @minimo/client@${tag}` }
  } finally {
    await closeCheckout({ from: root, to: folder })
  }
}

/** Registries take no tag that can be read as a range of versions, and the tag is part of the version. */
function checkTag(tag: string): void {
  if (/^[a-z][a-z0-9-]*$/.test(tag) && !/^(?:latest|x|v\d.*)$/.test(tag)) return
  throw new SnapshotError(
    `${`--tag ${tag}`.trim()}: expected a name in lower-case letters, digits and hyphens, such as nullable-phone; not latest, which everybody installs, nor what reads as a version.`,
  )
}

function checkRegistry(registry: string | undefined): void {
  if (registry === undefined || /^https?:$/.test(URL.parse(registry)?.protocol ?? '')) return
  throw new SnapshotError(`--registry ${registry}: expected a URL such as https://registry.example.com/.`)
}

async function refuseUncommitted({ git }: Workspace): Promise<void> {
  const changed = await git('status', '--porcelain')
  if (changed === '') return
  throw new SnapshotError(`A snapshot is of a commit, and these files differ from it: commit first.\n${changed}`)
}

async function versionSnapshot({ pnpm, folder }: Workspace, tag: string): Promise<string> {
  await pnpm('run', 'spec:changeset')
  await pnpm('exec', 'changeset', 'version', '--snapshot', tag)
  await pnpm('--filter', '@minimo/client', 'run', 'write-version')
  return JSON.parse(await readFile(join(folder, 'packages/api-types/package.json'), 'utf8')).version
}

/** A caret range would let a later release in beneath the snapshot of a package that depends on it. */
async function pinVersions({ folder }: Workspace): Promise<void> {
  for (const name of released) {
    const file = join(folder, 'packages', name, 'package.json')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replaceAll('"workspace:^"', '"workspace:*"'))
  }
}
