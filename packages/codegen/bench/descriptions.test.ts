import { expect, test, vi } from 'vitest'
import { emitDocument, emitEntry, emitOperations, emitSchemas, emitTypes } from '../src/index.ts'
import { SpecError } from '../src/spec/problem.ts'
import { documentPath, fetchPacked } from './fetch-packed.ts'
import { loadDescription, readDescriptions } from './read-descriptions.ts'

// The first run downloads the package that holds them.
vi.setConfig({ testTimeout: 300_000 })

const emitters = [
  emitTypes({ path: 'a.ts' }),
  emitOperations({ path: 'b.ts', types: './a.ts' }),
  emitSchemas({ path: 'c.ts', operations: './b.ts' }),
  emitEntry({ path: 'd.ts', types: './a.ts', operations: './b.ts' }),
  emitDocument({ path: 'e.yaml' }),
]

/** Those whose structure is too broken for any findings to be accepted. */
const hopeless = ['api/dnd5eapi.co.json']

test('sixty public descriptions are generated from, with their findings accepted', async () => {
  const sample = readDescriptions().filter(({ isSample }) => isSample)
  fetchPacked(sample)
  const refused: string[] = []
  for (const description of sample) {
    try {
      const document = await loadDescription(documentPath(description))
      for (const emit of emitters) await emit(document, { source: 'a.json' })
    } catch (error) {
      if (!(error instanceof SpecError)) throw new Error(`${description.file} ends in an error`, { cause: error })
      refused.push(description.file)
    }
  }
  expect(sample).toHaveLength(60)
  expect(refused).toEqual(hopeless)
})
