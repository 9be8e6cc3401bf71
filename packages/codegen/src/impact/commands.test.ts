import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { commitAll, createRepository, editSpec, runGit, specPath } from '../../test/create-repository.ts'
import { runCommand } from '../../test/run-command.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { changesetCommand } from '../commands/changeset.ts'
import { checkCommand } from '../commands/check.ts'
import type { Command } from '../commands/command.ts'
import { diffCommand } from '../commands/diff.ts'
import { generateCommand } from '../commands/generate.ts'

/** Sound: what a command reads of its values are the options that it declares itself. */
const commands = {
  diff: diffCommand,
  changeset: changesetCommand,
  check: checkCommand,
  generate: generateCommand,
} as unknown as Record<string, Command>

const run = (folder: string, name: string, ...args: string[]) => {
  const command = commands[name]
  if (!command) throw new Error(`There is no command ${name}`)
  return runCommand(folder, command, ...args)
}

const changesetsOf = (folder: string) => readdirSync(join(folder, '.changeset')).filter((name) => name.endsWith('.md'))

const breakIt = (folder: string) => editSpec(folder, 'required: [id, email]', 'required: [id]')
const reword = (folder: string) => editSpec(folder, 'Returns the guest', 'Gives the guest')

test('without a change the bump is none, and nothing is written', async () => {
  const folder = createRepository()
  await run(folder, 'generate')
  const diff = await run(folder, 'diff')
  expect(diff).toMatchObject({ status: 0, stderr: '' })
  expect(diff.stdout).toMatch(/^openapi\/house\.yaml against .*, the last commit of main\n\nnone: /)
  expect(await run(folder, 'changeset')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No changeset is needed'),
  })
  expect(await run(folder, 'check')).toMatchObject({ status: 0, stdout: expect.stringContaining('demand: none') })
  expect(changesetsOf(folder)).toEqual([])
})

test('the program that people run tells what changed, with exit code 0 whatever the bump, and 2 for what they can mend', () => {
  const folder = createRepository()
  breakIt(folder)
  const program = (...args: string[]) => {
    const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))
    return spawnSync(process.execPath, [cli, ...args], { cwd: folder, encoding: 'utf8' })
  }
  const { status, stdout, stderr } = program('diff', 'types/codegen.config.ts')
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(stdout).toContain('major: 1 operation breaks; 1 operation gains or loosens something.\n\nBreaking\n')
  expect(program('diff', 'types/codegen.config.ts', '--base', 'nowhere')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringMatching(/^--base nowhere: expected a file, .*\n\nNothing was written: /),
  })
})

test('json is data, and markdown is for a pull request', async () => {
  const folder = createRepository()
  breakIt(folder)
  const { bump, base, operations, changes } = JSON.parse((await run(folder, 'diff', '--format', 'json')).stdout)
  expect({ bump, base }).toEqual({ bump: 'major', base: expect.stringContaining('main') })
  expect(operations).toContainEqual({ id: 'getGuest', api: 'house', endpoint: 'GET /guests/{id}', methods: [] })
  expect(changes).toContainEqual(
    expect.objectContaining({
      bump: 'major',
      api: 'house',
      operationIds: expect.arrayContaining(['getGuest']),
      direction: 'response',
      location: expect.stringContaining('email'),
    }),
  )
  expect((await run(folder, 'diff', '--format', 'markdown')).stdout).toContain(
    '### Breaking\n\n- `response components.schemas.Guest.email`: ',
  )
})

test('the changeset is written once, replaced by a later run, and gone when the change is', async () => {
  const folder = createRepository()
  reword(folder)
  expect(await run(folder, 'changeset')).toMatchObject({ status: 0, stdout: '.changeset/spec-get-guest.md: patch\n' })
  const first = readFileSync(join(folder, '.changeset/spec-get-guest.md'), 'utf8')
  expect(first).toContain('"@house/types": patch\n"@house/client": patch\n---')
  expect(first).toContain('[`getGuest`](../types/openapi.yaml)')
  await run(folder, 'changeset')
  expect(readFileSync(join(folder, '.changeset/spec-get-guest.md'), 'utf8')).toBe(first)
  breakIt(folder)
  await run(folder, 'changeset')
  expect(changesetsOf(folder)).toHaveLength(1)
  expect(changesetsOf(folder)).not.toEqual(['spec-get-guest.md'])
  runGit(folder, 'checkout', '--quiet', '--', 'openapi')
  expect((await run(folder, 'changeset')).stdout).toMatch(/spec-.*\.md: removed/)
  expect(changesetsOf(folder)).toEqual([])
})

test('the check fails without a changeset and without generated files, and passes with both', async () => {
  const folder = createRepository()
  await run(folder, 'generate')
  commitAll(folder)
  breakIt(folder)
  const failed = await run(folder, 'check')
  expect(failed).toMatchObject({ status: 1, stdout: '' })
  expect(failed.stderr).toContain('Generated files differ from their spec:\n  types/gen/schema.ts')
  expect(failed.stderr).toContain('Run `npx --yes pnpm@12.21.0 generate` and commit the result.')
  expect(failed.stderr).toContain('Expected a changeset with a major for @house/types')
  expect(failed.stderr).toMatch(/^ {2}major response components\.schemas\.Guest\.email \(getGuest\): /m)
  await run(folder, 'generate')
  await run(folder, 'changeset')
  expect(await run(folder, 'check')).toMatchObject({ status: 0, stderr: '' })
})

test('a changeset by hand that asks for less is refused, and nothing is written', async () => {
  const folder = createRepository()
  breakIt(folder)
  writeFileSync(join(folder, '.changeset/calm-cats.md'), "---\n'@house/types': minor\n---\n\nFine.\n")
  const refused = await run(folder, 'changeset')
  expect(refused).toMatchObject({ status: 2, stdout: '' })
  expect(refused.stderr).toMatch(/^\.changeset\/calm-cats\.md asks for a minor of @house\/types/)
  expect(refused.stderr).toMatch(/^ {2}major response components\.schemas\.Guest\.email \(getGuest\): /m)
  expect(changesetsOf(folder)).toEqual(['calm-cats.md'])
})

test('a file is a base, and so is any ref', async () => {
  const folder = createRepository()
  writeFileSync(join(folder, 'before.yaml'), readFileSync(join(folder, specPath)))
  breakIt(folder)
  commitAll(folder)
  for (const base of ['before.yaml', 'HEAD~1']) {
    expect((await run(folder, 'diff', '--base', base)).stdout).toMatch(new RegExp(`against ${base}\n\nmajor: `))
  }
  expect((await run(folder, 'diff', '--base', 'HEAD')).stdout).toContain('none: ')
})

/** Each leaves a folder in which the command must end with one message and exit code 2. */
const faults: [
  what: string,
  spoil: (folder: string) => string | undefined,
  options: string[],
  want: string | RegExp,
][] = [
  [
    'a spec that is no YAML',
    (folder) => void writeFileSync(join(folder, specPath), 'openapi: [3.1'),
    [],
    /^openapi\/house\.yaml.*Expected valid YAML or JSON/,
  ],
  [
    'a spec that fails lint',
    (folder) => void editSpec(folder, 'x-retry: safe', 'retry: safe'),
    [],
    /^openapi\/house\.yaml:26:7 {2}Property `retry` is not expected/,
  ],
  [
    'a spec that is not there',
    (folder) => void rmSync(join(folder, specPath)),
    [],
    /^openapi\/house\.yaml {2}Cannot be read/,
  ],
  ['a base that is not there', () => undefined, ['--base', 'nowhere'], '--base nowhere: expected a file, a git ref or'],
  [
    'a base that cannot be read',
    (folder) => void writeFileSync(join(folder, 'base.yaml'), 'swagger: "2.0"'),
    ['--base', 'base.yaml'],
    'base.yaml:1  Expected `openapi: 3.x.y`; found Swagger 2.0',
  ],
  [
    'a base whose commit holds a broken spec',
    (folder) => {
      writeFileSync(join(folder, specPath), 'openapi: [3.1')
      commitAll(folder)
      runGit(folder, 'checkout', '--quiet', 'HEAD~1', '--', 'openapi')
      return undefined
    },
    ['--base', 'HEAD'],
    /^HEAD: openapi\/house\.yaml.*Expected valid YAML or JSON/,
  ],
  [
    'a base from before there was a spec',
    (folder) => {
      runGit(folder, 'checkout', '--quiet', '--orphan', 'empty')
      runGit(folder, 'rm', '--quiet', '-r', '--cached', '.')
      runGit(folder, 'commit', '--quiet', '--allow-empty', '--message', 'empty')
      return undefined
    },
    ['--base', 'HEAD'],
    'The base HEAD holds none of openapi/house.yaml',
  ],
  [
    'no tags and no main',
    (folder) => void runGit(folder, 'branch', '--move', 'trunk'),
    [],
    'There is no release tag @house/types@… in this history yet, and no branch main',
  ],
  [
    'no repository',
    (folder) => void rmSync(join(folder, '.git'), { recursive: true }),
    [],
    'This is no git repository',
  ],
  [
    'a shallow clone',
    (folder) => {
      const clone = join(writeFolder({}), 'clone')
      commitAll(folder)
      runGit(folder, 'clone', '--quiet', '--depth=1', pathToFileURL(folder).href, clone)
      return clone
    },
    [],
    'This clone is shallow, so its release tags may be missing: run `git fetch --unshallow --tags`',
  ],
]

test.each(faults)('%s ends in one message, and nothing is written', async (_, spoil, options, want) => {
  const original = createRepository()
  writeFileSync(join(original, 'note'), 'a change')
  const folder = spoil(original) ?? original
  const before = readdirSync(folder, { recursive: true }).length
  for (const command of ['diff', 'changeset']) {
    const { status, stdout, stderr } = await run(folder, command, ...options)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(want)
  }
  expect(readdirSync(folder, { recursive: true }).length).toBe(before)
})

test('a format, a spec and a changeset folder that are not there are told', async () => {
  const folder = createRepository()
  expect(await run(folder, 'diff', '--format', 'xml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--format xml: expected text, markdown, json.'),
  })
  expect((await run(folder, 'diff', '--spec', 'barn')).stderr).toContain('--spec barn: expected house')
  renameSync(join(folder, '.changeset'), join(folder, 'gone'))
  expect(await run(folder, 'changeset')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('npx --yes pnpm@12.21.0 changeset init'),
  })
  expect(existsSync(join(folder, '.changeset'))).toBe(false)
})
