import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { house, replacePiece } from './fixtures.ts'
import { writeFolder } from './write-folder.ts'

const identity = ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com']

/** Runs git in a folder, as somebody. */
export const runGit = (folder: string, ...args: string[]): string =>
  execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim()

/** Where the spec of such a repository stands. */
export const specPath = 'openapi/house.yaml'

/** A config of the house spec and of further APIs, each of `../openapi/<name>.yaml`. */
export const configFor = (...further: readonly string[]): string => `
import { defineSpec, emitDocument, emitOperations, emitTypes } from '${new URL('../src/index.ts', import.meta.url)}'

export const specs = [
  {
    name: 'house',
    source: '../${specPath}',
    rules: 'house',
    emitters: [
      emitTypes({ path: 'gen/schema.ts' }),
      emitOperations({ path: 'gen/operations.ts', types: './schema.ts' }),
      emitDocument({ path: 'openapi.yaml' }),
    ],
  },
${further.map((name) => `  defineSpec({ name: '${name}', source: '../openapi/${name}.yaml', rules: 'vendor' }),\n`).join('')}]
`

/** What a repository begins with. */
export interface RepositoryOptions {
  /** The version of its package. Default: 1.0.0. */
  version?: string
  /** More files, by their paths. */
  files?: Record<string, string>
}

/**
 * A repository on `main` with the house spec, a package `@house/types` that is generated from it, and changesets, all
 * committed. It is gone when the test has finished.
 */
export function createRepository({ version = '1.0.0', files = {} }: RepositoryOptions = {}): string {
  const folder = writeFolder({
    [specPath]: house,
    '.changeset/config.json': JSON.stringify({ fixed: [['@house/types', '@house/client']] }),
    'types/codegen.config.ts': configFor(),
    'types/package.json': JSON.stringify({ name: '@house/types', version, type: 'module' }),
    ...files,
  })
  runGit(folder, 'init', '--quiet', '--initial-branch=main')
  commitAll(folder)
  return folder
}

/** Commits everything there is. */
export function commitAll(folder: string): void {
  runGit(folder, 'add', '--all')
  runGit(folder, 'commit', '--quiet', '--message', 'step')
}

/** Replaces a piece of a repository's spec. */
export function editSpec(folder: string, piece: string, replacement: string): void {
  const file = join(folder, specPath)
  writeFileSync(file, replacePiece(readFileSync(file, 'utf8'), piece, replacement))
}
