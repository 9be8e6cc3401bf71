import type { Document, NormalizedProblem } from '@redocly/openapi-core'
import { describeUnused, isOfMapping, sortAccepted } from './accepted.ts'
import type { AcceptedFinding } from './config.ts'
import { describeFinding, ruleOf } from './describe-finding.ts'
import { rewriteNullable } from './keywords-of-30.ts'
import { findObjects, isData, isRecord } from './kinds.ts'
import { escapeToken, keysOf, readAt } from './pointer.ts'
import type { Problem } from './problem.ts'
import { placeOf } from './reader.ts'
import type { RuleSet } from './rules.ts'

/** What was found in a spec: faults stop generation, warnings are told. */
export interface Findings {
  faults: Problem[]
  warnings: Problem[]
}

/** What findings are judged by. */
export interface Judging {
  rules: RuleSet
  accept: readonly AcceptedFinding[]
  /** The documents of the spec, the root first. */
  documents: readonly [Document, ...Document[]]
}

/**
 * Sorts what the linter found. In a spec of others, what can mean only one thing is taken as that, and an extension
 * that has a name of ours, but is none, is left out: both change the documents. What is accepted is not told.
 */
export function judgeFindings(found: readonly NormalizedProblem[], { rules, accept, documents }: Judging): Findings {
  const [root] = documents
  const { open, accepted, unused } = sortAccepted(found, accept)
  const unneeded = unused.map((entry) => describeUnused(entry, root.source.absoluteRef))
  for (const finding of accepted) takeAsItIs(finding, documents)
  const rest = withoutFollowing(open).filter((finding) => !isNoReference(finding, documents))
  if (rules === 'house') return { faults: rest.map(describeFinding), warnings: unneeded }
  const nullable = rewriteNullables(documents)
  const foreign = rest.filter(isForeignExtension)
  const faults = rest.filter(
    (finding) => !foreign.includes(finding) && !(nullable.length > 0 && isAboutNullable(finding)),
  )
  for (const finding of foreign) leaveOut(finding, documents)
  return {
    faults: faults.filter(({ severity }) => severity === 'error').map(describeFinding),
    warnings: [
      ...nullable,
      ...foreign.map(describeForeign),
      ...faults.filter(({ severity }) => severity !== 'error').map(describeFinding),
      ...unneeded,
    ],
  }
}

/** A component that seems unused may be what a mistyped reference was meant for. */
function withoutFollowing(problems: NormalizedProblem[]): NormalizedProblem[] {
  const isUnresolved = problems.some(({ ruleId }) => ruleId === 'no-unresolved-refs')
  return isUnresolved ? problems.filter(({ ruleId }) => ruleId !== 'no-unused-components') : problems
}

/**
 * Whether it is about what only looks like a reference: the linter takes the names that a discriminator maps to for
 * files, and what an example or extension holds for part of the description.
 */
export function isNoReference(
  { ruleId, location: [place] }: NormalizedProblem,
  documents: Judging['documents'],
): boolean {
  const [{ parsed: root }] = documents
  const document = documents.find(({ source }) => source.absoluteRef === place?.source.absoluteRef)
  if (!document || (ruleId !== 'no-unresolved-refs' && ruleId !== 'bundler')) return false
  const keys = keysOf(place?.pointer ?? '')
  const name = keys.at(-2) === 'mapping' ? readAt(document.parsed, keys) : undefined
  if (typeof name === 'string') return isRecord(readAt(root, ['components', 'schemas', name]))
  return isData(document.parsed, keys)
}

/** Whether it is that a later version than 3.0 has no `nullable`. */
const isAboutNullable = ({ ruleId, location: [place] }: NormalizedProblem) =>
  ruleId === 'struct' && place?.pointer?.endsWith('/nullable') === true

const nullableMessage =
  "Expected `null` among the types, as OpenAPI has it from 3.1 on; found 3.0's `nullable`, and took it as what it says"

/** Writes what `nullable` means where the version does not know it; the warning that tells it. */
function rewriteNullables(documents: Judging['documents']): Problem[] {
  const [{ parsed }] = documents
  if (!isRecord(parsed) || String(parsed.openapi).startsWith('3.0.')) return []
  const found = documents.flatMap((document) =>
    document.source.body.includes('nullable')
      ? findObjects(document.parsed, ({ nullable }) => typeof nullable === 'boolean').map((one) => ({
          document,
          ...one,
        }))
      : [],
  )
  for (const { node } of found) rewriteNullable(node)
  const [first, ...others] = found
  if (!first) return []
  const place = placeOf(first.document.source, `#/${[...first.keys, 'nullable'].map(escapeToken).join('/')}`)
  const more = others.length > 0 ? `, here and in ${others.length} more places` : ''
  return [{ ...place, message: `${nullableMessage}${more}.`, rule: 'nullable' }]
}

/** Whether it is an `x-` field that others give another meaning than we do. */
const isForeignExtension = (finding: NormalizedProblem) =>
  ruleOf(finding) === 'extension-values' && /\/x-[^/]*$/.test(finding.location[0]?.pointer ?? '')

function describeForeign(finding: NormalizedProblem): Problem {
  const problem = describeFinding(finding)
  return { ...problem, message: `${problem.message} It is taken for an extension of others, and left out.` }
}

/** What no type or table can say, even where it is accepted, is left out. */
function takeAsItIs(finding: NormalizedProblem, documents: readonly Document[]): void {
  const { pointer } = finding.location[0] ?? {}
  if (ruleOf(finding) === 'object-enums') leaveOut(finding, documents)
  // The linter tells only the first entries of a mapping.
  else if (pointer && isOfMapping(pointer)) leaveOut(finding, documents, pointer.slice(0, pointer.lastIndexOf('/')))
}

function leaveOut(
  { location: [place] }: NormalizedProblem,
  documents: readonly Document[],
  pointer = place?.pointer ?? '',
): void {
  const document = documents.find(({ source }) => source.absoluteRef === place?.source.absoluteRef)
  const keys = keysOf(pointer)
  const holder = readAt(document?.parsed, keys.slice(0, -1))
  if (isRecord(holder)) delete holder[keys.at(-1) ?? '']
}
