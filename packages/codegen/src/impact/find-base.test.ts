import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { writeFolder } from '../../test/write-folder.ts'
import { createGit } from '../git.ts'
import { findBase } from './find-base.ts'

// Each run of git is a process of its own.
vi.setConfig({ testTimeout: 60_000 })

const packageName = '@minimo/api-types'

const identity = ['-c', 'user.name=Anna', '-c', 'user.email=anna@example.com']
const run = (folder: string, ...args: string[]) =>
  execFileSync('git', [...identity, ...args], { cwd: folder, encoding: 'utf8', stdio: 'pipe' }).trim()

/** A repository with one commit a name on `main`; a name after `tag:` is the tag of the commit before it. */
function createRepository(...history: string[]): string {
  const folder = writeFolder({ 'spec.yaml': 'openapi: 3.1.0\n' })
  run(folder, 'init', '--quiet', '--initial-branch=main')
  for (const step of history) {
    if (step.startsWith('tag:')) run(folder, 'tag', step.slice(4))
    else run(folder, 'commit', '--quiet', '--allow-empty', '-m', step)
  }
  return folder
}

const find = (folder: string, asked?: string) =>
  findBase(asked, {
    git: createGit(folder),
    packageName,
    isFile: (path) => existsSync(join(folder, path)) && path.includes('.'),
    files: [join(folder, 'spec.yaml')],
  })

test('by default the base is the newest release tag of this history, by version and not by age', () => {
  const tags = ['1.9.0', '1.10.0', '1.10.1-next.0', '2.0.0-rc.1'].map((version) => `tag:${packageName}@${version}`)
  const folder = createRepository('one', ...tags, 'two', 'tag:@minimo/client@3.0.0')
  run(folder, 'switch', '--quiet', '--create', 'other')
  run(folder, 'commit', '--quiet', '--allow-empty', '-m', 'elsewhere')
  run(folder, 'tag', `${packageName}@9.0.0`)
  run(folder, 'switch', '--quiet', 'main')
  expect(find(folder)).toMatchObject({ kind: 'commit', label: '@minimo/api-types@1.10.0' })
})

const head = (folder: string, ref = 'HEAD') => run(folder, 'rev-parse', ref)

/** Commits nothing, as something. */
const step = (folder: string) => run(folder, 'commit', '--quiet', '--allow-empty', '-m', 'step')

/** A clone of a repository, which knows it as `origin`. */
function clone(folder: string): string {
  const target = join(writeFolder({}), 'clone')
  run(folder, 'clone', '--quiet', folder, target)
  return target
}

test('without a tag it is where the branch left main', () => {
  const folder = createRepository('one')
  const main = head(folder)
  run(folder, 'switch', '--quiet', '--create', 'change')
  const want = { kind: 'commit', commit: main, label: `${main.slice(0, 10)}, where this left main` }
  expect(find(folder)).toEqual(want)
  step(folder)
  expect(find(folder)).toEqual(want)
})

test('a local main that is older than what was branched from does not count', () => {
  const origin = createRepository('one')
  const folder = clone(origin)
  step(origin)
  run(folder, 'fetch', '--quiet')
  run(folder, 'switch', '--quiet', '--create', 'change', 'origin/main')
  step(folder)
  expect(find(folder)).toMatchObject({ commit: head(origin) })
})

test('on main itself it is its last commit, or the one before where no spec has been edited since', () => {
  const folder = createRepository('one')
  const first = head(folder)
  expect(find(folder)).toEqual({
    kind: 'commit',
    commit: first,
    label: `${first.slice(0, 10)}, the last commit of main`,
  })
  run(folder, 'add', '--all')
  step(folder)
  expect(find(folder)).toEqual({
    kind: 'commit',
    commit: first,
    merged: head(folder),
    label: `${first.slice(0, 10)}, before the last commit of main`,
  })
  writeFileSync(join(folder, 'note'), 'no spec')
  expect(find(folder)).toMatchObject({ commit: first })
  appendFileSync(join(folder, 'spec.yaml'), 'paths: {}\n')
  expect(find(folder)).toMatchObject({ commit: head(folder) })
  expect(find(folder)).not.toHaveProperty('merged')
})

test('the commit of a merge on main is compared with main before it', () => {
  const folder = createRepository('one')
  run(folder, 'add', '--all')
  step(folder)
  const main = head(folder)
  run(folder, 'switch', '--quiet', '--create', 'change')
  step(folder)
  step(folder)
  run(folder, 'switch', '--quiet', 'main')
  run(folder, 'merge', '--quiet', '--no-ff', '-m', 'merge', 'change')
  expect(find(folder)).toMatchObject({ commit: main, merged: head(folder) })
  // As CI has it: a commit without a branch.
  const ci = clone(folder)
  run(ci, 'checkout', '--quiet', '--detach')
  expect(find(ci)).toMatchObject({ commit: main, merged: head(folder) })
})

test('commits on main that nobody else has are compared with the main that others have', () => {
  const origin = createRepository('one')
  const folder = clone(origin)
  step(folder)
  step(folder)
  expect(find(folder)).toMatchObject({ commit: head(origin) })
})

test('a file, a ref, a tag by its version and a published version can be named', () => {
  const folder = createRepository('one', `tag:${packageName}@1.2.0`, 'two')
  const [first, second] = [run(folder, 'rev-parse', 'HEAD~1'), run(folder, 'rev-parse', 'HEAD')]
  expect(find(folder, 'spec.yaml')).toEqual({ kind: 'file', file: 'spec.yaml', label: 'spec.yaml' })
  expect(find(folder, 'main')).toEqual({ kind: 'commit', commit: second, label: 'main' })
  for (const asked of ['1.2.0', `${packageName}@1.2.0`]) {
    expect(find(folder, asked)).toEqual({
      kind: 'commit',
      commit: first,
      label: `${packageName}@1.2.0`,
      isRelease: true,
    })
  }
  for (const asked of ['1.3.0', `${packageName}@1.3.0`]) {
    const label = `${packageName}@1.3.0, as published`
    expect(find(folder, asked)).toEqual({ kind: 'published', version: '1.3.0', label, isRelease: true })
  }
})

test.each(['nowhere', 'HEAD~9', '--output=x', 'spec.yml'])(
  '%s is no base, and the message says what would be',
  (asked) => {
    const folder = createRepository('one')
    expect(() => find(folder, asked)).toThrow(
      `--base ${asked}: expected a file, a git ref or a published version such as 1.2.3; found none of them.`,
    )
  },
)

test('a shallow clone is refused: its tags may be missing', () => {
  const folder = createRepository('one', 'two')
  const shallow = join(writeFolder({}), 'clone')
  run(folder, 'clone', '--quiet', '--depth=1', pathToFileURL(folder).href, shallow)
  expect(() => find(shallow)).toThrow('run `git fetch --unshallow --tags`')
  expect(find(shallow, 'main')).toMatchObject({ label: 'main' })
})

test('no tags and no main is refused', () => {
  const folder = createRepository('one')
  run(folder, 'branch', '--move', 'trunk')
  expect(() => find(folder)).toThrow(
    'There is no release tag @minimo/api-types@… in this history yet, and no branch main',
  )
})

test('a folder that is no repository is refused, and so is one without a commit', () => {
  expect(() => find(writeFolder({}))).toThrow('This is no git repository')
  expect(() => find(createRepository())).toThrow('This repository has no commit yet')
})
