import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pack, unpack } from 'packed'

/** A small program that partners copy. */
export interface App {
  /** The name of its folder in `apps`, and of its package. */
  name: string
  /** What it does, in a sentence. */
  description: string
}

/** Which app, and where to. */
export interface TakeOutOptions {
  /** The root of the workspace. */
  root: string
  /** The app's name. */
  app: string
  /** The folder that it becomes; it must be empty or not exist yet. */
  to: string
  cancelSignal?: AbortSignal
}

/** An app cannot be taken out; its message says what was expected, what was found and what to do. */
export class TakeOutError extends Error {
  override readonly name = 'TakeOutError'
}

/** Lists the apps by name: each folder of `apps` whose package depends on the client. Anything else there is none. */
export async function listApps(root: string): Promise<App[]> {
  const manifests = (await readdir(join(root, 'apps'))).sort().map((name) => join(root, 'apps', name, 'package.json'))
  const packages = await Promise.all(
    manifests.filter((file) => existsSync(file)).map(async (file) => JSON.parse(await readFile(file, 'utf8'))),
  )
  return packages
    .filter(({ dependencies }) => dependencies?.['@minimo/client'] !== undefined)
    .map(({ name, description }) => ({ name, description }))
}

/**
 * Copies an app to a folder outside of the workspace, where npm installs it as it is: its package names real versions,
 * and has no script that builds the workspace.
 */
export async function takeOut({ root, app, to, ...options }: TakeOutOptions): Promise<void> {
  const names = (await listApps(root)).map(({ name }) => name)
  if (!names.includes(app)) throw new TakeOutError(`expected an app (${names.join(', ')}), found ${app}`)
  await mkdir(to, { recursive: true })
  if ((await readdir(to)).length > 0)
    throw new TakeOutError(`expected an empty folder, or a new one, found files in ${to}: name another`)
  const packed = await mkdtemp(join(tmpdir(), 'minimo-take-out-'))
  try {
    await unpack(await pack({ from: join(root, 'apps', app), to: packed, ...options }), to)
  } finally {
    await rm(packed, { recursive: true })
  }
}
