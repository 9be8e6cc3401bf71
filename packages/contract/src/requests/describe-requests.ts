import { listOperations } from 'codegen/document'
import { describe, expect, it } from 'vitest'
import { readSpec } from '../spec.ts'
import { createRequestJudge, type JudgedApi, type RequestJudge, type Verdict } from './judge-requests.ts'

/** An API whose requests are tested. */
export interface TestedApi extends Omit<JudgedApi, 'document'> {
  /** The description in one file. */
  specFile: string
  /** How many inputs each operation is tried with. Default 3. */
  count?: number
  /**
   * What becomes of an operation of which no request can be judged, since its schemas allow no value that was found, or
   * since Prism is known to misread it: its test fails (default), or is skipped and says why.
   */
  unjudged?: 'fail' | 'skip'
}

/**
 * Registers a test for each operation of an API: what a client of its table sends, for inputs that its schemas allow, is
 * what the description allows, and the answers that it documents are read.
 */
export function describeRequests({ specFile, count = 3, unjudged = 'fail', ...api }: TestedApi): void {
  const document = readSpec(specFile)
  describe('requests and answers are as described', () => {
    const judge = createRequestJudge({ ...api, document })

    it.for(listOperations(document).map(({ id }) => id))('%s', async (id, { skip }) => {
      const verdicts = await judgeAll(judge, id, count)
      const told = verdicts.filter(({ kind }) => unjudged === 'fail' || (kind !== 'unmade' && kind !== 'unjudged'))
      expect(told.filter(({ kind }) => kind !== 'accepted')).toEqual([])
      if (told.length === 0) skip(verdicts[0]?.reason)
    })
  })
}

async function judgeAll(judge: RequestJudge, id: string, count: number): Promise<Verdict[]> {
  const verdicts: Verdict[] = []
  // One after the other: the judge is of one operation at a time.
  for (let seed = 0; seed < count; seed++) verdicts.push(await judge.judge(id, seed))
  return verdicts
}
