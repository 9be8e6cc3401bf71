import { existsSync } from 'node:fs'
import { appendFile, cp, glob, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { released, run } from 'packed'

/** The packages that are released, by name. */
export const releasedPackages = released.map((folder) => `@minimo/${folder}`)

/** What became of a command. */
export interface Outcome {
  /** Whether it exited with 0. */
  ok: boolean
  /** Everything it printed. */
  output: string
}

/** A workspace to run commands in, with its dependencies installed. */
export interface Workspace {
  folder: string
  /** Runs pnpm, at the root, and gives what it printed to stdout. Rejects, quoting its output, when it fails. */
  pnpm(...args: string[]): Promise<string>
  /** Runs pnpm to its end, whatever its exit code. Rejects when it does not exit by itself. */
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
  cancelSignal?: AbortSignal
}

/** Runs commands in a folder. */
export function openWorkspace(folder: string, options: Pick<CopyOptions, 'cancelSignal'> = {}): Workspace {
  const at = { cwd: folder, ...options }
  return {
    folder,
    pnpm: async (...args) => (await run('pnpm', args, at)).stdout,
    attempt: async (...args) => {
      const result = await run('pnpm', args, { ...at, reject: false })
      if (result.exitCode === undefined) throw result
      return { ok: result.exitCode === 0, output: result.all }
    },
    git: async (...args) => (await run('git', args, at)).stdout,
  }
}

/** Copies the working tree as it is, committed or not, as the first commit of a repository of its own. */
export async function copyWorkingTree({ from, to, registry, ...options }: CopyOptions): Promise<Workspace> {
  const listed = await openWorkspace(from).git('ls-files', '-z', '--cached', '--others', '--exclude-standard')
  // A file that was deleted, but not committed so, is still listed.
  const files = listed.split('\0').filter((file) => file !== '' && existsSync(join(from, file)))
  for (const folder of new Set(files.map((file) => dirname(file)))) await mkdir(join(to, folder), { recursive: true })
  await Promise.all(files.map((file) => cp(join(from, file), join(to, file), { verbatimSymlinks: true })))
  const workspace = openWorkspace(to, options)
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
  await withholdOthers(to)
  await commitAll(workspace, 'The working tree as it is')
  return prepare(workspace, registry)
}

/** Checks the current commit out in another folder, with all branches and tags. `closeCheckout` removes it again. */
export async function checkOut({ from, to, registry, ...options }: CopyOptions): Promise<Workspace> {
  await openWorkspace(from, options).git('worktree', 'add', '--quiet', '--detach', to, 'HEAD')
  await withholdOthers(to)
  return prepare(openWorkspace(to, options), registry)
}

/** Removes a folder that `checkOut` made; one that it could not make is no error. */
export async function closeCheckout({ from, to }: Pick<CopyOptions, 'from' | 'to'>): Promise<void> {
  await run('git', ['worktree', 'remove', '--force', to], { cwd: from, reject: false })
}

/** Commits everything in the working tree. */
export async function commitAll({ git }: Workspace, message: string): Promise<void> {
  await git('add', '--all')
  await git('commit', '--quiet', '--message', message)
}

/**
 * Makes every package of a workspace private that is none of those released together, such as the one of another API:
 * `changeset publish` would send it to the registry that its own scope has, which is a real one.
 */
export async function withholdOthers(folder: string): Promise<void> {
  for await (const file of glob('packages/*/package.json', { cwd: folder })) {
    const path = join(folder, file)
    const manifest = JSON.parse(await readFile(path, 'utf8'))
    if (manifest.private === true || releasedPackages.includes(manifest.name)) continue
    await writeFile(path, `${JSON.stringify({ ...manifest, private: true }, null, 2)}\n`)
  }
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
