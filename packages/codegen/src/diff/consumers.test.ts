import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { compileConsumers } from '../../test/compile-consumers.ts'
import { replacePiece } from '../../test/fixtures.ts'
import { requestTypeCases } from '../../test/request-type-cases.ts'
import { responseTypeCases } from '../../test/response-type-cases.ts'
import type { OpenApiDocument } from '../document.ts'
import { printTypes } from '../emitters/print-types.ts'
import { diffSpecs } from './diff-specs.ts'

const base = readFileSync(new URL('../../test/fixtures/guests.yaml', import.meta.url), 'utf8')
const cases = [...requestTypeCases, ...responseTypeCases]

const read = (text: string): OpenApiDocument => parse(text)

test.each(cases)('%s', (_, piece, instead, want) => {
  const { changes } = diffSpecs(read(base), read(replacePiece(base, piece, instead)))
  const told = changes.filter(({ bump }) => bump !== 'patch')
  expect(told.map(({ bump, id, location }) => `${bump} ${id} ${location}`)).toEqual(want)
})

test('code that a major change concerns no longer compiles, and code that a minor one concerns still does', () => {
  const types = printTypes(read(base))
  const withCode = cases.flatMap(([name, piece, instead, want, code]) => {
    const isMajor = want.some((line) => line.startsWith('major'))
    if (code === undefined && isMajor) throw new Error(`${name}: a major change needs the code that it breaks`)
    return code === undefined
      ? []
      : [{ name, code, isMajor, types: printTypes(read(replacePiece(base, piece, instead))) }]
  })
  const before = compileConsumers(withCode.map(({ code }) => ({ types, code })))
  const after = compileConsumers(withCode)
  expect(before.map((errors, index) => `${withCode[index]?.name}: ${errors}`)).toEqual(
    withCode.map(({ name }) => `${name}: `),
  )
  expect(after.map((errors, index) => ({ name: withCode[index]?.name, compiles: errors === '' }))).toEqual(
    withCode.map(({ name, isMajor }) => ({ name, compiles: !isMajor })),
  )
})
