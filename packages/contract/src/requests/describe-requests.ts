import { listOperations } from 'codegen/document'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readSpec } from '../spec.ts'
import { type JudgedApi, openRequestJudge, type RequestJudge } from './judge-requests.ts'

/** An API whose requests are tested. */
export interface TestedApi extends Omit<JudgedApi, 'document'> {
  /** The description in one file. */
  specFile: string
  /** How many inputs each operation is tried with. Default 3. */
  count?: number
}

/**
 * Registers a test for each operation of an API: what a client of its table sends, for inputs that its schemas allow, is
 * what the description allows, and the answers that it documents are read.
 */
export function describeRequests({ specFile, count = 3, ...api }: TestedApi): void {
  const document = readSpec(specFile)
  describe('requests and answers are as described', () => {
    let judge: RequestJudge
    beforeAll(async () => {
      judge = await openRequestJudge({ ...api, document })
    })
    afterAll(() => judge?.close())

    it.each(listOperations(document).map(({ id }) => id))('%s', async (id) => {
      for (let seed = 0; seed < count; seed++) expect(await judge.judge(id, seed)).toEqual({ kind: 'accepted' })
    })
  })
}
