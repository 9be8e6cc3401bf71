import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { parse } from 'yaml'
import { loadSide } from '../../test/corpus/read-pair.ts'
import { writeFolder } from '../../test/write-folder.ts'
import type { OpenApiDocument } from '../document.ts'
import { loadSpec } from '../load.ts'
import type { Change } from './compare/change.ts'
import { diffSpecs } from './diff-specs.ts'

// Some tests compare dozens of documents.
vi.setConfig({ testTimeout: 300_000 })

const minimo: OpenApiDocument = parse(readFileSync(new URL('../../../../openapi/minimo.yaml', import.meta.url), 'utf8'))

test('a spec does not differ from itself', () => {
  expect(diffSpecs(minimo, structuredClone(minimo))).toEqual({ bump: 'none', changes: [] })
})

test('what demands most comes first, then the order of the document', () => {
  const after = structuredClone(minimo)
  const operation = (path: string, method: 'post' | 'put' | 'delete') => after.paths?.[path]?.[method] ?? {}
  Object.assign(operation('/public/v1/contacts/{id}', 'delete'), { deprecated: true })
  Object.assign(operation('/public/v1/contacts/{id}', 'put'), { tags: ['whatsapp'] })
  Object.assign(operation('/public/v1/contacts', 'post'), { description: 'Other words.', summary: 'More.' })
  Object.assign(operation('/public/v1/emails', 'post'), { tags: ['contacts'] })
  Object.assign(after, { 'x-error-codes': { ...after['x-error-codes'], '409': 'conflict' } })
  const { bump, changes } = diffSpecs(minimo, after, { hasNamespaces: true })
  expect(bump).toBe('major')
  expect(changes.map(({ bump: own, operationIds, id }) => [own, operationIds.join(), id].join(' '))).toEqual([
    'major  error-code-changed',
    'major updateContactById namespace-changed',
    'major sendEmail namespace-changed',
    'minor deleteContact operation-deprecated',
    'patch upsertContact words-changed',
    'patch upsertContact words-changed',
  ])
})

test('one change of a schema is told once, with all that it reaches', () => {
  const after = structuredClone(minimo)
  const schemas = after.components?.schemas as Record<string, { properties: object }>
  Object.assign(schemas.EmailMessage?.properties ?? {}, { cc: { type: 'string' } })
  const { changes } = diffSpecs(minimo, after)
  expect(changes.map(({ id, location, operationIds }) => [id, location, operationIds.join()])).toEqual([
    ['property-added', 'components.schemas.EmailMessage.cc', 'sendEmail'],
  ])
})

const isData = (value: unknown): value is object => typeof value === 'object' && value !== null

/** The order of the document shows in the operations. */
const textOf = (change: Change) => JSON.stringify({ ...change, operationIds: change.operationIds.toSorted() })

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
  const found = (was: OpenApiDocument, is: OpenApiDocument) => {
    const { bump, changes } = diffSpecs(was, is)
    return { bump, changes: changes.map(textOf).sort() }
  }
  const want = found(before, after)
  fc.assert(
    fc.property(fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (stream) => {
      const random = () => stream.next().value
      const shuffle = (document: OpenApiDocument) => withOtherOrder(document, random) as OpenApiDocument
      expect(found(shuffle(before), shuffle(after))).toEqual(want)
      expect(found(before, shuffle(before)).bump).toBe('none')
    }),
    { numRuns: 20 },
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
        const { bump, changes } = diffSpecs(was, is)
        expect(changes.every(({ message }) => message.length > 0)).toBe(true)
        expect(bump === 'none').toBe(changes.length === 0)
      }
    }),
    { numRuns: 200 },
  )
  expect(compared).toBeGreaterThan(20)
})
