import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { commitAll, createRepository, editSpec, runGit, specPath } from '../../test/create-repository.ts'
import { writeFolder } from '../../test/write-folder.ts'

// Each run is a process of its own.
vi.setConfig({ testTimeout: 120_000 })

const cli = fileURLToPath(new URL('../cli.ts', import.meta.url))

function run(folder: string, command: string, ...options: string[]) {
  const args = [cli, command, 'types/codegen.config.ts', ...options]
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return { status, stdout, stderr }
}

const changesetsOf = (folder: string) => readdirSync(join(folder, '.changeset')).filter((name) => name.endsWith('.md'))

const breakIt = (folder: string) => editSpec(folder, 'required: [id, email]', 'required: [id]')
const reword = (folder: string) => editSpec(folder, 'Returns the guest', 'Gives the guest')

test('without a change the bump is none, and nothing is written', () => {
  const folder = createRepository()
  run(folder, 'generate')
  expect(run(folder, 'diff')).toMatchObject({ status: 0, stderr: '' })
  expect(run(folder, 'diff').stdout).toMatch(/^openapi\/house\.yaml against .*, where this left main\n\nnone: /)
  expect(run(folder, 'changeset')).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('No changeset is needed'),
  })
  expect(run(folder, 'check')).toMatchObject({ status: 0, stdout: expect.stringContaining('demand: none') })
  expect(changesetsOf(folder)).toEqual([])
})

test('a change is told per operation, the summary first, and exit code 0 whatever the bump', () => {
  const folder = createRepository()
  breakIt(folder)
  const { status, stdout } = run(folder, 'diff')
  expect(status).toBe(0)
  const [, summary, ...details] = stdout.split('\n\n')
  expect(summary).toContain('major: 1 operation breaks; 1 operation gains or loosens something.\n')
  expect(summary).toMatch(/^ {2}major {2}getGuest {5}call\('getGuest'\)$/m)
  expect(summary).toMatch(/^ {2}minor {2}updateGuest {2}call\('updateGuest'\)$/m)
  expect(details[0]).toMatch(
    /^getGuest · GET \/guests\/\{id\} · call\('getGuest'\)\n {2}major {2}response 200\.email: /,
  )
  expect(details.join('\n')).toMatch(/\((typescript)\)/)
  expect(run(folder, 'diff', '--fast').stdout).not.toContain('(typescript)')
})

test('json is data, and markdown has a table', () => {
  const folder = createRepository()
  breakIt(folder)
  const { bump, base, changes } = JSON.parse(run(folder, 'diff', '--format', 'json').stdout)
  expect({ bump, base }).toEqual({ bump: 'major', base: expect.stringContaining('main') })
  expect(changes).toContainEqual(
    expect.objectContaining({
      bump: 'major',
      operationId: 'getGuest',
      direction: 'response',
      opinion: 'typescript',
      location: '200.email',
      message: expect.stringContaining('email'),
      methods: [],
    }),
  )
  expect(run(folder, 'diff', '--format', 'markdown').stdout).toContain('| major | `getGuest` | `GET /guests/{id}` |')
})

test('the changeset is written once, replaced by a later run, and gone when the change is', () => {
  const folder = createRepository()
  reword(folder)
  expect(run(folder, 'changeset')).toMatchObject({ status: 0, stdout: '.changeset/spec-get-guest.md: patch\n' })
  const first = readFileSync(join(folder, '.changeset/spec-get-guest.md'), 'utf8')
  expect(first).toContain('"@house/types": patch\n"@house/client": patch\n---')
  run(folder, 'changeset')
  expect(readFileSync(join(folder, '.changeset/spec-get-guest.md'), 'utf8')).toBe(first)
  breakIt(folder)
  run(folder, 'changeset')
  expect(changesetsOf(folder)).toEqual(['spec-get-guest-and-1-more.md'])
  runGit(folder, 'checkout', '--quiet', '--', 'openapi')
  expect(run(folder, 'changeset').stdout).toContain('spec-get-guest-and-1-more.md: removed')
  expect(changesetsOf(folder)).toEqual([])
})

test('the check fails without a changeset and without generated files, and passes with both', () => {
  const folder = createRepository()
  run(folder, 'generate')
  commitAll(folder)
  breakIt(folder)
  const failed = run(folder, 'check')
  expect(failed).toMatchObject({ status: 1, stdout: '' })
  expect(failed.stderr).toContain('Generated files differ from their spec:\n  types/gen/schema.ts')
  expect(failed.stderr).toContain('Expected a changeset with a major for @house/types')
  expect(failed.stderr).toMatch(/^ {2}major getGuest/m)
  run(folder, 'generate')
  run(folder, 'changeset')
  expect(run(folder, 'check')).toMatchObject({ status: 0, stderr: '' })
})

test('after a release the base is its tag, and a version that has moved already needs no changeset', () => {
  const folder = createRepository()
  runGit(folder, 'tag', '@house/types@1.0.0')
  breakIt(folder)
  run(folder, 'generate')
  commitAll(folder)
  expect(run(folder, 'diff').stdout).toContain('against @house/types@1.0.0\n')
  expect(run(folder, 'check').status).toBe(1)
  writeFileSync(join(folder, 'types/package.json'), '{ "name": "@house/types", "version": "2.0.0", "type": "module" }')
  expect(run(folder, 'check').status).toBe(0)
  runGit(folder, 'tag', '@house/types@2.0.0')
  expect(run(folder, 'diff').stdout).toContain('none: ')
})

test('a changeset by hand that asks for less is refused, and nothing is written', () => {
  const folder = createRepository()
  breakIt(folder)
  writeFileSync(join(folder, '.changeset/calm-cats.md'), "---\n'@house/types': minor\n---\n\nFine.\n")
  const refused = run(folder, 'changeset')
  expect(refused).toMatchObject({ status: 2, stdout: '' })
  expect(refused.stderr).toMatch(/^\.changeset\/calm-cats\.md asks for a minor of @house\/types/)
  expect(refused.stderr).toMatch(/^ {2}major getGuest/m)
  expect(changesetsOf(folder)).toEqual(['calm-cats.md'])
})

test('a file is a base, and so is any ref', () => {
  const folder = createRepository()
  const before = join(folder, 'before.yaml')
  writeFileSync(before, readFileSync(join(folder, specPath)))
  breakIt(folder)
  commitAll(folder)
  for (const base of ['before.yaml', 'HEAD~1']) {
    expect(run(folder, 'diff', '--base', base).stdout).toMatch(new RegExp(`against ${base}\n\nmajor: `))
  }
  expect(run(folder, 'diff', '--base', 'HEAD').stdout).toContain('none: ')
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
    (folder) => void editSpec(folder, 'x-retry: safe', 'x-retry: always'),
    [],
    /^openapi\/house\.yaml:26:16 {2}Expected `x-retry`/,
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
    'base.yaml:1  Expected `openapi: 3.0.x` or `3.1.x`',
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

test.each(faults)('%s ends in one message and exit code 2, and nothing is written', (_, spoil, options, want) => {
  const original = createRepository()
  writeFileSync(join(original, 'note'), 'a change')
  const folder = spoil(original) ?? original
  const before = readdirSync(folder, { recursive: true }).length
  for (const command of ['diff', 'changeset']) {
    const { status, stdout, stderr } = run(folder, command, ...options)
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
    expect(stderr).toMatch(want)
    expect(stderr).toContain('Nothing was written')
  }
  expect(readdirSync(folder, { recursive: true }).length).toBe(before)
})

test('a format, a spec and a changeset folder that are not there are told', () => {
  const folder = createRepository()
  expect(run(folder, 'diff', '--format', 'xml')).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('--format xml: expected text, markdown, json.'),
  })
  expect(run(folder, 'diff', '--spec', 'barn').stderr).toContain('--spec barn: expected house')
  renameSync(join(folder, '.changeset'), join(folder, 'gone'))
  expect(run(folder, 'changeset')).toMatchObject({ status: 2, stderr: expect.stringContaining('changeset init') })
  expect(existsSync(join(folder, '.changeset'))).toBe(false)
})

test('a quick look leaves out the linter and the compiler, unless a spec cannot be read without them', () => {
  const folder = createRepository()
  breakIt(folder)
  const { status, stdout } = run(folder, 'diff', '--fast')
  expect(status).toBe(0)
  expect(stdout).toMatch(/\n\nmajor: /)
  expect(stdout).not.toContain('(typescript)')
  writeFileSync(join(folder, specPath), 'openapi: [3.1')
  expect(run(folder, 'diff', '--fast')).toMatchObject({
    status: 2,
    stdout: '',
    stderr: expect.stringContaining('valid YAML'),
  })
})
