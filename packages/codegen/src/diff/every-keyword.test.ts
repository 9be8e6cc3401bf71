import { expect, test } from 'vitest'
import { done, keywordCases, requestPlaces, responsePlaces } from '../../test/keyword-cases.ts'
import type { OpenApiDocument, Operation } from '../spec/document.ts'
import { type Bump, highestBump } from './compare/change.ts'
import { diffSpecs } from './diff-specs.ts'

/** A document with an operation for each case and place. */
function documentOf(side: 1 | 2): OpenApiDocument {
  const operations = keywordCases.flatMap((one) =>
    Object.entries({ ...requestPlaces, ...responsePlaces }).map(
      ([place, at]) => [`${one[0]} in ${place}`, at(one[side])] as const,
    ),
  )
  const paths = operations.map(([operationId, operation], index) => [
    `/${index}`,
    { post: { responses: done, ...operation, operationId } as Operation },
  ])
  // As a document is read: no two places share an object.
  return JSON.parse(JSON.stringify({ openapi: '3.1.0', paths: Object.fromEntries(paths) }))
}

const { changes } = diffSpecs(documentOf(1), documentOf(2))
const found = new Map(
  [...Map.groupBy(changes, ({ operationIds: [id] }) => id ?? '')].map(([id, own]) => [id, highestBump(own)]),
)

test.each(keywordCases)('%s is rated the same at every place', (name, _before, _after, request, response) => {
  const read = (places: object) =>
    Object.fromEntries(Object.keys(places).map((place) => [place, found.get(`${name} in ${place}`) ?? 'none']))
  const all = (places: object, bump: Bump) => Object.fromEntries(Object.keys(places).map((place) => [place, bump]))
  expect(read(requestPlaces)).toEqual(all(requestPlaces, request))
  expect(read(responsePlaces)).toEqual(all(responsePlaces, response))
})
