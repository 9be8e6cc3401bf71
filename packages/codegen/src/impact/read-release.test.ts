import { join } from 'node:path'
import { expect, test } from 'vitest'
import { runGit } from '../../test/create-repository.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { appliedBump, readRelease } from './read-release.ts'

const types = '@minimo/api-types'

test.each([
  [`${types}@1.2.3`, '1.2.3', 'none'],
  [`${types}@1.2.3`, '0.9.0', 'none'],
  [`${types}@1.2.3`, '1.2.4', 'patch'],
  [`${types}@1.2.3`, '1.3.0', 'minor'],
  [`${types}@1.2.3`, '2.0.0', 'major'],
  [`${types}@1.2.3`, '2.0.0-next.1', 'major'],
  ['0a1b2c3d4e, where this left main', '2.0.0', 'none'],
])('from %s to %s the version has moved by a %s', (base, version, bump) => {
  expect(appliedBump(base, version)).toBe(bump)
})

test('the packages released together are those that the changeset config fixes, the config’s own first', () => {
  const folder = writeFolder({
    '.changeset/config.json': `{ "fixed": [["other"], ["@minimo/client", "${types}"]] }`,
    '.changeset/README.md': 'How to.',
    '.changeset/calm-cats.md': 'text',
    'codegen.config.ts': '',
    'package.json': `{ "name": "${types}", "version": "1.2.3" }`,
  })
  runGit(folder, 'init', '--quiet')
  expect(readRelease(join(folder, 'codegen.config.ts'))).toMatchObject({
    packages: [types, '@minimo/client'],
    version: '1.2.3',
    existing: [{ name: 'calm-cats.md', text: 'text' }],
  })
})

test('no repository and no changeset folder are told with what to do', () => {
  const folder = writeFolder({ 'package.json': '{}' })
  expect(() => readRelease(join(folder, 'codegen.config.ts'))).toThrow('This is no git repository')
  runGit(folder, 'init', '--quiet')
  expect(() => readRelease(join(folder, 'codegen.config.ts'))).toThrow('run `pnpm changeset init`')
})
