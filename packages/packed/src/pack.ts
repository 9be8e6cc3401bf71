import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from './run.ts'

/** The packages that are released, by folder in `packages`; they share one version. */
export const released = ['api-types', 'client', 'sandbox'] as const

/** A package that is released, by its folder in `packages`. */
export type Released = (typeof released)[number]

/** Where a package is packed from and to. */
export interface PackOptions {
  /** The folder of the package. */
  from: string
  /** The folder of the tarball; it must exist. */
  to: string
  cancelSignal?: AbortSignal
}

/** Which released packages are packed, and where to. */
export interface PackReleasedOptions {
  /** The folder of the tarballs; it must exist. */
  to: string
  /** Default: all. */
  packages?: readonly Released[]
}

const packages = fileURLToPath(new URL('../..', import.meta.url))

/** Packs a package as a release does, with real versions for those of the workspace, and gives the tarball's path. */
export async function pack({ from, to, ...options }: PackOptions): Promise<string> {
  const tarball = join(to, `${basename(from)}.tgz`)
  await run('pnpm', ['pack', '--out', tarball], { cwd: from, ...options })
  return tarball
}

/** Packs released packages of this workspace, and gives the path of each tarball by the package's name. */
export async function packReleased({
  to,
  packages: names = released,
}: PackReleasedOptions): Promise<Record<string, string>> {
  const packed = names.map(async (name) => [`@minimo/${name}`, await pack({ from: join(packages, name), to })] as const)
  return Object.fromEntries(await Promise.all(packed))
}

/** Unpacks the tarball of a package into a folder that exists. */
export async function unpack(tarball: string, to: string): Promise<void> {
  await run('tar', ['xf', tarball, '--strip-components=1'], { cwd: to })
}
