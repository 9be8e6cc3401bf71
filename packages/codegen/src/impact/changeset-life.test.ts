import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { configFor, createRepository, editSpec, runGit, specPath } from '../../test/create-repository.ts'
import { replacePiece } from '../../test/fixtures.ts'
import { findChangesetFaults } from './check-changesets.ts'
import { compareSpecs } from './compare-specs.ts'
import { planChangeset } from './plan-changeset.ts'
import { readRelease } from './read-release.ts'
import { openWorkspace } from './workspace.ts'

const names = (folder: string) => readdirSync(join(folder, '.changeset')).filter((name) => name.endsWith('.md'))
const textOf = (folder: string, name: string) => readFileSync(join(folder, '.changeset', name), 'utf8')
const write = (folder: string, name: string, text: string) => writeFileSync(join(folder, '.changeset', name), text)

async function readInput(folder: string) {
  const workspace = await openWorkspace({ configFile: join(folder, 'types/codegen.config.ts') })
  return { diff: await compareSpecs(workspace), descriptions: new Map<string, string>(), ...readRelease(workspace) }
}

/** What `spec:changeset` does to the folder. */
async function runChangeset(folder: string): Promise<void> {
  const { write: file, remove } = planChangeset(await readInput(folder))
  if (file) write(folder, file.name, file.text)
  for (const name of remove) rmSync(join(folder, '.changeset', name))
}

/** What `spec:check` finds. */
const check = async (folder: string) => findChangesetFaults(await readInput(folder))

/** Merges the files of `changeset version`: the version moves, what was asked for is done. */
function applyChangesets(folder: string, version: string): void {
  for (const name of names(folder)) rmSync(join(folder, '.changeset', name))
  writeFileSync(
    join(folder, 'types/package.json'),
    `{ "name": "@house/types", "version": "${version}", "type": "module" }`,
  )
}

const commit = (folder: string) => {
  runGit(folder, 'add', '--all')
  runGit(folder, 'commit', '--quiet', '--allow-empty', '--message', 'step')
}

/** A branch off main, on which the spec is edited, the changeset written, and all of it committed. */
async function propose(folder: string, branch: string, edit: () => void): Promise<void> {
  runGit(folder, 'switch', '--quiet', '--create', branch, 'main')
  edit()
  await runChangeset(folder)
  commit(folder)
}

function merge(folder: string, branch: string): void {
  runGit(folder, 'switch', '--quiet', 'main')
  runGit(folder, 'merge', '--quiet', '--no-ff', '--message', `merge ${branch}`, branch)
}

/** Edits that are far enough from each other to be merged. */
const breakIt = (folder: string) => editSpec(folder, 'required: [id, email]', 'required: [id]')
const reword = (folder: string) => editSpec(folder, 'Returns the guest', 'Gives the guest')

const bumps = (folder: string) => names(folder).map((name) => /"@house\/types": (\w+)/.exec(textOf(folder, name))?.[1])

test('before a release, a merged changeset stays when another branch writes its own', async () => {
  const folder = createRepository({ version: '0.0.0' })
  await propose(folder, 'a', () => breakIt(folder))
  const [a = ''] = names(folder)
  const text = textOf(folder, a)
  merge(folder, 'a')
  await propose(folder, 'b', () => reword(folder))
  expect(names(folder)).toHaveLength(2)
  expect(textOf(folder, a)).toBe(text)
  expect(bumps(folder).toSorted()).toEqual(['major', 'patch'])
  expect(await check(folder)).toEqual([])
  await runChangeset(folder)
  expect(names(folder)).toHaveLength(2)
  // Whoever removes it all the same is told, by a check on the branch and by one on main.
  rmSync(join(folder, '.changeset', a))
  expect((await check(folder))[0]).toMatch(`Expected .changeset/${a} to ask for a major`)
  commit(folder)
  merge(folder, 'b')
  expect((await check(folder))[0]).toMatch(`Expected .changeset/${a} to ask for a major`)
})

test('before a release, two branches that were open at once keep their changesets, even under one name', async () => {
  const folder = createRepository({ version: '0.0.0' })
  await propose(folder, 'a', () => reword(folder))
  const [a = ''] = names(folder)
  await propose(folder, 'b', () => editSpec(folder, 'The id of the guest.', 'The number of the guest.'))
  expect(names(folder)).toEqual([a])
  merge(folder, 'a')
  runGit(folder, 'switch', '--quiet', 'b')
  // Both have a file of this name; whoever merges takes theirs, and runs the command for the branch's own.
  runGit(folder, 'merge', '--quiet', '--strategy-option', 'theirs', '--no-edit', 'main')
  await runChangeset(folder)
  commit(folder)
  expect(names(folder)).toEqual([a.replace('.md', '-2.md'), a])
  expect(textOf(folder, a)).not.toBe(textOf(folder, a.replace('.md', '-2.md')))
  merge(folder, 'b')
  expect(await check(folder)).toEqual([])
  await runChangeset(folder)
  expect(names(folder)).toHaveLength(2)
})

test('before a release, main itself is checked: what its last commit changed needs a changeset, and an edit one more', async () => {
  const folder = createRepository({ version: '0.0.0' })
  breakIt(folder)
  commit(folder)
  expect((await check(folder))[0]).toMatch(/^Expected a changeset with a major for @house\/types/)
  await runChangeset(folder)
  expect(bumps(folder)).toEqual(['major'])
  expect(await check(folder)).toEqual([])
  commit(folder)
  // The last commit changed no spec now, and its changeset stays.
  expect(await check(folder)).toEqual([])
  await runChangeset(folder)
  expect(bumps(folder)).toEqual(['major'])
  reword(folder)
  await runChangeset(folder)
  expect(bumps(folder).toSorted()).toEqual(['major', 'patch'])
  expect(await check(folder)).toEqual([])
})

test('a merged override lowers nothing on the next branch', async () => {
  const folder = createRepository({ version: '0.0.0' })
  await propose(folder, 'a', () => breakIt(folder))
  const [a = ''] = names(folder)
  write(folder, a, `${textOf(folder, a).replaceAll(': major', ': minor')}\nOverride: nobody has it yet\n`)
  await runChangeset(folder)
  expect(bumps(folder)).toEqual(['minor'])
  commit(folder)
  expect(await check(folder)).toEqual([])
  merge(folder, 'a')
  expect(await check(folder)).toEqual([])
  await propose(folder, 'b', () => editSpec(folder, '  /guests/{id}:', '  /visitors/{id}:'))
  expect(bumps(folder).toSorted()).toEqual(['major', 'minor'])
  expect(await check(folder)).toEqual([])
})

test('the first version needs no changeset any more, before its tag is there and after', async () => {
  const folder = createRepository({ version: '0.0.0' })
  await propose(folder, 'a', () => breakIt(folder))
  merge(folder, 'a')
  runGit(folder, 'switch', '--quiet', '--create', 'release')
  applyChangesets(folder, '1.0.0')
  expect(await check(folder)).toEqual([])
  commit(folder)
  merge(folder, 'release')
  expect(await check(folder)).toEqual([])
  runGit(folder, 'tag', '@house/types@1.0.0')
  expect((await readInput(folder)).diff).toMatchObject({ bump: 'none', base: '@house/types@1.0.0' })
  expect(await check(folder)).toEqual([])
})

test('after a release one changeset tells all since its tag, and a change that is taken back is told no more', async () => {
  const folder = createRepository()
  runGit(folder, 'tag', '@house/types@1.0.0')
  await propose(folder, 'a', () => breakIt(folder))
  const before = readFileSync(join(folder, specPath), 'utf8')
  merge(folder, 'a')
  const [text] = names(folder).map((name) => textOf(folder, name))
  await propose(folder, 'b', () => editSpec(folder, 'x-retry: safe', 'x-retry: never'))
  expect(bumps(folder)).toEqual(['major'])
  expect(names(folder).map((name) => textOf(folder, name))).not.toEqual([text])
  expect(await check(folder)).toEqual([])
  merge(folder, 'b')
  await propose(folder, 'c', () => editSpec(folder, 'required: [id]', 'required: [id, email]'))
  expect(bumps(folder)).toEqual(['minor'])
  writeFileSync(join(folder, specPath), before)
  expect((await check(folder))[0]).toMatch('Expected a changeset with a major')
})

test('after a release, changesets of two branches that were open at once are found to be stale, and become one', async () => {
  const folder = createRepository()
  runGit(folder, 'tag', '@house/types@1.0.0')
  await propose(folder, 'a', () => breakIt(folder))
  await propose(folder, 'b', () => reword(folder))
  merge(folder, 'a')
  merge(folder, 'b')
  expect(bumps(folder).toSorted()).toEqual(['major', 'patch'])
  expect((await check(folder))[0]).toContain("does not tell of the spec's changes since @house/types@1.0.0")
  await runChangeset(folder)
  expect(bumps(folder)).toEqual(['major'])
  expect(await check(folder)).toEqual([])
})

test('a changeset that was edited by hand to ask for less is a fault', async () => {
  const folder = createRepository()
  runGit(folder, 'tag', '@house/types@1.0.0')
  await propose(folder, 'a', () => breakIt(folder))
  const [a = ''] = names(folder)
  write(folder, a, textOf(folder, a).replaceAll(': major', ': minor'))
  expect((await check(folder))[0]).toMatch('the highest asks for minor')
})

test('an API beside the first is told in the same changeset, by its name', async () => {
  const barn = 'openapi/barn.yaml'
  const text = readFileSync(new URL('../../test/fixtures/house.yaml', import.meta.url), 'utf8')
  const folder = createRepository({ files: { [barn]: text, 'types/codegen.config.ts': configFor('barn') } })
  runGit(folder, 'switch', '--quiet', '--create', 'a')
  writeFileSync(join(folder, barn), replacePiece(text, 'required: [id, email]', 'required: [id]'))
  reword(folder)
  await runChangeset(folder)
  expect(bumps(folder)).toEqual(['major'])
  const [name = ''] = names(folder)
  expect(name).toMatch(/^spec-barn-/)
  expect(textOf(folder, name)).toContain('The description of the API `barn` changed: 1 operation breaks')
  expect(textOf(folder, name)).toContain('The description of the API `house` changed: 1 operation is described')
})
