import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { loadSide } from '../../test/corpus/read-pair.ts'
import { writeFolder } from '../../test/write-folder.ts'
import type { OpenApiDocument } from '../document.ts'
import { loadSpec } from '../load.ts'
import { diffSpecs } from './diff-specs.ts'

// Some tests compare dozens of documents.
vi.setConfig({ testTimeout: 300_000 })

const minimo: OpenApiDocument = parse(readFileSync(new URL('../../../../openapi/minimo.yaml', import.meta.url), 'utf8'))

test('a spec does not differ from itself', async () => {
  expect(await diffSpecs(minimo, structuredClone(minimo))).toEqual({ bump: 'none', changes: [] })
})

test('what demands most comes first, then the order of the document', async () => {
  const after = structuredClone(minimo)
  const operation = (path: string, method: 'post' | 'put' | 'delete') => after.paths?.[path]?.[method] ?? {}
  Object.assign(operation('/public/v1/contacts/{id}', 'delete'), { deprecated: true })
  Object.assign(operation('/public/v1/contacts/{id}', 'put'), { tags: ['whatsapp'] })
  Object.assign(operation('/public/v1/contacts', 'post'), { description: 'Other words.', summary: 'More.' })
  Object.assign(operation('/public/v1/emails', 'post'), { tags: ['contacts'] })
  Object.assign(after, { 'x-error-codes': { ...after['x-error-codes'], '409': 'conflict' } })
  const { bump, changes } = await diffSpecs(minimo, after)
  expect(bump).toBe('major')
  expect(changes.map(({ bump: own, operationId, opinion, id }) => [own, operationId, opinion, id].join(' '))).toEqual([
    'major  facts error-code-changed',
    'major updateContactById facts namespace-changed',
    'major sendEmail facts namespace-changed',
    'minor deleteContact oasdiff endpoint-deprecated',
    'minor deleteContact facts operation-deprecated',
    'patch upsertContact facts words-changed',
    'patch upsertContact facts words-changed',
  ])
})

test('what oasdiff finds as well, our own checks do not repeat', async () => {
  const after = structuredClone(minimo)
  const schemas = after.components?.schemas as Record<string, { properties: object }>
  Object.assign(schemas.EmailMessage?.properties ?? {}, { cc: { type: 'string' } })
  const { changes } = await diffSpecs(minimo, after, { fast: true })
  expect(changes.map(({ opinion, location }) => `${opinion} ${location}`)).toEqual(['oasdiff body.cc'])
})

test('the fast way leaves out the compiler, and nothing else', async () => {
  const after = structuredClone(minimo)
  const schemas = after.components?.schemas as Record<string, { required: string[] }>
  schemas.EmailStats?.required.pop()
  const [whole, fast] = [await diffSpecs(minimo, after), await diffSpecs(minimo, after, { fast: true })]
  expect(whole.changes.map(({ opinion }) => opinion)).toEqual(['typescript', 'oasdiff'])
  expect(fast.changes.map(({ opinion }) => opinion)).toEqual(['oasdiff'])
})

const isData = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The value with the keys of all its maps in another order. */
function withOtherOrder(value: unknown, random: () => number): unknown {
  if (Array.isArray(value)) return value.map((one) => withOtherOrder(one, random))
  if (!isData(value)) return value
  const entries = Object.entries(value).map(([key, one]) => ({ key, one: withOtherOrder(one, random), rank: random() }))
  return Object.fromEntries(entries.sort((a, b) => a.rank - b.rank).map(({ key, one }) => [key, one]))
}

test.each([
  'combined-host-and-path',
  'combined-moved-and-changed',
  'shared-enum-value-added',
  'error-property-removed',
])('the order of keys never changes what is found: %s', async (name) => {
  const [before, after] = [await loadSide(name, 'before'), await loadSide(name, 'after')]
  const found = async (was: OpenApiDocument, is: OpenApiDocument) => {
    const { bump, changes } = await diffSpecs(was, is)
    return { bump, changes: changes.map((change) => JSON.stringify(change)).sort() }
  }
  const want = await found(before, after)
  await fc.assert(
    fc.asyncProperty(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), async (stream) => {
      const random = () => stream.next().value
      const shuffle = (document: OpenApiDocument) => withOtherOrder(document, random) as OpenApiDocument
      expect(await found(shuffle(before), shuffle(after))).toEqual(want)
      expect((await found(before, shuffle(before))).bump).toBe('none')
    }),
    { numRuns: 5 },
  )
})

type Path = (string | number)[]

function pathsOf(value: unknown, path: Path = []): Path[] {
  const below = isData(value) ? Object.entries(value).flatMap(([key, one]) => pathsOf(one, [...path, key])) : []
  return path.length > 0 ? [path, ...below] : below
}

const paths = pathsOf(minimo)
const mutation = fc.record({
  path: fc.constantFrom(...paths),
  value: fc.constantFrom(
    undefined,
    null,
    true,
    0,
    'word',
    ['word'],
    {},
    { type: 'integer' },
    { $ref: '#/components/schemas/Contact' },
  ),
})

/** The document with another value at a place, or none there. */
function mutated({ path, value }: { path: Path; value: unknown }): object {
  const document = structuredClone(minimo)
  const holder = path.slice(0, -1).reduce<object>((node, key) => Reflect.get(node, key), document)
  const key = path.at(-1) ?? ''
  if (value !== undefined) Reflect.set(holder, key, value)
  else if (Array.isArray(holder)) holder.splice(Number(key), 1)
  else Reflect.deleteProperty(holder, key)
  return document
}

test('whatever one place of our spec holds instead, it is refused as a spec or compared, both ways', async () => {
  const folder = writeFolder({})
  let compared = 0
  await fc.assert(
    fc.asyncProperty(mutation, async (change) => {
      const file = join(folder, 'spec.json')
      writeFileSync(file, JSON.stringify(mutated(change)))
      const after = await loadSpec(file, 'vendor').catch(() => undefined)
      if (!after) return
      compared++
      for (const [was, is] of [
        [minimo, after],
        [after, minimo],
      ] as const) {
        const { bump, changes } = await diffSpecs(was, is)
        expect(changes.every(({ message }) => message.length > 0)).toBe(true)
        expect(bump === 'none').toBe(changes.length === 0)
      }
    }),
    { numRuns: 60 },
  )
  expect(compared).toBeGreaterThan(5)
})
