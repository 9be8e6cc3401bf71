import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, relative } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { house } from '../../test/fixtures.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { loadSpec } from './load.ts'

const head = 'openapi: 3.1.0\ninfo: { title: T, version: 1.0.0 }\n'

test('JSON gives what the same in YAML gives', async () => {
  const yaml = writeFolder({ 'spec.yaml': house })
  const document = await loadSpec(join(yaml, 'spec.yaml'), 'house')
  const json = writeFolder({ 'spec.json': JSON.stringify(document, null, 2) })
  expect(await loadSpec(join(json, 'spec.json'), 'house')).toEqual(document)
})

test('a key that stands twice in JSON is told, with its line', async () => {
  const files = {
    'spec.yaml':
      '{\n"openapi": "3.1.0",\n"info": { "title": "\\"a\\": {", "version": "1" },\n"info": {},\n"paths": {} }',
  }
  expect(await failureOf(files, 'vendor')).toBe(
    'spec.yaml:4:2  Expected valid YAML or JSON: duplicated mapping key. (yaml)',
  )
})

test('an alias in a file that is referred to is a value of its own, too', async () => {
  const folder = writeFolder({
    'spec.yaml': `${head}paths: {}\ncomponents: { schemas: { A: { $ref: 'a.yaml' } } }\n`,
    'a.yaml': 'properties: { b: &b { type: string }, c: *b }\n',
  })
  const { components } = await loadSpec(join(folder, 'spec.yaml'), 'vendor')
  const { b, c } = Object(components?.schemas?.a).properties
  expect(c).toEqual(b)
  expect(c).not.toBe(b)
})

test('files can be read from elsewhere, whatever their line ends, and what is missing there is told', async () => {
  const file = join(writeFolder({}), 'spec.yaml')
  const files: Record<string, string> = {
    [file]: `${head}paths: {}\ncomponents: { schemas: { A: { $ref: 'a.yaml' } } }\n`.replaceAll('\n', '\r\n'),
  }
  const readText = async (path: string) => {
    const text = files[path]
    if (text === undefined) throw new Error('there is no such file.')
    return text
  }
  await expect(loadSpec(file, 'vendor', { readText })).rejects.toThrow('there is no such file.')
  files[join(file, '../a.yaml')] = 'description: |\r\n  a\r\n  b\r\n'
  const { components } = await loadSpec(file, 'vendor', { readText })
  expect(components?.schemas?.a).toEqual({ description: 'a\nb\n' })
})

const specWith = (components: string) => `${head}paths: {}\ncomponents: ${components}\n`
const holdsItself = 'Expected what an anchor holds to be without an alias to it. (yaml)'

/** Each level repeats the one before ten times. */
const laughs = Array.from({ length: 9 }, (_, level) => {
  const parts = Array.from({ length: 10 }, (_, part) => `p${part}: *l${level}`)
  return `    L${level + 1}: &l${level + 1} { properties: { ${parts.join(', ')} } }\n`
}).join('')

/** Each level holds the one before. */
const deepAliases = Array.from({ length: 150 }, (_, level) => `x-${level + 1}: &x${level + 1} [*x${level}]\n`).join('')

/** Properties that refer to each other in a row. */
const chain = (length: number) => {
  const links = Array.from(
    { length },
    (_, index) => `    S${index}:\n      properties: { next: { $ref: '#/components/schemas/S${index + 1}' } }\n`,
  )
  return `\n  schemas:\n${links.join('')}    S${length}: {}`
}

test.each<[string, Record<string, string>, string]>([
  [
    'an anchor that holds itself',
    { 'spec.yaml': specWith('{ schemas: { A: &a { properties: { me: *a } } } }') },
    `spec.yaml:4:48  ${holdsItself}`,
  ],
  [
    'an anchor that holds itself in another file',
    { 'spec.yaml': specWith("{ schemas: { A: { $ref: 'a.yaml#/A' } } }"), 'a.yaml': 'A: &a\n  allOf:\n    - *a\n' },
    `a.yaml:3:8  ${holdsItself}`,
  ],
  [
    'more repetition by aliases than memory holds',
    { 'spec.yaml': specWith(`\n  schemas:\n    L0: &l0 { type: object }\n${laughs}`) },
    'spec.yaml:12:56  Expected aliases to repeat at most 1000000 values; with this one they repeat 1135788. (yaml)',
  ],
  [
    'a value that is nested deeper than YAML may be, in JSON',
    { 'spec.yaml': `{ "openapi": "3.1.0", "x-deep": ${'['.repeat(200)}${']'.repeat(200)} }` },
    'spec.yaml:1:131  Expected valid YAML or JSON: nesting exceeded maxDepth. (yaml)',
  ],
  [
    'aliases that are nested deeper than that when they are written out',
    { 'spec.yaml': `${head}x-0: &x0 []\n${deepAliases}` },
    'spec.yaml:102:14  Expected values to be nested at most 100 levels deep, aliases written out; found 101. (yaml)',
  ],
  [
    'a row of references that is too long to follow',
    { 'spec.yaml': specWith(chain(6000)) },
    'spec.yaml:12006  Expected values and references within some thousand steps of each other; found this after 18003. (depth)',
  ],
])('%s is told with its place, not as a fault of the program', async (_, files, want) => {
  expect(await failureOf(files, 'vendor')).toBe(want)
})

test.each<[string, string, string]>([
  [
    'an address on the net',
    'https://a.test/guest.yaml',
    "Expected a `$ref` into files; found a URL, which is not fetched: name it in the spec's `allow` in the config, such as 'https://a.test/', or keep a copy. (reach)",
  ],
  [
    'an absolute path',
    '/etc/hosts',
    `Expected a \`$ref\` into the spec's own files; found ${relative(process.cwd(), '/etc/hosts')}, which is not read: name it, or its folder, in the spec's \`allow\` in the config. (reach)`,
  ],
])('a reference to %s is told, and neither read nor fetched', async (_, reference, want) => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const files = { 'spec.yaml': specWith(`{ schemas: { A: { $ref: '${reference}' } } }`) }
  expect(await failureOf(files, 'vendor')).toBe(`spec.yaml:4:29  ${want}`)
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
})

test('an example that is only linked stays a link, and is not fetched', async () => {
  const fetched = vi.spyOn(globalThis, 'fetch')
  const folder = writeFolder({
    'spec.yaml': specWith(
      "{ examples: { a: { externalValue: 'https://a.test/a.json' } }, schemas: { B: { $ref: 'b.yaml' } } }",
    ),
    'b.yaml': 'type: string\n',
  })
  const { components } = await loadSpec(join(folder, 'spec.yaml'), 'vendor')
  expect(components?.examples?.a).toEqual({ externalValue: 'https://a.test/a.json' })
  expect(fetched).not.toHaveBeenCalled()
  fetched.mockRestore()
})

test('what looks like a reference in an example is data', async () => {
  const folder = writeFolder({
    'spec.yaml': specWith(
      "{ examples: { a: { value: { $ref: 'https://a.test/a.json' } } }, schemas: { B: { example: { $ref: 'x.yaml' } } } }",
    ),
  })
  const { components } = await loadSpec(join(folder, 'spec.yaml'), 'vendor')
  expect(components?.examples?.a).toEqual({ value: { $ref: 'https://a.test/a.json' } })
})

test('a URL that is allowed is fetched, but not where it leads on to', async () => {
  const server = createServer(({ url }, response) => {
    if (url === '/moved.yaml') response.writeHead(302, { location: '/a.yaml' }).end()
    else response.writeHead(200, { 'content-type': 'application/yaml' }).end('A: { type: string }\n')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void server.close())
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const load = (path: string) => {
    const folder = writeFolder({ 'spec.yaml': specWith(`{ schemas: { A: { $ref: '${url}/${path}#/A' } } }`) })
    return loadSpec(join(folder, 'spec.yaml'), 'vendor', { permissions: [`${url}/`] })
  }
  expect((await load('a.yaml')).components?.schemas?.A).toEqual({ type: 'string' })
  await expect(load('moved.yaml')).rejects.toThrow('was answered with status 302')
})

test('two files of one name in two folders are two components', async () => {
  const folder = writeFolder({
    'spec.yaml': specWith(
      "{ schemas: { A: { $ref: 'one/item.yaml' }, B: { properties: { b: { $ref: 'two/item.yaml' } } } } }",
    ),
    'one/item.yaml': 'type: string\n',
    'two/item.yaml': 'type: integer\n',
  })
  const { components } = await loadSpec(join(folder, 'spec.yaml'), 'vendor')
  expect(components?.schemas?.item).toEqual({ type: 'string' })
  expect(components?.schemas?.['item-2']).toEqual({ type: 'integer' })
})

test('bytes that are no text are told with their place, in whatever file they stand', async () => {
  const folder = writeFolder({ 'spec.yaml': specWith("{ schemas: { A: { $ref: 'a.yaml' } } }") })
  writeFileSync(join(folder, 'a.yaml'), Buffer.from('type: string\ntitle: é\n', 'latin1'))
  await expect(loadSpec(join(folder, 'spec.yaml'), 'vendor')).rejects.toThrow(
    'a.yaml:2:8  Expected text in UTF-8; found the byte 0xe9: save the file as UTF-8. (encoding)',
  )
})
