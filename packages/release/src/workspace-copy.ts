import { existsSync } from 'node:fs'
import { appendFile, cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { attempt, type Outcome, type RunOptions, run } from './run.ts'

/** The packages that are released, by folder in `packages`; they share one version. */
export const releasedFolders = ['api-types', 'client', 'sandbox'] as const

/** The packages that are released, by name. */
export const releasedPackages = releasedFolders.map((folder) => `@minimo/${folder}`)

/** A workspace to run commands in, with its dependencies installed. */
export interface Workspace {
  folder: string
  /** Runs pnpm, at the root, and gives what it printed to stdout. Rejects, quoting its output, when it fails. */
  pnpm(...args: string[]): Promise<string>
  /** Runs pnpm to its end, whatever its exit code. */
  attempt(...args: string[]): Promise<Outcome>
  /** Runs git and gives what it printed to stdout, without the line break at the end. Rejects when it fails. */
  git(...args: string[]): Promise<string>
}

/** What to copy, and where to. */
export interface CopyOptions {
  /** The root of the workspace that is copied; a git repository. */
  from: string
  /** The folder of the copy; it must not exist yet. */
  to: string
  /** Of the registry that `@minimo` packages are published to; all else comes from where this machine looks. */
  registry?: string | undefined
  signal?: AbortSignal | undefined
}

/** Runs commands in a folder. */
export function openWorkspace(folder: string, options: Omit<RunOptions, 'cwd'> = {}): Workspace {
  const at = { ...options, cwd: folder }
  return {
    folder,
    pnpm: (...args) => run('pnpm', args, at),
    attempt: (...args) => attempt('pnpm', args, at),
    git: async (...args) => (await run('git', args, at)).trimEnd(),
  }
}

/** Copies the working tree as it is, committed or not, as the first commit of a repository of its own. */
export async function copyWorkingTree({ from, to, registry, signal }: CopyOptions): Promise<Workspace> {
  const listed = await run('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: from,
    signal,
  })
  // A file that was deleted, but not committed so, is still listed.
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(from, file)))
  for (const folder of new Set(files.map((file) => dirname(file)))) await mkdir(join(to, folder), { recursive: true })
  await Promise.all(files.map((file) => cp(join(from, file), join(to, file), { verbatimSymlinks: true })))
  const workspace = openWorkspace(to, { signal })
  await workspace.git('init', '--quiet', '--initial-branch=main')
  // Neither the name, the keys nor the hooks of whoever runs this.
  const settings = {
    'user.name': 'Rehearsal',
    'user.email': 'rehearsal@localhost',
    'commit.gpgSign': 'false',
    'tag.gpgSign': 'false',
    'core.hooksPath': '.git/hooks',
  }
  for (const [name, value] of Object.entries(settings)) await workspace.git('config', name, value)
  await appendFile(join(to, '.git/info/exclude'), '\n.npmrc\n')
  await commitAll(workspace, 'The working tree as it is')
  return prepare(workspace, registry)
}

/** Checks the current commit out in another folder, with all branches and tags. `closeCheckout` removes it again. */
export async function checkOut({ from, to, registry, signal }: CopyOptions): Promise<Workspace> {
  await run('git', ['worktree', 'add', '--quiet', '--detach', to, 'HEAD'], { cwd: from, signal })
  return prepare(openWorkspace(to, { signal }), registry)
}

/** Removes a folder that `checkOut` made; one that it could not make is no error. */
export async function closeCheckout({ from, to }: Pick<CopyOptions, 'from' | 'to'>): Promise<void> {
  await attempt('git', ['worktree', 'remove', '--force', to], { cwd: from })
}

/** Commits everything in the working tree. */
export async function commitAll({ git }: Workspace, message: string): Promise<void> {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', message)
}

async function prepare(workspace: Workspace, registry: string | undefined): Promise<Workspace> {
  if (registry !== undefined) await useRegistry(workspace.folder, registry)
  await workspace.pnpm('install', '--frozen-lockfile', '--prefer-offline')
  return workspace
}

/** Lets pnpm look for `@minimo` packages in a registry, in a folder. */
export async function useRegistry(folder: string, url: string): Promise<void> {
  const file = join(folder, '.npmrc')
  const text = existsSync(file) ? await readFile(file, 'utf8') : ''
  await writeFile(file, `${text}\n@minimo:registry=${url.replace(/\/?$/, '/')}\n`.trimStart())
}
