import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { publishSnapshot } from './snapshot.ts'
import { openWorkspace } from './workspace-copy.ts'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimo-release-test-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

/** Starts the program with temporary folders in `folder`. */
const start = (...args: string[]) =>
  run(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { TMPDIR: folder },
    reject: false,
    // It is to clear away in its own time.
    forceKillAfterDelay: false,
  })

const leftBehind = async () => (await readdir(folder)).filter((name) => name.startsWith('minimo-'))

describe('the command line', () => {
  it('shows its manual for what it does not understand', async () => {
    for (const args of [[], ['snapshot', '--tga', 'x'], ['rehearse', 'now'], ['take-out', 'import'], ['publish']]) {
      const { exitCode, stdout, stderr } = await start(...args)
      expect([exitCode, stdout, stderr.slice(0, 6)], args.join(' ')).toEqual([2, '', 'Usage:'])
    }
    expect(await start('--help')).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('says why a snapshot was not published', async () => {
    for (const args of [[], ['--tag', 'latest']]) {
      const { exitCode, stdout, stderr } = await start('snapshot', ...args)
      expect([exitCode, stdout]).toEqual([1, ''])
      expect(stderr).toMatch(/^--tag(?: latest)?: expected .*\n\nNothing was published\.$/)
    }
    expect(await leftBehind()).toEqual([])
  })

  it('says why an app was not taken out', async () => {
    const { exitCode, stdout, stderr } = await start('take-out', 'qickstart', folder)
    expect([exitCode, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^take-out: expected an app \(.*quickstart.*\), found qickstart\.$/)
  })

  it('clears away what a rehearsal has begun when it is interrupted', async () => {
    const program = start('rehearse')
    await new Promise<void>((resolve) => {
      program.stdout.on('data', (text) => String(text).includes('✓ start a registry') && resolve())
    })
    expect(await leftBehind()).toHaveLength(1)
    program.kill('SIGTERM')
    expect(await program).toMatchObject({ exitCode: 1, stderr: 'Interrupted.' })
    expect(await leftBehind()).toEqual([])
  })
})

describe('a snapshot is refused', () => {
  const publishFrom = (root: string, tag: string, registry?: string) =>
    publishSnapshot({ root, tag, registry, folder: join(folder, 'checkout') })

  it('under a tag that is missing, invalid, latest or like a version', async () => {
    for (const tag of ['', 'latest', 'Try', 'try it', 'try_it', 'try.it', '-try', '1', '1.2.0', 'v1', 'v1-try', 'x']) {
      await expect(publishFrom(folder, tag), tag).rejects.toMatchObject({
        name: 'SnapshotError',
        message: expect.stringMatching(/^--tag.*: expected a name in lower-case letters/),
      })
    }
  })

  it('to a registry that is no URL', async () => {
    for (const registry of ['', 'registry', 'file:///registry', 'localhost:4873']) {
      await expect(publishFrom(folder, 'try-it', registry), registry).rejects.toMatchObject({
        name: 'SnapshotError',
        message: expect.stringContaining('expected a URL such as https://'),
      })
    }
  })

  it('outside of a repository, in the words of git', async () => {
    await expect(publishFrom(folder, 'try-it')).rejects.toThrow('not a git repository')
  })

  it('from a tree with uncommitted files, which it names', async () => {
    const root = join(folder, 'repository')
    await mkdir(root)
    await openWorkspace(root).git('init', '--quiet')
    await writeFile(join(root, 'openapi.yaml'), '')
    await expect(publishFrom(root, 'try-it')).rejects.toMatchObject({
      name: 'SnapshotError',
      message: expect.stringMatching(/commit first\.\n\?\? openapi\.yaml$/),
    })
  })
})
