import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { diff, gt, valid } from 'semver'
import { type Bump, bumps } from '../diff/compare/change.ts'
import { createGit } from '../git.ts'
import { UserError } from '../user-error.ts'
import type { ChangesetFile } from './changeset-file.ts'

/** What a release of a package is planned from. */
export interface Release {
  /** The changeset folder. */
  folder: string
  /** The changesets in it. */
  existing: ChangesetFile[]
  /** The package that the config belongs to, then those that share its version. */
  packages: [string, ...string[]]
  /** Its version as it stands. */
  version: string
  /** Where the package's spec is found, relative to each of the packages. */
  specLink: string
}

/** Reads the changesets beside the package that a config belongs to. Throws `UserError` where there is no
 * repository or no changeset folder. */
export function readRelease(configFile: string): Release {
  const packageFolder = dirname(resolve(configFile))
  const { ok, output: root } = createGit(packageFolder)('rev-parse', '--show-toplevel')
  if (!ok) throw new UserError('This is no git repository, so it has no changesets: run this inside of one.')
  const folder = join(root, '.changeset')
  const configPath = join(folder, 'config.json')
  if (!existsSync(configPath)) {
    throw new UserError(`There is no ${configPath}: run \`pnpm changeset init\` at the root of the repository first.`)
  }
  const { name, version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'))
  const fixed: string[][] = JSON.parse(readFileSync(configPath, 'utf8')).fixed ?? []
  const together = fixed.find((group) => group.includes(name)) ?? []
  const names = readdirSync(folder).filter((file) => file.endsWith('.md') && file !== 'README.md')
  return {
    folder,
    existing: names.sort().map((file) => ({ name: file, text: readFileSync(join(folder, file), 'utf8') })),
    packages: [name, ...together.filter((other) => other !== name)],
    version,
    // Packages of one scope lie side by side, in the repository as in node_modules.
    specLink: `../${basename(packageFolder)}/openapi.yaml`,
  }
}

/**
 * What the version has moved since a release tag (`name@1.2.3`): changesets that were applied are gone, but count.
 * `none` for what is no release tag.
 */
export function appliedBump(base: string, version: string): Bump {
  const tagged = valid(base.slice(base.lastIndexOf('@') + 1))
  if (tagged === null || !valid(version) || !gt(version, tagged)) return 'none'
  const moved = diff(tagged, version)
  return bumps.find((bump) => bump === moved || `pre${bump}` === moved) ?? 'none'
}
