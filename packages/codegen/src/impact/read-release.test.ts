import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitAll, createRepository, editSpec, runGit } from '../../test/create-repository.ts'
import { appliedBump, linkFromChangelog, readRelease } from './read-release.ts'
import { openWorkspace } from './workspace.ts'

test.each([
  ['1.2.3', '1.2.3', 'none'],
  ['1.2.3', '0.9.0', 'none'],
  ['1.2.3', '1.2.4', 'patch'],
  ['1.2.3', '1.3.0', 'minor'],
  ['1.2.3', '2.0.0', 'major'],
  ['0.0.0', '1.0.0', 'major'],
  ['1.2.3', '2.0.0-next.1', 'major'],
  [undefined, '2.0.0', 'none'],
  ['1.2.3', 'workspace', 'none'],
])('from %s to %s the version has moved by a %s', (base, version, bump) => {
  expect(appliedBump(base, version)).toBe(bump)
})

const release = async (folder: string, base?: string) =>
  readRelease(await openWorkspace({ configFile: join(folder, 'types/codegen.config.ts'), base }))

test('the packages released together are those that the changeset config fixes, the config’s own first', async () => {
  const fixed = '{ "fixed": [["other"], ["@house/client", "@house/types"]] }'
  const files = {
    '.changeset/config.json': fixed,
    '.changeset/README.md': 'How to.',
    '.changeset/calm-cats.md': 'text',
  }
  const folder = createRepository({ files })
  writeFileSync(join(folder, '.changeset/new-cats.md'), 'new')
  const earlier = [{ name: 'calm-cats.md', text: 'text' }]
  expect(await release(folder)).toMatchObject({
    packages: ['@house/types', '@house/client'],
    pending: { files: [...earlier, { name: 'new-cats.md', text: 'new' }], earlier, merged: ['calm-cats.md'] },
    applied: 'none',
    isMerged: false,
    isSinceRelease: false,
  })
})

test('what the version has moved is told from the base: its tag, or the package as it was', async () => {
  const folder = createRepository({ version: '1.0.0' })
  const version = (text: string) =>
    writeFileSync(join(folder, 'types/package.json'), `{ "name": "@house/types", "version": "${text}" }`)
  version('1.1.0')
  expect(await release(folder)).toMatchObject({ applied: 'minor', isSinceRelease: false })
  runGit(folder, 'tag', '@house/types@0.9.0')
  expect(await release(folder)).toMatchObject({ applied: 'major', isSinceRelease: true })
})

test('on main without an edit, what its last commit brought is merged', async () => {
  const folder = createRepository({ files: { '.changeset/a.md': 'a' } })
  editSpec(folder, 'Returns the guest', 'Gives the guest')
  writeFileSync(join(folder, '.changeset/b.md'), 'b')
  commitAll(folder)
  expect(await release(folder)).toMatchObject({
    isMerged: true,
    pending: { earlier: [{ name: 'a.md' }], merged: ['a.md', 'b.md'] },
  })
})

test('no repository and no changeset folder are told with what to do', async () => {
  const folder = createRepository()
  renameSync(join(folder, '.changeset'), join(folder, 'gone'))
  await expect(release(folder)).rejects.toThrow('run `npx --yes pnpm@12.21.0 changeset init`')
  rmSync(join(folder, '.git'), { recursive: true })
  await expect(release(folder)).rejects.toThrow('This is no git repository')
})

test('a changelog finds a file of the package beside its own package', () => {
  expect(linkFromChangelog('/a/packages/types', '/a/packages/types/src/openapi.yaml')).toBe('../types/src/openapi.yaml')
})
