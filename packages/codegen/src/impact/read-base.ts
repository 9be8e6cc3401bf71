import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import type { OpenApiDocument } from '../spec/document.ts'
import { type LoadOptions, loadSpec } from '../spec/load.ts'
import { SpecError } from '../spec/problem.ts'
import { UserError } from '../spec/user-error.ts'
import { toRepositoryPath, type Workspace } from './workspace.ts'

/** The texts that a spec was read from, by absolute path. */
export type Texts = ReadonlyMap<string, string>

/** One spec of a base. */
export interface BaseSpec {
  /** Its absolute path, where the base is a commit. */
  file: string
  /** How the base reads it, from where it stands now. */
  options: LoadOptions
  /** The texts of the same spec as it is now: where the base has them all, it is the same. */
  texts: Texts
  /** Tells its path in the published package; `undefined` where that holds none. */
  published: () => Promise<string | undefined>
}

/**
 * A spec as the base has it, by the rules that specs of others are held to: it may be older than a rule of ours.
 * `same` where it is what it is now, `undefined` where the base does not have it. Throws where it cannot be read.
 */
export async function readBaseSpec(
  workspace: Workspace,
  spec: BaseSpec,
): Promise<OpenApiDocument | 'same' | undefined> {
  const { base } = workspace
  if (base.kind === 'commit') return readCommittedSpec(workspace, spec)
  if (base.kind === 'published') return readPublished(workspace, base.version, spec)
  return isSameFile(base.file, spec) ? 'same' : loadSpec(base.file, 'vendor', spec.options)
}

/** One file of the same text is the same spec, unless it refers to what stands beside it. */
function isSameFile(file: string, { texts }: BaseSpec): boolean {
  const [text, ...others] = texts.values()
  return others.length === 0 && text === readFileSync(file, 'utf8')
}

/** Reads from the commit itself: the spec, and whatever it refers to, wherever that stands in the repository. */
async function readCommittedSpec(
  { root, git, base, readBase }: Workspace,
  { file, texts, options }: BaseSpec,
): Promise<OpenApiDocument | 'same' | undefined> {
  const inBase = (path: string) => toRepositoryPath(root, path)
  const isUnversioned = (path: string) => inBase(path).startsWith('../') || git('check-ignore', '--quiet', path).ok
  // Most of what the base refers to is what is referred to now, so one question to git answers most.
  const held = readBase([...new Set([file, ...texts.keys()])].map(inBase))
  if (!held.has(inBase(file))) return undefined
  if (texts.size > 0 && [...texts].every(([path, text]) => held.get(inBase(path)) === text || isUnversioned(path))) {
    return 'same'
  }
  const readText = async (path: string) => {
    const text = held.get(inBase(path)) ?? readBase([inBase(path)]).get(inBase(path))
    if (text !== undefined) return text
    if (isUnversioned(path)) return readFile(path, 'utf8')
    throw new Error(`${inBase(path)} is not in ${base.label}.`)
  }
  return loadSpec(file, 'vendor', { ...options, readText }).catch((error) => raiseAsOf(base.label, error, inBase))
}

async function readPublished(
  { base, packageName }: Workspace,
  version: string,
  { published, options: { accept } }: BaseSpec,
): Promise<OpenApiDocument | undefined> {
  const folder = mkdtempSync(join(tmpdir(), 'spec-base-'))
  try {
    unpack(`${packageName}@${version}`, folder)
    const path = await published()
    const file = path && join(folder, 'package', path)
    if (!file || !existsSync(file)) return undefined
    const shown = (path: string) => relative(join(folder, 'package'), path)
    return await loadSpec(file, 'vendor', { accept }).catch((error) => raiseAsOf(base.label, error, shown))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function unpack(wanted: string, folder: string): void {
  try {
    execFileSync('npm', ['pack', wanted, '--silent', '--pack-destination', folder], { stdio: 'pipe' })
    const [archive = ''] = readdirSync(folder)
    execFileSync('tar', ['-xzf', archive, 'package'], { cwd: folder, stdio: 'pipe' })
  } catch (error) {
    const name = wanted.slice(0, wanted.lastIndexOf('@'))
    throw new UserError(
      `${wanted} could not be fetched from the registry: check the version (npm view ${name} versions) and the connection, or name a git ref or file with --base.`,
      { cause: error },
    )
  }
}

/** Problems are told of the base, and not of a file as it is now, nor of a temporary folder. */
function raiseAsOf(label: string, error: unknown, shown: (path: string) => string): never {
  if (!(error instanceof SpecError)) throw error
  const place = (file: string) => `${label}: ${shown(resolve(file))}`
  throw new SpecError(error.problems.map((problem) => ({ ...problem, file: place(problem.file) })))
}
