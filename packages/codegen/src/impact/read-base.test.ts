import { appendFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { commitAll, configFor, createRepository, runGit, specPath } from '../../test/create-repository.ts'
import { house, replacePiece } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { compareSpecs } from './compare-specs.ts'
import { readBaseSpec } from './read-base.ts'
import { openWorkspace } from './workspace.ts'

/** The house spec, whose guest stands in another file. */
const split = (reference: string) => replacePiece(house, '$ref: "#/components/schemas/Guest"', `$ref: "${reference}"`)

const guest = `type: object
required: [id, email]
properties:
  id: { type: integer, example: 42 }
  email: { type: string, example: anna@example.com, x-pii: true }
`

const compare = async (folder: string, base?: string) =>
  compareSpecs(await openWorkspace({ configFile: join(folder, 'types/codegen.config.ts'), base }))

const placesOf = ({ changes }: Awaited<ReturnType<typeof compare>>) =>
  changes.filter(({ bump }) => bump === 'major').map(({ location = '' }) => location)

test.each([
  ['beside the spec', 'guest.yaml', 'openapi/guest.yaml'],
  ['in another folder', '../shared/schemas/guest.yaml', 'shared/schemas/guest.yaml'],
])('a file %s is read as the base has it', async (_, reference, path) => {
  const folder = createRepository({ files: { [specPath]: split(reference), [path]: guest } })
  expect(await compare(folder, 'HEAD')).toMatchObject({ bump: 'none' })
  writeFileSync(join(folder, path), replacePiece(guest, '[id, email]', '[id]'))
  const diff = await compare(folder, 'HEAD')
  expect(diff.bump).toBe('major')
  expect(placesOf(diff).join()).toContain('email')
})

test('a file that is reached through a link, or by another file, is read as the base has it', async () => {
  const files = {
    'shared/guest.yaml': 'allOf: [{ $ref: "parts/email.yaml" }, { type: object }]\n',
    'shared/parts/email.yaml': guest,
  }
  const folder = createRepository({ files: { [specPath]: split('guest.yaml'), ...files } })
  symlinkSync('../shared', join(folder, 'openapi/shared'))
  writeFileSync(join(folder, specPath), split('shared/guest.yaml'))
  commitAll(folder)
  writeFileSync(join(folder, 'shared/parts/email.yaml'), replacePiece(guest, '[id, email]', '[id]'))
  expect(await compare(folder, 'HEAD')).toMatchObject({ bump: 'major' })
})

test('a file that is there only in the base is read, and one that is gone there is told by its path', async () => {
  const folder = createRepository({ files: { [specPath]: split('guest.yaml'), 'openapi/guest.yaml': guest } })
  writeFileSync(join(folder, specPath), house)
  rmSync(join(folder, 'openapi/guest.yaml'))
  expect(await compare(folder, 'HEAD')).not.toMatchObject({ bump: 'none' })
  runGit(folder, 'rm', '--quiet', '--cached', 'openapi/guest.yaml')
  runGit(folder, 'commit', '--quiet', '--message', 'a hole')
  await expect(compare(folder, 'HEAD')).rejects.toThrow(
    /HEAD: openapi\/house\.yaml:\d+:\d+ .*openapi\/guest\.yaml is not in HEAD/,
  )
})

test('what git does not keep is read as it is now: ignored files, and files elsewhere that the config allows', async () => {
  const elsewhere = writeFolder({ 'guest.yaml': guest })
  const config = configFor().replace("rules: 'house'", `rules: 'house', allow: ['${elsewhere}']`)
  for (const [reference, file] of [
    ['built/guest.yaml', 'openapi/built/guest.yaml'],
    [join(elsewhere, 'guest.yaml'), 'note'],
  ] as const) {
    const files = { [specPath]: split(reference), '.gitignore': 'built\n', [file]: guest }
    const folder = createRepository({ files: { ...files, 'types/codegen.config.ts': config } })
    expect(await compare(folder, 'HEAD')).toMatchObject({ bump: 'none' })
    appendFileSync(join(folder, specPath), '\n')
    expect(await compare(folder, 'HEAD')).toMatchObject({ bump: 'none' })
  }
})

test('a spec of the same texts is the same, and is not read a second time', async () => {
  const folder = createRepository()
  writeFileSync(join(folder, 'copy.yaml'), house)
  const text = `${house}\n`
  for (const base of ['HEAD', join(folder, 'copy.yaml')]) {
    const workspace = await openWorkspace({ configFile: join(folder, 'types/codegen.config.ts'), base })
    const file = join(workspace.root, specPath)
    const read = (texts: [string, string][]) =>
      readBaseSpec(workspace, { file, options: {}, texts: new Map(texts), published: async () => undefined })
    expect(await read([[file, house]])).toBe('same')
    expect(await read([[file, text]])).toMatchObject({ openapi: '3.1.0' })
    expect(
      await read([
        [file, house],
        [join(folder, 'gone.yaml'), ''],
      ]),
    ).toMatchObject({ openapi: '3.1.0' })
  }
})
