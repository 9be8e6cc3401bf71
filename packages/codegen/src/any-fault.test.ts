import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { parse, stringify } from 'yaml'
import { house } from '../test/fixtures.ts'
import { writeFolder } from '../test/write-folder.ts'
import { emitDocument, emitEntry, emitOperations, emitSchemas, emitTypes } from './index.ts'
import { loadSpec } from './spec/load.ts'
import { SpecError } from './spec/problem.ts'

// Each test loads a hundred specs.
vi.setConfig({ testTimeout: 60_000 })

type Path = (string | number)[]

const client = { package: 'a', factory: 'createA', variable: 'a', baseUrl: 'https://a.test' }

const emitters = [
  emitTypes({ path: 'a.ts' }),
  emitOperations({ path: 'b.ts', types: './a.ts' }),
  emitSchemas({ path: 'c.ts', operations: './b.ts' }),
  emitEntry({ path: 'd.ts', types: './a.ts', operations: './b.ts' }),
  emitDocument({ path: 'e', client }),
]

test.each([
  ['nothing', null],
  ['a word', 'word'],
  ['a list of nothing', [null]],
  ['an empty map', {}],
])('wherever the house spec holds %s instead, it is either accepted or told as its fault', async (_, value) => {
  const folder = writeFolder({})
  const surprises: string[] = []
  for (const path of pathsOf(parse(house))) {
    const file = join(folder, `${path.join('.').replaceAll('/', '-')}.yaml`)
    writeFileSync(file, stringify(withValue(parse(house), path, value)))
    try {
      const document = await loadSpec(file, 'house')
      for (const emit of emitters) await emit(document, { source: 'a.yaml' })
    } catch (error) {
      if (!(error instanceof SpecError)) surprises.push(`${path.join('.')}: ${error}`)
    }
  }
  expect(surprises).toEqual([])
})

/** The place of every value in a document but the document itself. */
function pathsOf(node: unknown, path: Path = []): Path[] {
  if (typeof node !== 'object' || node === null) return [path]
  const below = Object.entries(node).flatMap(([key, child]) => pathsOf(child, [...path, key]))
  return path.length > 0 ? [path, ...below] : below
}

function withValue(document: object, path: Path, value: unknown): object {
  const holder = path.slice(0, -1).reduce<object>((node, key) => Reflect.get(node, key), document)
  Reflect.set(holder, path.at(-1) ?? '', value)
  return document
}
