import type { Operation } from 'codegen/document'
import { describe, expect, it } from 'vitest'
import { cases } from './cases/index.ts'
import { findUncovered } from './coverage.ts'
import { readSpec, specFile } from './spec.ts'

const updatePath = '/public/v1/contacts/{id}'

/** The spec with one operation changed. */
function specWith(change: (update: Operation) => void) {
  const spec = readSpec(specFile)
  const update = spec.paths?.[updatePath]?.put
  if (!update) throw new Error(`the spec has no PUT ${updatePath}`)
  change(update)
  return spec
}

describe('the coverage gate', () => {
  it('names an operation without a case', () => {
    const spec = specWith((update) => Object.assign(update, { operationId: 'renameContact' }))
    expect(findUncovered(spec, cases)).toEqual(['renameContact: no case'])
  })

  it('names a response without a case', () => {
    const spec = specWith((update) => Object.assign(update.responses ?? {}, { '410': { description: 'Gone' } }))
    expect(findUncovered(spec, cases)).toEqual(['updateContactById: no case expects response 410'])
  })

  it('names a response example without a case', () => {
    const examples = { updated: { value: {} }, restored: { value: {} } }
    const spec = specWith((update) =>
      Object.assign(update.responses ?? {}, { '200': { content: { 'application/json': { examples } } } }),
    )
    expect(findUncovered(spec, cases)).toEqual([
      'updateContactById: no case expects example "restored" of response 200',
    ])
  })

  it('names a request example without a case', () => {
    const examples = { clearPhone: { value: {} } }
    const spec = specWith((update) =>
      Object.assign(update, { requestBody: { content: { 'application/json': { examples } } } }),
    )
    expect(findUncovered(spec, cases)).toEqual(['updateContactById: no case sends the request example "clearPhone"'])
  })
})
