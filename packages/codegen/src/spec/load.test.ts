import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { house, replacePiece } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import type { AcceptedFinding } from './config.ts'
import { listOperations } from './document.ts'
import { loadSpec } from './load.ts'
import type { Problem } from './problem.ts'

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
  ['a missing file', {}, 'spec.yaml  Cannot be read: there is no file spec.yaml. (file)'],
  ['an empty file', { 'spec.yaml': '' }, version(1, 'no `openapi` field')],
  ['a list', { 'spec.yaml': '- openapi' }, version(1, 'no `openapi` field')],
  [
    'Swagger 2.0',
    { 'spec.yaml': '# Old.\nswagger: "2.0"\n' },
    'spec.yaml:2  Expected `openapi: 3.x.y`; found Swagger 2.0: convert it once with `npx swagger2openapi@7.0.8 --patch --yaml --outfile openapi.yaml FILE`, and use what that writes as the spec. (version)',
  ],
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
  return `spec.yaml:${line}  Expected \`openapi: 3.0.x\`, \`3.1.x\` or \`3.2.x\`; found ${found}. (version)`
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
    'spec.yaml:91:5  Expected every `$ref` to lead to a value in the end; found #/components/schemas/Loop, which leads back to itself. (no-unresolved-refs)',
  )
})

test('references that go round between files are told where the first of them stands', async () => {
  const referring = (ref: string) => `components:\n  schemas:\n    Loop:\n      $ref: '${ref}'\n`
  const files = {
    'spec.yaml': `openapi: 3.1.0\ninfo: { title: T, version: '1' }\npaths: {}\n${referring('b.yaml#/components/schemas/Loop')}`,
    'b.yaml': referring('folder/c.yaml#/components/schemas/Loop'),
    'folder/c.yaml': referring('../b.yaml#/components/schemas/Loop'),
  }
  expect(await failureOf(files)).toBe(
    'spec.yaml:6:5  Expected every `$ref` to lead to a value in the end; found b.yaml#/components/schemas/Loop, which leads back to itself. (no-unresolved-refs)',
  )
})

/** The spec of these components as it is loaded, and what is told of it meanwhile. */
async function loadWith(version: string, components: string, accept: readonly AcceptedFinding[] = []) {
  const spec = `openapi: ${version}\ninfo: { title: T, version: 1.0.0 }\npaths: {}\ncomponents: ${components}\n`
  const folder = writeFolder({ 'spec.yaml': spec })
  const warnings: string[] = []
  const onWarning = ({ line, column, message, rule }: Problem) =>
    warnings.push(`${line}:${column} ${message} (${rule})`)
  const document = await loadSpec(join(folder, 'spec.yaml'), 'vendor', { accept, onWarning })
  return { schemas: document.components?.schemas, warnings }
}

test("3.0's `nullable` in a later version means null in a spec of others, and is told once", async () => {
  const { schemas, warnings } = await loadWith(
    '3.1.0',
    `
  schemas:
    A: { type: object, properties: { a: { type: string, nullable: true }, nullable: { type: boolean } } }
    B: { $ref: '#/components/schemas/A', nullable: true, description: A or nothing. }
    C: { type: [string, integer], enum: [a, 1], nullable: true }
    D: { type: string, nullable: false, example: { nullable: true } }`,
  )
  expect(schemas).toEqual({
    A: { type: 'object', properties: { a: { type: ['string', 'null'] }, nullable: { type: 'boolean' } } },
    B: { description: 'A or nothing.', anyOf: [{ $ref: '#/components/schemas/A' }, { type: 'null' }] },
    C: { type: ['string', 'integer', 'null'], enum: ['a', 1, null] },
    D: { type: 'string', example: { nullable: true } },
  })
  expect(warnings).toEqual([
    "6:57 Expected `null` among the types, as OpenAPI has it from 3.1 on; found 3.0's `nullable`, and took it as what it says, here and in 3 more places. (nullable)",
  ])
})

test("3.0's `nullable` is a fault in a later spec of ours", async () => {
  const spec = replacePiece(house, 'format: email', 'nullable: true')
  expect(await failureOf({ 'spec.yaml': spec })).toBe(
    'spec.yaml:100:11  Property `nullable` is not expected here. (struct)',
  )
})

test('an extension of others that has the name of ours is left out, and told', async () => {
  const { schemas, warnings } = await loadWith('3.0.3', '{ schemas: { A: { type: object, x-pii: [name] } } }')
  expect(schemas).toEqual({ A: { type: 'object' } })
  expect(warnings).toEqual([
    '4:52 Expected `x-pii` to be `true` or `false`; found ["name"]. It is taken for an extension of others, and left out. (extension-values)',
  ])
})

test('a finding that is accepted stops nothing; one that is accepted in vain is told', async () => {
  const components = '{ schemas: { A: { type: object, colour: red }, B: { colour: red } } }'
  await expect(loadWith('3.0.3', components)).rejects.toThrow('`colour` is not expected here')
  const one = { rule: 'struct', at: '#/components/schemas/A', reason: 'A colour.' }
  await expect(loadWith('3.0.3', components, [one])).rejects.toThrow('spec.yaml:4:65')
  const rest = [
    { rule: 'struct', at: 'spec.yaml#/components/schemas/B/colour', reason: 'Another.' },
    { rule: 'struct', at: '#/components/schemas/C', reason: 'Gone.' },
  ]
  const { warnings } = await loadWith('3.0.3', components, [one, ...rest])
  expect(warnings).toEqual([
    'undefined:undefined Expected every entry of `accept` to be needed; nothing is found by `struct` at #/components/schemas/C: take it out of the config. (accept)',
  ])
})

test('what generation cannot do without is no finding to accept', async () => {
  const accept = [{ rule: 'no-unresolved-refs', reason: 'It is not there.' }]
  await expect(loadWith('3.0.3', "{ schemas: { A: { $ref: '#/nothing' } } }", accept)).rejects.toThrow('#/nothing')
})

test('a path that only refers to another has operations of its own, named by method and path', async () => {
  const spec = `${house.slice(0, house.indexOf('components:'))}  /visitors/{id}: { $ref: '#/paths/~1guests~1{id}' }
${house.slice(house.indexOf('components:'))}`
  const document = await loadSpec(join(writeFolder({ 'spec.yaml': spec }), 'spec.yaml'), 'vendor')
  expect(listOperations(document).map(({ id, path }) => `${id} ${path}`)).toEqual([
    'getGuest /guests/{id}',
    'updateGuest /guests/{id}',
    'GET /visitors/{id} /visitors/{id}',
    'PUT /visitors/{id} /visitors/{id}',
  ])
})

test('a discriminator may map to the name of a schema', async () => {
  const { schemas } = await loadWith(
    '3.0.3',
    `
  schemas:
    A: { type: object, required: [kind], properties: { kind: { type: string } } }
    B: { oneOf: [{ $ref: '#/components/schemas/A' }], discriminator: { propertyName: kind, mapping: { a: A } } }`,
  )
  expect(schemas).toHaveProperty('B')
})

test('a discriminator that maps to what is not there can do without its mapping', async () => {
  const components = `
  schemas:
    A: { type: object, required: [kind], properties: { kind: { type: string } } }
    B: { oneOf: [{ $ref: '#/components/schemas/A' }], discriminator: { propertyName: kind, mapping: { a: a.yaml } } }`
  await expect(loadWith('3.0.3', components)).rejects.toThrow('no-unresolved-refs')
  const accept = [{ rule: 'no-unresolved-refs', reason: 'They publish only one of their files.' }]
  const { schemas } = await loadWith('3.0.3', components, accept)
  expect(schemas?.B).toMatchObject({ discriminator: { propertyName: 'kind' } })
})

test.each<[string, string, string]>([
  [
    'a method that is new in 3.2',
    '/a: { query: { responses: { 200: { description: A. } } } }',
    '3:16  Expected methods of get, put, post, delete, options, head, patch, trace; found `query`: a method of its own has no types.',
  ],
  [
    'the whole query as one parameter',
    '/a: { parameters: [{ name: q, in: querystring, content: { a/b: { schema: {} } } }] }',
    '3:40  Expected a parameter for each part of the query; found `querystring`, which is all of it at once.',
  ],
])('a document of 3.2 is read, and %s is refused with the reason', async (_, paths, want) => {
  const head = 'openapi: 3.2.0\ninfo: { title: T, version: 1.0.0 }\n'
  const folder = writeFolder({ 'spec.yaml': `${head}paths: {}\n` })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'vendor')).resolves.toBeDefined()
  expect(await failureOf({ 'spec.yaml': `${head}paths: { ${paths} }\n` }, 'vendor')).toBe(
    `spec.yaml:${want} (served-constructs)`,
  )
})

test.each([
  [
    'a parameter where no request carries it',
    'paths: { "/a#{id}": { get: { operationId: a, parameters: [{ name: id, in: path, required: true, schema: {} }], responses: {} } } }',
    '3:23  Expected the place of `id` before `#`: no request carries what follows `#` in a path. (path-placeholders)',
  ],
  [
    'a key in a header that cannot be',
    'components: { securitySchemes: { key: { type: apiKey, in: header, name: "My Key" } } }\npaths: {}',
    '3:67  Expected the name of a header; found "My Key", which no request can carry. (served-constructs)',
  ],
])('%s is refused with the reason', async (_, rest, want) => {
  const head = 'openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n'
  expect(await failureOf({ 'spec.yaml': `${head}${rest}\n` }, 'vendor')).toBe(`spec.yaml:${want}`)
})

test('a reference by the name of an anchor becomes a pointer', async () => {
  const { schemas } = await loadWith(
    '3.1.0',
    "{ schemas: { A: { $defs: { 'b/c': { $anchor: b, type: string } } }, D: { $ref: '#b' } } }",
  )
  expect(schemas?.D).toEqual({ $ref: '#/components/schemas/A/%24defs/b~1c' })
})

test('what stands beside a reference counts from 3.1 on; until then only words and extensions are kept', async () => {
  const beside =
    "{ schemas: { A: {}, B: { $ref: '#/components/schemas/A', description: B., x-pii: true, required: [b] } } }"
  const kept = { $ref: '#/components/schemas/A', description: 'B.', 'x-pii': true }
  expect((await loadWith('3.1.0', beside)).schemas?.B).toEqual({ ...kept, required: ['b'] })
  expect((await loadWith('3.0.3', beside)).schemas?.B).toEqual(kept)
})
