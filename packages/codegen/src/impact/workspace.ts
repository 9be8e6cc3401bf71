import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import type { SpecConfig } from '../spec/config.ts'
import { createGit, type Git } from '../spec/git.ts'
import { displayPath } from '../spec/problem.ts'
import { UserError } from '../spec/user-error.ts'
import { type Base, findBase } from './find-base.ts'
import { createReadCommit, type ReadCommit } from './read-commit.ts'
import { readConfig } from './read-config.ts'

/** A config, the package and repository that it belongs to, and what its specs are compared with. */
export interface Workspace {
  configFile: string
  /** The folder of the config, which is that of the package. */
  folder: string
  /** The root of the repository, or the folder where there is none. */
  root: string
  packageName: string
  /** The specs as the config lists them now. */
  specs: readonly SpecConfig[]
  git: Git
  base: Base
  /** Reads files of the base; none where it is no commit. */
  readBase: ReadCommit
}

/** Reads the config and finds the base that was asked for. Throws `UserError` where there is none. */
export async function openWorkspace(asked: { configFile: string; base?: string | undefined }): Promise<Workspace> {
  // Git tells real paths, and a temporary folder may be behind a link.
  const configFile = realpathSync(resolve(asked.configFile))
  const folder = dirname(configFile)
  const packageName = readPackageName(folder)
  const specs = await readConfig(configFile)
  const git = createGit(folder)
  const root = git('rev-parse', '--show-toplevel').output || folder
  const isFile = (path: string) => existsSync(path) && statSync(path).isFile()
  const files = [configFile, ...specs.map(({ source }) => resolve(folder, source))]
  const base = findBase(asked.base, { git, packageName, isFile, files })
  const readBase: ReadCommit = base.kind === 'commit' ? createReadCommit(root, base.commit) : () => new Map()
  return { configFile, folder, root, packageName, specs, git, base, readBase }
}

function readPackageName(folder: string): string {
  const file = join(folder, 'package.json')
  const found: unknown = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).name : undefined
  if (typeof found === 'string') return found
  throw new UserError(
    `Expected the config in the folder of the package that its files are published in; found no name of a package in ${displayPath(file)}.`,
  )
}

/** The path of a file from the root of a repository, with slashes. */
export function toRepositoryPath(root: string, file: string): string {
  return relative(root, file).split(sep).join('/')
}
