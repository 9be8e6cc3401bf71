import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { house, replacePiece } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { listOperations } from './document.ts'
import { loadSpec } from './load.ts'

test('the house spec is clean, so what follows is the fault of the replaced piece', async () => {
  const folder = writeFolder({ 'spec.yaml': house })
  const document = await loadSpec(join(folder, 'spec.yaml'), 'house')
  expect(listOperations(document).map(({ id }) => id)).toEqual(['getGuest', 'updateGuest'])
})

test('our own API is clean', async () => {
  const minimo = fileURLToPath(new URL('../../../../openapi/minimo.yaml', import.meta.url))
  expect(listOperations(await loadSpec(minimo, 'house')).length).toBeGreaterThan(10)
})

test.each<[string, Record<string, string>, string]>([
  ['a missing file', {}, "spec.yaml  Cannot be read: ENOENT: no such file or directory 'spec.yaml' (file)"],
  ['an empty file', { 'spec.yaml': '' }, version(1, 'no `openapi` field')],
  ['a list', { 'spec.yaml': '- openapi' }, version(1, 'no `openapi` field')],
  ['Swagger 2.0', { 'spec.yaml': 'swagger: "2.0"\n' }, version(1, 'no `openapi` field')],
  ['a version to come', { 'spec.yaml': '# From 2030.\n\nopenapi: 4.0.0\n' }, version(3, '"4.0.0"')],
  ['a version that YAML reads as a number', { 'spec.yaml': 'info: {}\nopenapi: 3.1\n' }, version(2, '3.1')],
  [
    'a bad indent',
    { 'spec.yaml': replacePiece(house, '  version: 1.0.0', '    version: 1.0.0') },
    'spec.yaml:4:12  Expected valid YAML or JSON: bad indentation of a mapping entry. (yaml)',
  ],
  [
    'a key that stands twice',
    { 'spec.yaml': `${house}info: {}\n` },
    'spec.yaml:102:1  Expected valid YAML or JSON: duplicated mapping key. (yaml)',
  ],
  [
    'broken JSON',
    { 'spec.yaml': '{\n  "openapi": "3.1.0",\n' },
    'spec.yaml:3:1  Expected valid YAML or JSON: unexpected end of the stream within a flow collection. (yaml)',
  ],
  [
    'a broken file that the spec refers to',
    { 'spec.yaml': replacePiece(house, '#/components/schemas/Guest', 'guest.yaml'), 'guest.yaml': 'type: [\n' },
    `guest.yaml:2:1  Failed to parse: deficient indentation in "guest.yaml" (2:1). ${refAdvice()}\n` +
      `spec.yaml:41:17  Can't resolve $ref: deficient indentation in "guest.yaml" (2:1). ${refAdvice('$ref: "guest.yaml"')}`,
  ],
  [
    'a problem in a file that the spec refers to',
    {
      'spec.yaml': replacePiece(house, '#/components/schemas/Guest', 'guest.yaml'),
      'guest.yaml': 'type: object\nproperties:\n  email:\n    type: string\n',
    },
    'guest.yaml:3:3  Expected `x-pii: true` or `x-pii: false` on `email`: its name suggests personal data. (pii-marks)',
  ],
])('%s is told with file, line and what is expected', async (_, files, want) => {
  expect(await failureOf(files)).toBe(want)
})

test.each<[string, string, string, string]>([
  [
    'tags',
    'tags:\n  - { name: guests, description: Those who stay. }',
    'tags: all',
    '16:7  Expected type `TagList` (array) but got `string`',
  ],
  ['servers', '- url: https://api.house.test', '-', '10:3  Expected type `Server` (object) but got `null`'],
])(
  '%s of a form that other rules trip over are told as a fault of the structure',
  async (_, piece, replacement, want) => {
    expect(await failureOf({ 'spec.yaml': replacePiece(house, piece, replacement) })).toBe(`spec.yaml:${want} (struct)`)
  },
)

const email = '          format: email\n          x-pii: true\n'

test.each<[string, string]>([
  ['any value', 'true'],
  ['no value', 'false'],
])('a property that allows %s can be loaded, or asked for its mark', async (_, schema) => {
  const folder = writeFolder({ 'spec.yaml': replacePiece(house, email, `${email}        note: ${schema}\n`) })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'house')).resolves.toBeDefined()
  expect(await failureOf({ 'spec.yaml': replacePiece(house, email, `${email}        phone: ${schema}\n`) })).toBe(
    'spec.yaml:102:9  Expected `x-pii: true` or `x-pii: false` on `phone`: its name suggests personal data. (pii-marks)',
  )
})

test('every problem is told at once, the first twenty of them in words', async () => {
  const spec = replacePiece(
    house,
    email,
    email + Array.from({ length: 25 }, (_, n) => `        a${n}:\n          x-pii: 1\n`).join(''),
  )
  const lines = (await failureOf({ 'spec.yaml': spec })).split('\n')
  expect(lines).toHaveLength(21)
  expect(lines[0]).toBe('spec.yaml:103:18  Expected `x-pii` to be `true` or `false`; found 1. (extension-values)')
  expect(lines.at(-1)).toBe('… and 5 more.')
})

test('an operation without operationId is named by its method and path', async () => {
  const spec = replacePiece(house, '      operationId: getGuest\n', '')
  const document = await loadSpec(join(writeFolder({ 'spec.yaml': spec }), 'spec.yaml'), 'vendor')
  expect(document.paths?.['/guests/{id}']?.get?.operationId).toBe('GET /guests/{id}')
})

function version(line: number, found: string): string {
  return `spec.yaml:${line}  Expected \`openapi: 3.0.x\` or \`3.1.x\`; found ${found}. (version)`
}

function refAdvice(found = ''): string {
  const advice = 'Expected a `$ref` to something that this document, or a file next to it, defines.'
  return `${advice}${found && ` Found: ${found}`} (no-unresolved-refs)`
}

test('what stands under a YAML anchor is taken as if it were written out each time', async () => {
  const spec = `openapi: 3.1.0
info: { title: Aliases, version: 1.0.0, license: { name: MIT, identifier: MIT } }
x-shared: &state { type: string, enum: [open, closed] }
paths: {}
components: { schemas: { A: *state, B: *state } }
`
  const folder = writeFolder({ 'spec.yaml': spec })
  const { components } = await loadSpec(join(folder, 'spec.yaml'), 'vendor')
  const { A, B } = components?.schemas ?? {}
  expect(A).toEqual({ type: 'string', enum: ['open', 'closed'] })
  expect(B).toEqual(A)
  expect(B).not.toBe(A)
})

test('a component that only refers to itself is told', async () => {
  const spec = replacePiece(
    house,
    '    Guest:\n      type: object',
    "    Loop: { $ref: '#/components/schemas/Loop' }\n    Guest:\n      type: object",
  )
  expect(
    await failureOf({ 'spec.yaml': replacePiece(spec, 'type: integer', "$ref: '#/components/schemas/Loop'") }),
  ).toBe(
    'spec.yaml  Expected every `$ref` to lead to a value in the end; found one that only leads to itself. (circular-refs)',
  )
})
