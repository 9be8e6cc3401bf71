import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitAll, runGit } from '../../test/create-repository.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { createReadCommit } from './read-commit.ts'

test('files are read as they were committed, from wherever, with what is not there left out', () => {
  const files = {
    'a.yaml': '\n  a: 1 \n\n',
    'with space/b.yaml': 'è blob 12\n',
    'empty.yaml': '',
    'crlf.yaml': 'a: 1\r\n',
  }
  const folder = writeFolder(files)
  symlinkSync('a.yaml', join(folder, 'link.yaml'))
  symlinkSync('/nowhere', join(folder, 'outside.yaml'))
  symlinkSync('gone.yaml', join(folder, 'dangling.yaml'))
  runGit(folder, 'init', '--quiet')
  commitAll(folder)
  writeFileSync(join(folder, 'a.yaml'), 'a: 2')
  mkdirSync(join(folder, 'below'))
  const read = createReadCommit(join(folder, 'below'), runGit(folder, 'rev-parse', 'HEAD'))
  const missing = [
    'gone.yaml',
    'with space',
    'outside.yaml',
    'dangling.yaml',
    'a.yaml/b.yaml',
    'line\nbreak',
    '../x.yaml',
  ]
  const found = read([...missing, ...Object.keys(files), 'link.yaml', ...missing])
  expect(Object.fromEntries(found)).toEqual({ ...files, 'link.yaml': files['a.yaml'] })
})

test('outside of a repository nothing is found', () => {
  expect(createReadCommit(writeFolder({}), 'HEAD')(['a.yaml'])).toEqual(new Map())
})
