import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileConsumers } from '../../test/compile-consumers.ts'
import { replacePiece } from '../../test/fixtures.ts'
import { requestTypeCases } from '../../test/request-type-cases.ts'
import { responseTypeCases } from '../../test/response-type-cases.ts'
import type { OpenApiDocument } from '../document.ts'
import { printTypes } from '../emitters/print-types.ts'
import { normalizeSpec } from './normalize.ts'
import { findTypeChanges } from './typescript.ts'

const base = readFileSync(new URL('../../test/fixtures/guests.yaml', import.meta.url), 'utf8')
const cases = [...requestTypeCases, ...responseTypeCases]

const read = (text: string): OpenApiDocument => parse(text)

const findChanges = (before: string, after: string) =>
  findTypeChanges({ before: normalizeSpec(read(before)), after: normalizeSpec(read(after)) })

test.each(cases)('%s', async (_, piece, instead, want) => {
  const found = await findChanges(base, replacePiece(base, piece, instead))
  const told = found.map(({ bump, id, operationId = '-', location }) => `${bump} ${id} ${operationId} ${location}`)
  expect(told, found.map(({ message }) => message).join('\n')).toEqual(want)
})

test('code that a major change concerns no longer compiles, and code that a minor one concerns still does', () => {
  const types = printTypes(read(base))
  const withCode = cases.flatMap(([name, piece, instead, want, code]) => {
    const isMajor = want.some((line) => line.startsWith('major'))
    if (code === undefined && isMajor) throw new Error(`${name}: a major change needs the code that it breaks`)
    return code === undefined
      ? []
      : [{ name, code, isMajor, types: printTypes(read(replacePiece(base, piece, instead))) }]
  })
  const before = compileConsumers(withCode.map(({ code }) => ({ types, code })))
  const after = compileConsumers(withCode)
  expect(before.map((errors, index) => `${withCode[index]?.name}: ${errors}`)).toEqual(
    withCode.map(({ name }) => `${name}: `),
  )
  expect(after.map((errors, index) => ({ name: withCode[index]?.name, compiles: errors === '' }))).toEqual(
    withCode.map(({ name, isMajor }) => ({ name, compiles: !isMajor })),
  )
})

const photos = `  /photo:
    get:
      operationId: getPhoto
      responses: { "200": { description: The photo., content: { image/png: { schema: { type: string } } } } }
`
const document = (paths: string) => `openapi: 3.1.0\ninfo: { title: Photos, version: 1.0.0 }\npaths:\n${paths}`

test.each<[string, string, string, string[]]>([
  [
    'an operation that is gone, and one that is new',
    photos,
    photos.replace('/photo', '/film').replace('getPhoto', 'getFilm'),
    [
      '`getPhoto` is gone: compile error for code that calls it.',
      '`getFilm` is new; code that does not call it is unchanged.',
    ],
  ],
  [
    'an operation that is renamed, and still compared',
    photos,
    photos.replace('getPhoto', 'loadPhoto').replace('type: string', 'type: integer'),
    [
      '`getPhoto` is called `loadPhoto` now: compile error for code that calls it by its old name.',
      '`200` was `string` and is `number`: compile error for code that uses the answer as it was.',
    ],
  ],
  [
    'an operation at another path',
    photos,
    photos.replace('/photo', '/v1/photo'),
    ['`GET /photo` is `GET /v1/photo` now: compile error for code that calls it by its path.'],
  ],
])('%s', async (_, before, after, want) => {
  const found = await findChanges(document(before), document(after))
  expect(found.map(({ message }) => message)).toEqual(want)
})

test('an enum that no request takes any more is open, which breaks code that handles each value', async () => {
  const parameters = 'parameters: [{ name: room, in: query, schema: { $ref: "#/components/schemas/Room" } }]'
  const shared = replacePiece(base, 'operationId: getPhoto\n', `operationId: getPhoto\n      ${parameters}\n`)
  const loosened = shared.replace('schema: { $ref: "#/components/schemas/Room" } }]', 'schema: { type: string } }]')
  expect((await findChanges(shared, loosened)).map(({ bump, message }) => `${bump}: ${message}`)).toEqual([
    'major: `200.*.room` may be `string` now; it was `"double" | "single"`: compile error for code that uses `room` as it was.',
    'minor: `query.room` takes `string` too; it was `"double" | "single"`.',
  ])
})

test('a text of a type is short, and names the schemas in it', async () => {
  const long = Array.from({ length: 30 }, (_, index) => `p${index}: { type: string }`).join(', ')
  const schema = 'phone: { type: string }'
  const texts = await Promise.all(
    [`phone: { type: object, properties: { ${long} } }`, 'phone: { $ref: "#/components/schemas/Saved" }'].map(
      async (instead) => (await findChanges(base, replacePiece(base, schema, instead)))[0]?.message,
    ),
  )
  expect(texts).toEqual([
    '`200.*.phone` was `string` and is `{ p0?: string; p1?: string; p2?: string; p3?: string; p4?: string; p5?: string…`: compile error for code that uses `phone` as it was.',
    '`200.*.phone` was `string` and is `Saved`: compile error for code that uses `phone` as it was.',
  ])
})

test('TypeScript is loaded only where something changed', () => {
  const program = `
    import { createRequire } from 'node:module'
    import { findTypeChanges } from ${JSON.stringify(new URL('typescript.ts', import.meta.url).href)}
    const [before, after] = JSON.parse(process.argv[1])
    const isLoaded = () => Object.keys(createRequire(import.meta.url).cache).some((file) => file.endsWith('typescript.js'))
    await findTypeChanges({ before, after: before })
    const wasLoaded = isLoaded()
    await findTypeChanges({ before, after })
    console.log(wasLoaded, isLoaded())`
  const pair = [photos, photos.replace('type: string', 'type: integer')].map((text) =>
    normalizeSpec(read(document(text))),
  )
  const args = ['--input-type=module', '--eval', program, '--', JSON.stringify(pair)]
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' })
  expect({ stdout, stderr }).toEqual({ stdout: 'false true\n', stderr: '' })
})
