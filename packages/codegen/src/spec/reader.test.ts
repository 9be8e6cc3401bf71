import { join } from 'node:path'
import { expect, test } from 'vitest'
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
  await expect(loadSpec(file, 'vendor', readText)).rejects.toThrow('there is no such file.')
  files[join(file, '../a.yaml')] = 'description: |\r\n  a\r\n  b\r\n'
  const { components } = await loadSpec(file, 'vendor', readText)
  expect(components?.schemas?.a).toEqual({ description: 'a\nb\n' })
})

const specWith = (components: string) => `${head}paths: {}\ncomponents: ${components}\n`
const holdsItself = 'Expected what an anchor holds to be without an alias to it. (yaml)'

/** Each level repeats the one before ten times. */
const laughs = Array.from({ length: 9 }, (_, level) => {
  const parts = Array.from({ length: 10 }, (_, part) => `p${part}: *l${level}`)
  return `    L${level + 1}: &l${level + 1} { properties: { ${parts.join(', ')} } }\n`
}).join('')

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
    'a row of references that is too long to follow',
    { 'spec.yaml': specWith(chain(6000)) },
    'spec.yaml:12006  Expected values and references within some thousand steps of each other; found this after 18003. (depth)',
  ],
])('%s is told with its place, not as a fault of the program', async (_, files, want) => {
  expect(await failureOf(files, 'vendor')).toBe(want)
})
