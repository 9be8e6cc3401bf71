import { readFileSync } from 'node:fs'
import type { Disagreement } from './compare.ts'

/** A line of `disagreements.txt`: whoever it names is known to be wrong about that. */
export interface Exception {
  line: string
  /** Whether it is about a disagreement. */
  covers: (disagreement: Disagreement) => boolean
}

/** Reads `disagreements.txt`: `oracle | id | edit | reason`, in which `*` stands for anything. */
export function readExceptions(): Exception[] {
  const text = readFileSync(new URL('disagreements.txt', import.meta.url), 'utf8')
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return lines.map((line) => {
    const [oracle = '', id = '', edit = '', reason] = line.split(' | ')
    if (!reason) throw new Error(`Expected \`oracle | id | edit | reason\` in disagreements.txt, found: ${line}`)
    const [isId, isEdit] = [id, edit].map(matcherOf)
    const covers = ({ oracle: who, opinion, pair }: Disagreement) =>
      who === oracle && isId?.(opinion.id) === true && pair.edits.some((one) => isEdit?.(one))
    return { line, covers }
  })
}

function matcherOf(pattern: string): (text: string) => boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  const expression = new RegExp(`^${parts.join('.*')}$`, 's')
  return (text) => expression.test(text)
}

/** The disagreements that no line covers, as text; and the lines that cover none. */
export function sortOut(disagreements: readonly Disagreement[]): { unexpected: string[]; unused: string[] } {
  const exceptions = readExceptions()
  const isCovered = (one: Disagreement) => exceptions.some(({ covers }) => covers(one))
  return {
    unexpected: disagreements.filter((one) => !isCovered(one)).map(describe),
    unused: exceptions.filter(({ covers }) => !disagreements.some(covers)).map(({ line }) => line),
  }
}

const describe = ({ oracle, opinion, ours, pair }: Disagreement) =>
  `${oracle} | ${opinion.id} | ${pair.edits.join(' + ')} | ${opinion.bump}, not ${ours}: ${opinion.about}`
