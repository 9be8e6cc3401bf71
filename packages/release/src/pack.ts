import { basename, join } from 'node:path'
import { run } from './run.ts'

/** Where a package is packed from and to. */
export interface PackOptions {
  /** The folder of the package. */
  from: string
  /** The folder of the tarball; it must exist. */
  to: string
  signal?: AbortSignal | undefined
}

/** Packs a package as a release does, with real versions for those of the workspace, and gives the tarball's path. */
export async function pack({ from, to, signal }: PackOptions): Promise<string> {
  const tarball = join(to, `${basename(from)}.tgz`)
  await run('pnpm', ['pack', '--out', tarball], { cwd: from, signal })
  return tarball
}

/** Unpacks the tarball of a package into a folder that exists. */
export async function unpack(tarball: string, to: string): Promise<void> {
  await run('tar', ['xf', tarball, '--strip-components=1'], { cwd: to })
}
