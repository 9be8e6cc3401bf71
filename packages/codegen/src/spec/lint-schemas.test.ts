import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { failureOf } from '../../test/failure-of.ts'
import { writeFolder } from '../../test/write-folder.ts'
import { loadSpec } from './load.ts'
import { SpecError } from './problem.ts'

// Some tests load hundreds of specs.
vi.setConfig({ testTimeout: 60_000 })

const specWith = (schemas: string) => `openapi: 3.1.0
info: { title: Parts, version: 1.0.0 }
paths: {}
components:
  schemas:
${schemas}
`
const told =
  'Expected the parts of `allOf` to be other schemas; found one that leads back to this schema. (no-self-in-all-of)'

test.each<[string, Record<string, string>, string[]]>([
  [
    'through two steps',
    {
      'spec.yaml': specWith(
        "    A: { allOf: [{ $ref: '#/components/schemas/B' }] }\n    B: { allOf: [{ $ref: '#/components/schemas/A' }] }",
      ),
    },
    ['spec.yaml:6:17', 'spec.yaml:7:17'],
  ],
  [
    'through parts of parts',
    {
      'spec.yaml': specWith(
        "    A:\n      type: object\n      allOf:\n        - allOf: [{ allOf: [{ $ref: '#/components/schemas/A' }] }]",
      ),
    },
    ['spec.yaml:9:9', 'spec.yaml:9:18', 'spec.yaml:9:28'],
  ],
  [
    'through what stands beside a reference',
    {
      'spec.yaml': specWith(
        "    A: { $ref: '#/components/schemas/B', allOf: [{}] }\n    B: { allOf: [{ $ref: '#/components/schemas/A' }] }",
      ),
    },
    ['spec.yaml:7:17'],
  ],
  [
    'through other files',
    {
      'spec.yaml': specWith('    A: { allOf: [{ $ref: parts/b.yaml }] }'),
      'parts/b.yaml': "allOf:\n  - $ref: '../c.yaml#/C'\n",
      'c.yaml': "C:\n  allOf:\n    - $ref: 'spec.yaml#/components/schemas/A'\n",
    },
    ['spec.yaml:6:17', 'parts/b.yaml:2:3', 'c.yaml:3:5'],
  ],
])('an `allOf` that holds itself %s is refused where it stands', async (_, files, places) => {
  const lines = (await failureOf(files, 'vendor')).split('\n')
  expect(lines.sort()).toEqual(places.map((place) => `${place}  ${told}`).sort())
})

test('a schema that is nothing but an alternative of itself is refused', async () => {
  const schemas = `    A: { title: A, anyOf: [{ $ref: '#/components/schemas/B' }] }\n    B: { oneOf: [{ $ref: '#/components/schemas/A' }] }`
  expect(await failureOf({ 'spec.yaml': specWith(schemas) }, 'vendor')).toContain(
    'Expected the parts of `anyOf` to be other schemas; found one that leads back to this schema. (no-self-in-all-of)',
  )
})

test.each([
  ['a property', "    A: { allOf: [{ properties: { a: { $ref: '#/components/schemas/A' } } }] }"],
  [
    'an alternative',
    "    A: { oneOf: [{ $ref: '#/components/schemas/B' }, { type: string }] }\n    B: { allOf: [{ $ref: '#/components/schemas/A' }] }",
  ],
  [
    'a part that two parts share',
    "    A: { allOf: [{ $ref: '#/components/schemas/B' }, { $ref: '#/components/schemas/C' }] }\n    B: { allOf: [{ $ref: '#/components/schemas/C' }] }\n    C: { type: object }",
  ],
])('a schema may hold itself as %s', async (_, schemas) => {
  const folder = writeFolder({ 'spec.yaml': specWith(schemas) })
  await expect(loadSpec(join(folder, 'spec.yaml'), 'vendor')).resolves.toBeDefined()
})

/** Schemas by number, each with the numbers of its parts and whether it stands in a file of its own. */
const graphs = fc.array(fc.record({ parts: fc.uniqueArray(fc.nat(4), { maxLength: 2 }), isApart: fc.boolean() }), {
  minLength: 5,
  maxLength: 5,
})

test('a spec is refused for its parts if, and only if, going from part to part can lead back', async () => {
  const folder = writeFolder({})
  let run = 0
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const prefix = `${run++}-`
      const texts = graph.map(({ parts }) => {
        const refs = parts.map(
          (part) =>
            `{ $ref: '${graph[part]?.isApart ? `${prefix}${part}.yaml` : `${prefix}spec.yaml#/components/schemas/S${part}`}' }`,
        )
        return parts.length > 0 ? `{ allOf: [${refs.join(', ')}] }` : '{ type: object }'
      })
      for (const [index, text] of texts.entries()) writeFileSync(join(folder, `${prefix}${index}.yaml`), text)
      const schemas = texts.map(
        (text, index) => `    S${index}: ${graph[index]?.isApart ? `{ $ref: ${prefix}${index}.yaml }` : text}`,
      )
      const file = join(folder, `${prefix}spec.yaml`)
      writeFileSync(file, specWith(schemas.join('\n')))
      const error: unknown = await loadSpec(file, 'vendor').catch((reason: unknown) => reason)
      const rules = error instanceof SpecError ? new Set(error.problems.map(({ rule }) => rule)) : error
      if (leadsBack(graph.map(({ parts }) => parts))) expect(rules).toEqual(new Set(['no-self-in-all-of']))
      else expect(error).toHaveProperty('openapi')
    }),
    { numRuns: 150 },
  )
})

/** Taking away, again and again, what has no part left: a way back is what remains. */
function leadsBack(graph: number[][]): boolean {
  const left = new Set(graph.keys())
  for (let before = -1; before !== left.size; ) {
    before = left.size
    for (const index of left) if (!graph[index]?.some((part) => left.has(part))) left.delete(index)
  }
  return left.size > 0
}
