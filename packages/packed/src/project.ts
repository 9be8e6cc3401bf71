import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { packReleased, type Released } from './pack.ts'
import { run } from './run.ts'

/** Where a project stands and what it asks for. */
export interface ProjectOptions {
  /** The folder of the project; it must exist. */
  folder: string
  /** Versions, ranges, dist-tags or files by package. */
  dependencies: Readonly<Record<string, string>>
  /** What pnpm is told besides, as in `pnpm-workspace.yaml`. */
  settings?: Readonly<Record<string, unknown>>
  cancelSignal?: AbortSignal
}

/** Where a project stands, and which packages of ours it has. */
export interface PackedProjectOptions {
  /** The folder of the project, outside of this workspace; it must exist. */
  folder: string
  /** Those that it depends on; default: all that are released. */
  packages?: readonly Released[]
  /** What it depends on besides. Default: nothing. */
  dependencies?: Readonly<Record<string, string>>
}

/** Writes the manifest of a project of ES modules, over any it has, and installs with pnpm what that asks for. */
export async function installProject({ folder, dependencies, settings, ...options }: ProjectOptions): Promise<void> {
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true, dependencies }))
  await writeFile(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ nodeLinker: 'hoisted', ...settings }))
  await run('pnpm', ['install', '--no-frozen-lockfile'], { cwd: folder, ...options })
}

/** Packs packages of ours as a release does, and installs the tarballs in a project. */
export async function installPacked({ folder, packages, dependencies }: PackedProjectOptions): Promise<void> {
  const to = join(folder, 'tarballs')
  await mkdir(to)
  const tarballs = Object.entries(await packReleased({ to, ...(packages && { packages }) }))
  const packed = Object.fromEntries(tarballs.map(([name, tarball]) => [name, `file:${tarball}`]))
  // The client asks for api-types by version, which need not be published yet.
  const settings = { overrides: packed, preferOffline: true }
  await installProject({ folder, dependencies: { ...packed, ...dependencies }, settings })
}
