import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import type { OpenApiDocument } from '../document.ts'
import type { Git } from '../git.ts'
import { SpecError } from '../problem.ts'
import type { RuleSet } from '../rules.ts'
import { UserError } from '../user-error.ts'
import type { Base } from './find-base.ts'

/** Reads a spec by a set of rules. Throws `SpecError` where it cannot be read. */
export type ReadSpec = (file: string, rules: RuleSet) => Promise<OpenApiDocument>

/** Where one spec stands in a base, and how it is read. */
export interface SpecPlace {
  /** Its path in the repository, with slashes. */
  source: string
  /** Tells its path in the published package; `undefined` where that holds none. */
  published: () => Promise<string | undefined>
  packageName: string
  git: Git
  read: ReadSpec
}

/**
 * The spec as the base has it, by the rules that specs of others are held to: it may be older than a rule of ours.
 * `undefined` where the base does not have it yet. Throws where it cannot be read.
 */
export async function readBase(base: Base, place: SpecPlace): Promise<OpenApiDocument | undefined> {
  if (base.kind === 'file') return place.read(base.file, 'vendor')
  const folder = mkdtempSync(join(tmpdir(), 'spec-base-'))
  try {
    const file =
      base.kind === 'commit' ? checkOut(base.commit, place, folder) : await unpack(base.version, place, folder)
    return file === undefined ? undefined : await place.read(file, 'vendor')
  } catch (error) {
    throw error instanceof SpecError ? asOfBase(error, folder, base.label) : error
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Writes the spec and what lies beside it, which it may refer to. */
function checkOut(commit: string, { source, git }: SpecPlace, folder: string): string | undefined {
  const listed = git('ls-tree', '-r', '-z', '--name-only', '--full-tree', commit, `${dirname(source)}/`)
  const paths = listed.output.split('\0').filter((path) => path !== '')
  if (!listed.ok || !paths.includes(source)) return undefined
  for (const path of paths) {
    const target = join(folder, path)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, git('show', `${commit}:${path}`).output)
  }
  return join(folder, source)
}

async function unpack(
  version: string,
  { packageName, published }: SpecPlace,
  folder: string,
): Promise<string | undefined> {
  const wanted = `${packageName}@${version}`
  try {
    execFileSync('npm', ['pack', wanted, '--silent', '--pack-destination', folder], { stdio: 'pipe' })
    const [archive = ''] = readdirSync(folder)
    execFileSync('tar', ['-xzf', archive, 'package'], { cwd: folder, stdio: 'pipe' })
  } catch (error) {
    throw new UserError(
      `${wanted} could not be fetched from the registry: check the version (npm view ${packageName} versions) and the connection, or name a git ref or file with --base.`,
      { cause: error },
    )
  }
  const path = await published()
  const file = path && join(folder, 'package', path)
  return file && existsSync(file) ? file : undefined
}

/** Problems are told of the base, not of the temporary folder that it was written to. */
function asOfBase({ problems }: SpecError, folder: string, label: string): SpecError {
  const name = basename(folder)
  const place = (file: string) => `${label}: ${file.slice(file.indexOf(name) + name.length + 1)}`
  return new SpecError(problems.map((problem) => ({ ...problem, file: place(problem.file) })))
}
