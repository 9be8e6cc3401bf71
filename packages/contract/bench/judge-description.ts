import type { PackedDocument } from 'codegen/descriptions'
import { documentPath } from 'codegen/descriptions'
import { createRequestJudge, type Verdict } from '../src/requests/judge-requests.ts'
import { generateApi } from './generate-api.ts'

/** What came of one operation of a description. */
export interface JudgedOperation {
  id: string
  /**
   * `described`: each request is as described, and each answer read. `differs`: some request is not. `unread`: no answer
   * could be read. `refused`: the client refused each request. `broken`: the client ended in an error of another kind.
   * `unjudged`: the judge is blind for each. `unmade`: there was nothing to send.
   */
  kind: 'described' | 'differs' | 'unread' | 'refused' | 'broken' | 'unjudged' | 'unmade'
  /** Why, where it is not as described. */
  reason?: string | undefined
  /** Why some request was refused, where others were not. */
  refused?: string | undefined
  /** Whether no answer could be made to any, so that nothing was read. */
  isUnanswered?: true
}

/** How many requests of which operations are judged. */
export interface JudgeOptions {
  seed: number
  /** Inputs of an operation. */
  count: number
  /** At most so many operations of a description, from all over it. */
  most: number
}

/** How a description begins and goes on: the number of its operations, then what came of each. */
export type JudgeEvent = { operations: number } | JudgedOperation

/** Generates a client of a description and has what it sends judged. Throws `SpecError` for what cannot be generated. */
export async function* judgeDescription(
  description: PackedDocument,
  { seed, count, most }: JudgeOptions,
): AsyncGenerator<JudgeEvent> {
  const api = await generateApi(documentPath(description))
  const { judge } = createRequestJudge(api)
  const ids = Object.keys(api.schemas.operations)
  yield { operations: ids.length }
  const step = Math.max(1, ids.length / most)
  for (let place = seed % step; place < ids.length; place += step) {
    const id = ids[Math.floor(place)] ?? ''
    const verdicts: Verdict[] = []
    for (let index = 0; index < count; index++) verdicts.push(await judge(id, seed + index))
    yield { id, ...sumUp(verdicts) }
  }
}

function sumUp(verdicts: readonly Verdict[]): Omit<JudgedOperation, 'id'> {
  const find = (kind: Verdict['kind']) => verdicts.find((one) => one.kind === kind)
  const worst = find('rejected') ?? find('broken')
  if (worst) return { kind: worst.kind === 'rejected' ? 'differs' : 'broken', reason: worst.reason }
  const refused = find('refused')
  const unread = find('unread')
  if (find('accepted')) {
    const isUnanswered = verdicts.every((one) => one.kind !== 'accepted' || one.isUnanswered)
    return {
      kind: 'described',
      ...(refused && { refused: refused.reason }),
      ...(isUnanswered && !unread && { isUnanswered }),
    }
  }
  if (unread) return { kind: 'unread', reason: unread.reason }
  const unjudged = find('unjudged')
  if (unjudged) return { kind: 'unjudged', reason: unjudged.reason }
  return refused ? { kind: 'refused', reason: refused.reason } : { kind: 'unmade', reason: find('unmade')?.reason }
}
