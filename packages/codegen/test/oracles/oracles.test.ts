import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import type { OpenApiDocument, Operation } from '../../src/spec/document.ts'
import { loadSide, pairNames } from '../corpus/read-pair.ts'
import { replacePiece } from '../fixtures.ts'
import { done, keywordCases, requestPlaces, responsePlaces } from '../keyword-cases.ts'
import { requestTypeCases } from '../request-type-cases.ts'
import { responseTypeCases } from '../response-type-cases.ts'
import { joinDocuments, prefixOf, standAlone } from './batch.ts'
import { findDisagreements, type NamedPair } from './compare.ts'
import { askCompiler } from './compiler.ts'
import { sortOut } from './exceptions.ts'
import { createRandom } from './random.ts'
import { createPairs } from './random-edits.ts'
import { readSpec } from './read-spec.ts'
import type { Fields } from './sites.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const findUnexpected = async (pairs: NamedPair[]) => sortOut(await findDisagreements(pairs)).unexpected

/** What no line covers and, of the lines on such pairs, those that cover nothing. */
async function judgeAll(pairs: NamedPair[], kind: string) {
  const { unexpected, unused } = sortOut(await findDisagreements(pairs))
  return { unexpected, unused: unused.filter((line) => line.includes(` | ${kind}: `)) }
}

test.each([
  ['the base of the corpus', '../corpus/base.yaml', 1],
  ['our own description', '../../../../openapi/minimo.yaml', 2],
])('random edits of %s: the judge never demands less than an oracle', async (_, file, seed) => {
  const pairs = createPairs(readSpec(here(file)), 150, createRandom(seed))
  expect(pairs).toHaveLength(150)
  expect(await findUnexpected(pairs)).toEqual([])
})

test('the corpus: the judge never demands less than an oracle', async () => {
  const pairs = pairNames.map(async (name) => ({
    before: standAlone(await loadSide(name, 'before')),
    after: standAlone(await loadSide(name, 'after')),
    edits: [`corpus: ${name}`],
  }))
  expect(await judgeAll(await Promise.all(pairs), 'corpus')).toEqual({ unexpected: [], unused: [] })
})

test('every keyword: the judge never demands less than an oracle', async () => {
  const places = Object.values({ ...requestPlaces, ...responsePlaces })
  const read = (schema: Record<string, unknown>): OpenApiDocument => {
    const operations = places.map((at, index) => [
      `/${index}`,
      { post: { responses: done, ...at(structuredClone(schema)), operationId: `at${index}` } as Operation },
    ])
    return { openapi: '3.1.0', paths: Object.fromEntries(operations) }
  }
  const pairs = keywordCases.map(([name, before, after]) => ({
    before: read(before),
    after: read(after),
    edits: [`keyword: ${name}`],
  }))
  expect(await judgeAll(pairs, 'keyword')).toEqual({ unexpected: [], unused: [] })
})

const guests = readFileSync(here('../fixtures/guests.yaml'), 'utf8')
const typeCases = [...requestTypeCases, ...responseTypeCases]

test('the compiler as an oracle says no where code no longer compiles, and nowhere else', async () => {
  const read = (text: string): OpenApiDocument => parse(text)
  const cases = typeCases.map(([name, piece, instead, want]) => {
    // That code of a consumer compiles where no change is major, and only there, is tested with the judge itself.
    const isBroken = want.some((line) => line.startsWith('major'))
    return { name, isBroken, after: read(replacePiece(guests, piece, instead)) }
  })
  const before = joinDocuments(cases.map(() => read(guests)))
  const opinions = await askCompiler({ before, after: joinDocuments(cases.map(({ after }) => after)) })
  const isRefused = (index: number) =>
    opinions.some(({ operationIds, about }) => [about, ...operationIds].some((one) => one.startsWith(prefixOf(index))))
  expect(cases.map(({ name }, index) => `${name}: ${isRefused(index)}`)).toEqual(
    cases.map(({ name, isBroken }) => `${name}: ${isBroken}`),
  )
})

test.each<[string, Fields, Fields]>([
  ['a further type', { type: 'object', properties: { b: {} } }, { type: ['object', 'string'], properties: { b: {} } }],
  [
    'null',
    { anyOf: [{ type: 'object', properties: { b: {} } }, { type: 'null' }] },
    { type: 'object', properties: { b: {} } },
  ],
  ['further properties', { type: 'object', additionalProperties: true }, { type: 'object' }],
])('the compiler as an oracle sees none of what one part allows and another refuses: %s', async (_, part, instead) => {
  const read = (one: Fields): OpenApiDocument => {
    const schema = { allOf: [{ type: 'object', additionalProperties: false, properties: { a: {} } }, one] }
    const content = { 'application/json': { schema } }
    const post = {
      operationId: 'save',
      requestBody: { content },
      responses: { '200': { description: 'Saved.', content } },
    }
    return { openapi: '3.1.0', paths: { '/': { post } } } as OpenApiDocument
  }
  expect(await askCompiler({ before: read(part), after: read(instead) })).toEqual([])
})
