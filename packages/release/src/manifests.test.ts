import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { packReleased, released, unpack } from 'packed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
let packed: string

beforeAll(async () => {
  packed = await mkdtemp(join(tmpdir(), 'minimo-packed-'))
  const tarballs = await packReleased({ to: packed })
  for (const name of released) {
    await mkdir(join(packed, name))
    await unpack(tarballs[`@minimo/${name}`] ?? '', join(packed, name))
  }
})

afterAll(() => rm(packed, { recursive: true }))

describe.each(released)('the packed %s', (name) => {
  const read = (path: string) => readFile(join(packed, name, path), 'utf8')
  const readManifest = async () => JSON.parse(await read('package.json')) as Record<string, Record<string, string>>

  it('depends on nothing but public packages of a version that a registry knows', async () => {
    const { dependencies = {}, peerDependencies = {}, ...others } = await readManifest()
    expect(Object.keys(others)).not.toEqual(expect.arrayContaining([expect.stringMatching(/dependencies$/i)]))
    const folders: string[] = await readdir(join(root, 'packages'))
    for (const [needed, range] of Object.entries({ ...dependencies, ...peerDependencies })) {
      expect(range).toMatch(/^(?:[\^~]|>=)?\d/)
      expect(folders, `${needed} is private`).not.toContain(needed)
    }
  })

  it('says what it is, where it comes from and what it needs', async () => {
    const manifest = await readManifest()
    const address = 'https://github.com/minimo-it/api-toolkit'
    expect(manifest).toMatchObject({
      name: `@minimo/${name}`,
      description: expect.stringMatching(/\.$/),
      keywords: expect.arrayContaining(['minimo']),
      license: 'MIT',
      repository: { type: 'git', url: `git+${address}.git`, directory: `packages/${name}` },
      homepage: `${address}/tree/main/packages/${name}#readme`,
      bugs: { url: `${address}/issues` },
      engines: { node: expect.stringMatching(/\d/) },
      sideEffects: false,
    })
    for (const field of ['scripts', 'size-limit']) expect(manifest).not.toHaveProperty(field)
  })

  it('links from its README to nothing that is only in the repository', async () => {
    const links = [...(await read('README.md')).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link)
    const relative = links.filter((link) => !/^(?:https:\/\/|#)/.test(link))
    expect(relative.filter((link) => !existsSync(join(packed, name, link)))).toEqual([])
  })
})
