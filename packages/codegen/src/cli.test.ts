import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { house, replacePiece } from '../test/fixtures.ts'
import { runInside } from '../test/run-command.ts'
import { writeFolder } from '../test/write-folder.ts'
import { runProgram } from './commands/run-program.ts'

const cli = fileURLToPath(new URL('cli.ts', import.meta.url))
const usage = 'Usage: codegen generate CONFIG [--check]'
const broken = replacePiece(house, 'x-retry: safe', 'x-retry: always')
const brokenLine = (file: string) =>
  `${file}:26:16  Expected \`x-retry\` to be \`safe\` or \`never\`; found "always". (extension-values)`
const generated = ['openapi.yaml', 'operations.ts', 'schema.ts']

/** A config that generates all there is of each spec, into a folder named after it. */
const configFor = (...names: string[]) => `
import { emitDocument, emitOperations, emitTypes } from '${new URL('index.ts', import.meta.url)}'

export const specs = ${JSON.stringify(names)}.map((name) => ({
  name,
  source: name + '.yaml',
  rules: 'house',
  emitters: [
    emitTypes({ path: name + '/schema.ts' }),
    emitOperations({ path: name + '/operations.ts', types: './schema.ts' }),
    emitDocument({ path: name + '/openapi.yaml' }),
  ],
}))
`

/** A folder with a config and the house spec as it is. */
const writeHouse = () => writeFolder({ 'codegen.config.ts': configFor('house'), 'house.yaml': house })

/** In this process, since loading the program takes longer than running it. */
async function run(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = await runInside(folder, () => runProgram(args))
  return { status, stdout: withoutTime(stdout), stderr }
}

const withoutTime = (text: string) => text.replace(/\(\d+ ms\)/, '(1 ms)')

const generate = (folder: string, ...options: string[]) => run(folder, 'generate', 'codegen.config.ts', ...options)

/** Every file below a folder with its text and the moment it was written. */
const snapshot = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => [name, readFileSync(join(folder, name), 'utf8'), statSync(join(folder, name)).mtimeMs])

test('the first run writes every file, and says which', () => {
  const folder = writeHouse()
  const args = [cli, 'generate', 'codegen.config.ts']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  expect({ status, stdout: withoutTime(stdout), stderr }).toEqual({
    status: 0,
    stdout: '3 generated files, 3 written (1 ms)\n  house/schema.ts\n  house/operations.ts\n  house/openapi.yaml\n',
    stderr: '',
  })
  expect(readdirSync(join(folder, 'house')).sort()).toEqual(generated)
})

test('paths are relative to the config, wherever the program is run', async () => {
  const folder = writeHouse()
  expect((await run('/', 'generate', join(folder, 'codegen.config.ts'))).status).toBe(0)
  expect(readdirSync(join(folder, 'house')).sort()).toEqual(generated)
})

test('a second run writes nothing', async () => {
  const folder = writeHouse()
  await generate(folder)
  for (const name of generated) utimesSync(join(folder, 'house', name), 1, 1)
  const before = snapshot(folder)
  expect(await generate(folder)).toMatchObject({ status: 0, stdout: '3 generated files, all up to date (1 ms)\n' })
  expect(snapshot(folder)).toEqual(before)
})

test('a run writes only what changed', async () => {
  const folder = writeHouse()
  await generate(folder)
  writeFileSync(join(folder, 'house/operations.ts'), 'edited by hand')
  expect((await generate(folder)).stdout).toBe('3 generated files, 1 written (1 ms)\n  house/operations.ts\n')
  expect((await generate(folder, '--check')).status).toBe(0)
})

test('a change of comments alone changes no generated file', async () => {
  const folder = writeHouse()
  await generate(folder)
  writeFileSync(
    join(folder, 'house.yaml'),
    `# New.\n${replacePiece(house, '\npaths:', '\n# All of them.\npaths: # here')}`,
  )
  expect(await generate(folder, '--check')).toMatchObject({ status: 0, stderr: '' })
})

test('--check names what is missing or stale, fails, and writes nothing', async () => {
  const folder = writeHouse()
  await generate(folder)
  writeFileSync(join(folder, 'house.yaml'), replacePiece(house, '      x-unwrap: data\n', '      x-retry: never\n'))
  const before = snapshot(folder)
  expect(await generate(folder, '--check')).toEqual({
    status: 1,
    stdout: '',
    stderr:
      'Generated files differ from their spec:\n  house/operations.ts\n  house/openapi.yaml\n' +
      'Run `npx --yes pnpm@12.21.0 generate` and commit the result.\n',
  })
  expect(snapshot(folder)).toEqual(before)
})

test('--check of files that were never written creates none', async () => {
  const folder = writeHouse()
  expect((await generate(folder, '--check')).status).toBe(1)
  expect(readdirSync(folder).sort()).toEqual(['codegen.config.ts', 'house.yaml'])
})

test.each<[string, string[], Record<string, string>, string]>([
  ['a broken spec', ['house'], { 'house.yaml': broken }, brokenLine('house.yaml')],
  ['a broken second spec', ['house', 'barn'], { 'house.yaml': house, 'barn.yaml': broken }, brokenLine('barn.yaml')],
  [
    'two broken specs',
    ['house', 'barn'],
    { 'house.yaml': broken, 'barn.yaml': broken },
    `${brokenLine('house.yaml')}\n${brokenLine('barn.yaml')}`,
  ],
])('%s is told with file and line, and no file is touched', async (_, names, specs, want) => {
  const folder = writeFolder({ 'codegen.config.ts': configFor(...names), 'house.yaml': house, 'barn.yaml': house })
  await generate(folder)
  for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, name), text)
  writeFileSync(join(folder, 'house/schema.ts'), 'stale')
  const before = snapshot(folder)
  for (const options of [[], ['--check']]) {
    expect(await generate(folder, ...options)).toEqual({
      status: 1,
      stdout: '',
      stderr: `${want}\n\nNothing was written: mend the spec and run \`npx --yes pnpm@12.21.0 generate\` again.\n`,
    })
  }
  expect(snapshot(folder)).toEqual(before)
})

test.each<[string, string[], string]>([
  ['no config', ['generate'], `CONFIG is missing.\n\n${usage}`],
  ['two configs', ['generate', 'codegen.config.ts', 'more.ts'], 'Expected one CONFIG; found more.ts as well.'],
  ['a config that is not there', ['generate', 'none.ts'], `none.ts does not exist.\n\n${usage}`],
  ['an unknown option', ['generate', 'codegen.config.ts', '--chek'], "Unknown option '--chek'"],
])('%s shows the usage and writes nothing', async (_, args, want) => {
  const folder = writeHouse()
  const { status, stdout, stderr } = await run(folder, ...args)
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr.startsWith(want)).toBe(true)
  expect(stderr).toContain(usage)
  expect(readdirSync(folder).sort()).toEqual(['codegen.config.ts', 'house.yaml'])
})

test.each([
  ['no command', [], 2, 'Usage: codegen COMMAND CONFIG|SPEC|FOLDER [options]'],
  ['an unknown command', ['build', 'codegen.config.ts'], 2, 'There is no command build.'],
  ['a name of an object’s own', ['toString'], 2, 'There is no command toString.'],
])('%s shows what commands there are', async (_, args, status, want) => {
  const { stderr, ...rest } = await run('/', ...args)
  expect(rest).toEqual({ status, stdout: '' })
  expect(stderr.startsWith(want)).toBe(true)
  expect(stderr).toContain('generate    write what CONFIG lists for each spec')
})

test.each([
  [['--help'], 'Usage: codegen COMMAND CONFIG|SPEC|FOLDER [options]'],
  [['generate', '--help'], usage],
  [['diff', '--help'], 'Usage: codegen diff CONFIG'],
])('%j tells the usage and succeeds', async (args, want) => {
  const { status, stdout, stderr } = await run('/', ...args)
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout.startsWith(want)).toBe(true)
})

test.each<[string, string[], RegExp | undefined, string]>([
  ['two specs of one name', ['house', 'house'], undefined, 'a `name` of its own for each spec; found "house" again.'],
  ['names in another case', ['house'], /^ {2}name,/m, 'a `name` in kebab-case, such as `minimo`; found "The House".'],
])('%s are told, and nothing is written', async (_, names, piece, want) => {
  const config = configFor(...names)
  const text = piece ? config.replace(piece, '  name: "The House",') : config
  const folder = writeFolder({ 'codegen.config.ts': text, 'house.yaml': house })
  const { status, stderr } = await generate(folder)
  expect({ status, stderr: stderr.split('\n')[0] }).toEqual({
    status: 1,
    stderr: `codegen.config.ts  Expected ${want} (spec-name)`,
  })
  expect(readdirSync(folder).sort()).toEqual(['codegen.config.ts', 'house.yaml'])
})

test('two specs that write one file are told, and nothing is written', async () => {
  const config = configFor('house', 'barn').replace("name + '/schema.ts'", "'schema.ts'")
  const folder = writeFolder({ 'codegen.config.ts': config, 'house.yaml': house, 'barn.yaml': house })
  const { status, stderr } = await generate(folder)
  expect(status).toBe(1)
  expect(stderr).toContain('Expected each file to be generated once; house and barn both write schema.ts. (one-writer)')
  expect(readdirSync(folder).sort()).toEqual(['barn.yaml', 'codegen.config.ts', 'house.yaml'])
})

/** A config of a spec of others, which is this document. */
const foreign = (document: string, more = '') =>
  writeFolder({
    'spec.yaml': `openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n${document}\n`,
    'codegen.config.ts': `import { defineSpec } from '${new URL('index.ts', import.meta.url)}'
export const specs = [defineSpec({ name: 'spec', source: 'spec.yaml', rules: 'vendor'${more} })]`,
  })

test('a warning is printed, and stops nothing', async () => {
  const { status, stderr } = await generate(foreign('components: { schemas: { A: { type: string, nullable: true } } }'))
  expect(status).toBe(0)
  expect(stderr).toMatch(/^spec\.yaml:4:45 {2}Expected `null` among the types.*\(nullable\)\n$/)
})

test('how to accept what is not ours to mend is told with what was found', async () => {
  const document = 'components: { schemas: { A: { type: string, colour: red } } }'
  const { status, stderr } = await generate(foreign(document))
  expect(status).toBe(1)
  const entry = /accept: \[(\{ rule: .*\})\]/.exec(stderr)?.[1] ?? ''
  expect(entry).toBe("{ rule: 'struct', at: '#/components/schemas/A/colour', reason: '…' }")
  expect((await generate(foreign(document, `, accept: [${entry}]`))).status).toBe(0)
})
