import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { house, replacePiece } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { emitOperations } from '../emitters/operations.ts'
import type { SpecConfig } from '../spec/config.ts'
import { generate } from '../spec/generate.ts'
import { nextSteps } from './next-steps.ts'

const changeset = '`npx --yes pnpm@12.21.0 spec:changeset` writes the changeset.'
const byHand = [
  { path: 'hands', what: 'a method' },
  { path: '../feet', what: 'a handler' },
]

/** What is told of a spec whose table is that of another one, or of none. */
async function stepsFrom(before: string | undefined, after: string, hands: SpecConfig['byHand'] = byHand) {
  const folder = writeFolder({ 'spec.yaml': after, ...(before !== undefined && { 'table.ts': before }) })
  const emitters = [emitOperations({ path: 'table.ts', types: './types.ts' })]
  const cwd = process.cwd()
  process.chdir(folder)
  onTestFinished(() => process.chdir(cwd))
  const spec: SpecConfig = { name: 'house', source: 'spec.yaml', rules: 'house', emitters, byHand: hands }
  return nextSteps(await generate([spec], join(folder, 'codegen.config.ts')))
}

async function tableOf(spec: string): Promise<string> {
  const folder = writeFolder({ 'spec.yaml': spec })
  const emitters = [emitOperations({ path: 'table.ts', types: './types.ts' })]
  const [file] = await generate(
    [{ name: 'house', source: 'spec.yaml', rules: 'house', emitters }],
    join(folder, 'a.ts'),
  )
  return file?.text ?? ''
}

test('operations that came and went are named, with what each has by hand and what to run', async () => {
  const renamed = replacePiece(house, 'updateGuest', 'changeGuest')
  expect(await stepsFrom(await tableOf(house), renamed)).toEqual([
    'Operations new: changeGuest; gone: updateGuest. Each has by hand:',
    '  hands: a method',
    '  ../feet: a handler',
    '`npx --yes pnpm@12.21.0 gaps` names what is missing.',
    changeset,
  ])
})

test('where only the operations themselves changed, the changeset is what is left', async () => {
  const changed = replacePiece(house, '      x-retry: safe\n', '      x-retry: never\n')
  expect(await stepsFrom(await tableOf(house), changed)).toEqual([changeset])
})

test('a table that is not there, or cannot be read, is no reason to stop', async () => {
  expect(await stepsFrom(undefined, house)).toEqual([changeset])
  expect(await stepsFrom('<<<<<<< HEAD\n', house)).toEqual([changeset])
})

test('a spec that nobody wrote anything for leaves nothing to do', async () => {
  expect(await stepsFrom(await tableOf(house), replacePiece(house, 'updateGuest', 'changeGuest'), [])).toEqual([])
})

test('the folders that are named for our API are there', async () => {
  const config = fileURLToPath(new URL('../../../api-types/codegen.config.ts', import.meta.url))
  const { specs }: { specs: SpecConfig[] } = await import(pathToFileURL(config).href)
  const paths = specs.flatMap((spec) => (spec.byHand ?? []).map(({ path }) => resolve(dirname(config), path)))
  expect(paths.length).toBeGreaterThan(0)
  expect(paths.filter((path) => !existsSync(path))).toEqual([])
})
