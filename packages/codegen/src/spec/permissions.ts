import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { SpecConfig } from './config.ts'

/** What a spec may read besides the files of its own folder: absolute paths of files and folders, and URLs. */
export type Permissions = readonly string[]

/**
 * What a spec of a config may read. Our own may refer to what stands in the same repository, since that is ours as
 * well; one of others stays in its folder, since whatever it names would be published with it.
 */
export function permissionsOf(
  { source, rules, allow = [] }: Pick<SpecConfig, 'source' | 'rules' | 'allow'>,
  folder: string,
): Permissions {
  const repository = rules === 'house' ? findRepository(dirname(resolve(folder, source))) : undefined
  const named = allow.map((one) => (isUrl(one) ? one : resolve(folder, one)))
  return repository === undefined ? named : [repository, ...named]
}

/** Tells whether the spec of a file may read a path or URL. */
export function createGate(file: string, permissions: Permissions): (wanted: string) => boolean {
  const folders = [dirname(resolve(file)), ...permissions.filter((one) => !isUrl(one))]
  const urls = permissions.filter(isUrl).map((one) => new URL(one))
  const real = folders.map(withoutLinks)
  return (wanted) => {
    if (isUrl(wanted)) return urls.some((url) => isBelowUrl(new URL(wanted), url))
    // A link in one of the folders may lead into another, and nowhere else.
    return folders.some((one) => isBelow(wanted, one)) && real.some((one) => isBelow(withoutLinks(wanted), one))
  }
}

/** Whether a reference is to be fetched; a path is not. */
export const isUrl = (ref: string): boolean => /^https?:\/\//.test(ref) && URL.canParse(ref)

/** A whole step of the path, so that `/v1` does not stand for `/v10`. */
const isBelowUrl = (wanted: URL, allowed: URL) =>
  wanted.origin === allowed.origin &&
  (wanted.pathname === allowed.pathname || wanted.pathname.startsWith(allowed.pathname.replace(/\/?$/, '/')))

function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path)
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`)
}

/** Where a path leads once its links are followed; of one that is not on this disk, its folder's are. */
function withoutLinks(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  return dirname(path) === path ? path : resolve(withoutLinks(dirname(path)), basename(path))
}

/** The folder of the repository that a folder is in. */
function findRepository(folder: string): string | undefined {
  if (existsSync(resolve(folder, '.git'))) return folder
  return dirname(folder) === folder ? undefined : findRepository(dirname(folder))
}
