import { getLineColLocation, type NormalizedProblem } from '@redocly/openapi-core'
import { displayPath, type Problem } from './problem.ts'
import { refusalStart } from './reader.ts'

/** What the linter's own messages leave unsaid: what to write instead. */
const advice: Record<string, string> = {
  'no-unresolved-refs': 'Expected a `$ref` to something that this document, or a file next to it, defines.',
  'operation-operationId-unique': 'Expected each operationId once: types and client methods are named by it.',
}

/** The rule that found it, as messages name it. */
export const ruleOf = ({ ruleId }: NormalizedProblem): string => ruleId.replace(/^(minimo|rule)\//, '')

/** A finding of the linter as people are told of it. */
export function describeFinding(finding: NormalizedProblem): Problem {
  const { location, message, suggest } = finding
  const [place] = location
  const rule = ruleOf(finding)
  const refusal = message.indexOf(refusalStart)
  const hint = suggest.length > 0 ? `Did you mean \`${suggest[0]}\`?` : advice[rule]
  const text = refusal >= 0 ? message.slice(refusal) : hint ? `${message.replace(/\.?$/, '.')} ${hint}` : message
  if (!place) return { file: '', message: text, rule }
  const { start } = getLineColLocation(place)
  const line = rule in advice && refusal < 0 ? place.source.getLines()[start.line - 1]?.trim() : undefined
  const found = line ? ` Found: ${line}` : ''
  const file = displayPath(place.source.absoluteRef)
  return {
    ...{ file, line: start.line, column: start.col, message: text + found },
    rule: refusal >= 0 ? 'reach' : rule,
    ...(place.pointer !== undefined && { pointer: place.pointer }),
  }
}
