import { spawnSync } from 'node:child_process'
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { configFor, createRepository, specPath } from '../../test/create-repository.ts'
import { house, replacePiece } from '../../test/fixtures.ts'

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

/** Compares with the last commit, in a process of its own: a test runner loads modules its own way. */
function diff(folder: string, ...options: string[]) {
  const args = [cli, 'diff', 'types/codegen.config.ts', '--format', 'json', '--base', 'HEAD', ...options]
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout)
}

const files = { 'openapi/barn.yaml': house, 'types/codegen.config.ts': configFor('barn') }
const configure = (folder: string, text: string) => writeFileSync(join(folder, 'types/codegen.config.ts'), text)

const operationIds = ['getGuest', 'updateGuest']

test('an API that is taken out of the config is gone, even if its spec is still there, and even if it was the last', () => {
  const folder = createRepository({ files })
  configure(folder, configFor())
  const removed = { bump: 'major', id: 'api-removed', api: 'barn', operationIds }
  expect(diff(folder)).toMatchObject({
    bump: 'major',
    sources: [specPath, 'openapi/barn.yaml'],
    operations: [
      { id: 'getGuest', api: 'barn' },
      { id: 'updateGuest', api: 'barn' },
    ],
    changes: [removed],
  })
  rmSync(join(folder, 'openapi/barn.yaml'))
  expect(diff(folder, '--spec', 'barn')).toMatchObject({ changes: [removed] })
  expect(diff(folder, '--spec', 'house')).toMatchObject({ bump: 'none' })
  configure(folder, 'export const specs = []')
  expect(diff(folder).changes).toMatchObject([{ id: 'api-removed', api: 'house' }, removed])
})

test('an API that is added is one change, whatever it holds', () => {
  const folder = createRepository()
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  expect(diff(folder)).toMatchObject({ bump: 'minor', changes: [{ id: 'api-added', api: 'barn', operationIds }] })
})

test('a spec that has moved is compared with what it was, and another name is told', () => {
  const folder = createRepository({ files })
  renameSync(join(folder, 'openapi/barn.yaml'), join(folder, 'openapi/stable.yaml'))
  const moved = configFor('barn').replace('openapi/barn.yaml', 'openapi/stable.yaml')
  configure(folder, moved)
  expect(diff(folder)).toMatchObject({ bump: 'none' })
  writeFileSync(join(folder, 'openapi/stable.yaml'), replacePiece(house, 'required: [id, email]', 'required: [id]'))
  expect(diff(folder)).toMatchObject({ bump: 'major' })
  renameSync(join(folder, 'openapi/stable.yaml'), join(folder, 'openapi/barn.yaml'))
  writeFileSync(join(folder, 'openapi/barn.yaml'), house)
  configure(folder, configFor('barn').replace("name: 'barn'", "name: 'stable'"))
  expect(diff(folder)).toMatchObject({ bump: 'major', changes: [{ id: 'api-renamed', api: 'stable' }] })
})

test('a config of the base that cannot be run any more is told, and the specs are compared all the same', () => {
  const broken = configFor().replaceAll('emitTypes', 'emitOlderTypes')
  const folder = createRepository({ files: { 'types/codegen.config.ts': broken } })
  configure(folder, configFor())
  writeFileSync(join(folder, specPath), replacePiece(house, 'required: [id, email]', 'required: [id]'))
  const { bump, notes } = diff(folder)
  expect(bump).toBe('major')
  expect(notes[0]).toMatch(
    /^types\/codegen\.config\.ts as of HEAD cannot be run any more \(SyntaxError: .*emitOlderTypes/,
  )
})
