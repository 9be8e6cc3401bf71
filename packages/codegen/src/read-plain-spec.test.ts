import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { house, replacePiece } from '../test/fixtures.ts'
import { writeFolder } from '../test/write-folder.ts'
import { loadSpec } from './load.ts'
import { readPlainSpec } from './read-plain-spec.ts'

test('a sound document of one file is what the linter’s reader gives', async () => {
  const minimo = fileURLToPath(new URL('../../../openapi/minimo.yaml', import.meta.url))
  expect(readPlainSpec(minimo)).toEqual(await loadSpec(minimo, 'house'))
})

test('JSON is read as well', async () => {
  const folder = writeFolder({ 'spec.yaml': house })
  const document = await loadSpec(join(folder, 'spec.yaml'), 'house')
  const json = writeFolder({ 'spec.json': JSON.stringify(document) })
  expect(readPlainSpec(join(json, 'spec.json'))).toEqual(document)
})

test.each([
  ['a file that is not there', undefined],
  ['what is no YAML', 'openapi: [3.1'],
  ['what is no OpenAPI', 'swagger: "2.0"\npaths: {}\n'],
  ['a document without paths', 'openapi: 3.1.0\n'],
  ['an empty file', ''],
  ['a list', '- openapi: 3.1.0\n'],
  ['a document that refers to another file', replacePiece(house, '#/components/schemas/Guest', './guest.yaml')],
  ['an anchor that holds itself', 'openapi: 3.1.0\npaths: &a { b: *a }\n'],
])('%s is left to the linter’s reader', (_, text) => {
  const folder = writeFolder(text === undefined ? {} : { 'spec.yaml': text })
  expect(readPlainSpec(join(folder, 'spec.yaml'))).toBeUndefined()
})
