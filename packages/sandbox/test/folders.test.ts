import { globSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { expect, test } from 'vitest'

const source = join(import.meta.dirname, '../src')
const [, table = ''] = readFileSync(join(source, '../README.md'), 'utf8').split('## Folders of `src`')

/** From the top; the files beside the folders stand above them all. */
const layers = ['.', ...Array.from(table.matchAll(/^\| `(.+?)` /gm), ([, folder = '']) => folder)]

/** Each import between two folders, by the file that has it. */
const imports = globSync('**/*.ts', { cwd: source, exclude: ['**/*.test.ts'] }).flatMap((path) => {
  const file = path.replaceAll('\\', '/')
  const specifiers = readFileSync(join(source, file), 'utf8').matchAll(/ from '(\..+)'/g)
  const from = posix.dirname(file)
  return Array.from(specifiers, ([, to = '']) => ({ file, from, to: posix.dirname(posix.join(from, to)) }))
})

test('the README lists every folder, and no other', () => {
  expect([...new Set(imports.flatMap(({ from, to }) => [from, to]))].sort()).toEqual(layers.toSorted())
})

test('a folder imports only from folders that the README lists below it', () => {
  const upward = imports.filter(({ from, to }) => layers.indexOf(to) < layers.indexOf(from))
  expect(upward.map(({ file, to }) => `src/${file} imports from src/${to}, which README.md lists above`)).toEqual([])
})
