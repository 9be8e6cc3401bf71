import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { run } from './run.ts'

/** Large packages that few tasks need, in a folder that is a workspace of its own, with its own lockfile. */
export interface Tools {
  /** Exact version of a package, as listed; `undefined` where it is not. */
  version(name: string): string | undefined
  /** Whether a package is there. */
  isInstalled(name: string): boolean
  /** Path of a file in a package. */
  file(name: string, path: string): string
  /** Loads a package, as the type the caller knows it by. */
  load<T>(name: string): T
}

/**
 * Installs what the folder's lockfile lists, for this platform; does next to nothing when it is there. Rejects, with
 * what pnpm said, when a package cannot be had.
 */
export async function installTools(folder: string): Promise<void> {
  await run('pnpm', ['install', '--frozen-lockfile'], { cwd: folder })
}

/** Finds the tools of a folder. Reads its list only, so it works before they are installed. */
export function findTools(folder: string): Tools {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest
  const listed = { ...manifest.dependencies, ...manifest.optionalDependencies }
  const file = (name: string, path: string) => join(folder, 'node_modules', name, path)
  const require = createRequire(join(folder, 'package.json'))
  return {
    version: (name) => listed[name]?.replace(/^npm:.+@/, ''),
    isInstalled: (name) => existsSync(file(name, 'package.json')),
    file,
    // Its types would have to be installed with the workspace; the callers name the few parts they use.
    load: <T>(name: string) => require(name) as T,
  }
}

interface Manifest {
  dependencies: Record<string, string>
  optionalDependencies?: Record<string, string>
}
