import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { withholdOthers } from './workspace-copy.ts'

it('a copy to release from holds no public package but those that are released together', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'minimo-copy-'))
  const fileOf = (name: string) => join(folder, 'packages', name, 'package.json')
  const manifests = { client: { name: '@minimo/client' }, pets: { name: '@acme/pets' }, bench: { private: true } }
  for (const [name, manifest] of Object.entries(manifests)) {
    await mkdir(join(folder, 'packages', name), { recursive: true })
    await writeFile(fileOf(name), JSON.stringify(manifest))
  }
  await withholdOthers(folder)
  const read = async (name: string) => JSON.parse(await readFile(fileOf(name), 'utf8'))
  expect(await read('client')).toEqual({ name: '@minimo/client' })
  expect(await read('pets')).toEqual({ name: '@acme/pets', private: true })
  expect(await read('bench')).toEqual({ private: true })
  await rm(folder, { recursive: true })
})
