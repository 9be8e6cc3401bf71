import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packReleased, run } from 'packed'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { listApps, takeOut } from './take-out.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const apps = await listApps(root)
vi.setConfig({ maxConcurrency: availableParallelism() })

/** A partner's machine: a folder for the apps, the packages that are released, and what is in the environment. */
let machine: { folder: string; tarballs: string[]; env: NodeJS.ProcessEnv }

/** What a program needs of this machine. All else here may lead into the workspace, or hold a key. */
const passed = /^(?:CI|HOME|LANG|LC_ALL|TMPDIR|USER|(?:HTTPS?|NO)_PROXY|NODE_EXTRA_CA_CERTS|SSL_CERT_FILE)$/i

/** This machine's environment as it is outside of the workspace, with the Node that runs this. */
async function leaveWorkspace(bin: string): Promise<NodeJS.ProcessEnv> {
  await mkdir(bin)
  await symlink(process.execPath, join(bin, 'node'))
  const path = (process.env.PATH ?? '').split(delimiter).filter((entry) => !entry.includes('node_modules'))
  const kept = Object.entries(process.env).filter(([name]) => passed.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1', PATH: [bin, ...path].join(delimiter) }
}

const at = (folder: string) => ({ cwd: join(machine.folder, folder), env: machine.env, extendEnv: false })

beforeAll(async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'minimo-apps-')))
  // PostgreSQL never runs as root: where this does, another user has to reach its program.
  await chmod(folder, 0o755)
  const env = await leaveWorkspace(join(folder, 'bin'))
  machine = { folder, tarballs: Object.values(await packReleased({ to: folder })), env }
  for (const { name } of apps) await takeOut({ root, app: name, to: join(folder, name) })
})

afterAll(() => rm(machine.folder, { recursive: true, force: true }))

describe.each(apps)('the app $name, taken out', ({ name, description }) => {
  it('says in a sentence what it does', () => {
    expect(description).toMatch(/^[A-Z].*\.$/)
  })

  it('brings every file that is kept of it', async () => {
    const { stdout } = await run('git', ['ls-files', '-z', '--cached'], { cwd: join(root, 'apps', name) })
    // npm packs no .gitignore.
    const files = stdout.split('\0').filter((file) => file !== '' && !file.endsWith('.gitignore'))
    expect(files.filter((file) => !existsSync(join(machine.folder, name, file)))).toEqual([])
  })

  it('names packages that a registry knows, and no tool of the workspace', async () => {
    const manifest = await readFile(join(machine.folder, name, 'package.json'), 'utf8')
    expect(manifest).not.toMatch(/workspace:|catalog:|turbo|pnpm/)
  })
})

it('nothing of the workspace is in reach of a partner', async () => {
  const folders = (folder: string): string[] =>
    folder === dirname(folder) ? [folder] : [folder, ...folders(dirname(folder))]
  const above = folders(machine.folder).flatMap((folder) =>
    ['node_modules', 'package.json'].map((name) => join(folder, name)),
  )
  expect(above.filter((path) => existsSync(path))).toEqual([])
  const variables = Object.entries(machine.env).filter(
    ([, value]) => value?.includes(root) || value?.includes('node_modules'),
  )
  expect(variables).toEqual([])
  for (const tool of ['turbo', 'tsc', 'vitest'])
    await expect(run(tool, ['--version'], at('.'))).rejects.toMatchObject({ code: 'ENOENT' })
})

describe.concurrent('on a machine with only Node and npm', () => {
  it.each(apps)('$name installs, compiles and passes its tests', { timeout: 900_000 }, async ({ name }) => {
    const { tarballs, folder } = machine
    const install = ['install', '--prefer-offline', '--no-audit', '--no-fund', '--no-save']
    // What npm would fetch by version, which need not be published yet.
    await run('npm', [...install, ...tarballs], at(name))
    for (const released of await readdir(join(folder, name, 'node_modules/@minimo')))
      expect(await realpath(join(folder, name, 'node_modules/@minimo', released))).toContain(join(folder, name))
    await run('npm', ['run', 'check'], at(name))
    await run('npm', ['test'], at(name))
  })
})

describe('an app is not taken out', () => {
  it('to a folder with files in it', async () => {
    await mkdir(join(machine.folder, 'mine'))
    await writeFile(join(machine.folder, 'mine/notes.md'), 'mine')
    const taken = takeOut({ root, app: 'quickstart', to: join(machine.folder, 'mine') })
    await expect(taken).rejects.toMatchObject({
      name: 'TakeOutError',
      message: expect.stringContaining('empty folder'),
    })
    expect(await readdir(join(machine.folder, 'mine'))).toEqual(['notes.md'])
  })

  it('by a name that none has, which tells the names there are', async () => {
    const taken = takeOut({ root, app: 'release', to: join(machine.folder, 'none') })
    await expect(taken).rejects.toMatchObject({ name: 'TakeOutError', message: expect.stringContaining('quickstart') })
    expect(existsSync(join(machine.folder, 'none'))).toBe(false)
  })
})
