import {
  type BaseResolver,
  bundle,
  type Config,
  type Document,
  getLineColLocation,
  lintDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core'
import { type OpenApiDocument, withOperationIds } from './document.ts'
import { findDeepest } from './find-deepest.ts'
import { displayPath, type Problem, SpecError } from './problem.ts'
import { readDocument } from './read-document.ts'
import { createReader, placeOf, type ReadText } from './reader.ts'
import { createRules, type RuleSet } from './rules.ts'

/**
 * Reads an OpenAPI 3.0 or 3.1 document, lints it, and bundles the files it refers to into one. Files are read with
 * `readText`, default: from the disk. Throws `SpecError` with every problem found; warnings count as problems.
 */
export async function loadSpec(file: string, rules: RuleSet, readText?: ReadText): Promise<OpenApiDocument> {
  const config = await createRules(rules)
  const reader = createReader(config, readText)
  const document = await readDocument(reader, file)
  const { resolver, faults } = reader
  const problems = await lint(document, config, resolver)
  // What stands in a file that could not be read is missing only because of that.
  if (faults.length > 0) throw new SpecError(faults)
  if (problems.length > 0) throw new SpecError(withoutFollowing(problems).map(describe))
  // A document of one file is its own bundle; going through it again would cost as much as the linting.
  if (resolver.cache.size === 1) return withOperationIds(document.parsed as OpenApiDocument)
  const bundled = await bundle({ doc: document, config, externalRefResolver: resolver })
  if (bundled.problems.length > 0) throw new SpecError(bundled.problems.map(describe))
  return withOperationIds(bundled.bundle.parsed as OpenApiDocument)
}

/** The linter's problems; only those of the structure where that is so broken that other rules trip over it. */
async function lint(document: Document, config: Config, externalRefResolver: BaseResolver) {
  try {
    return await lintDocument({ document, config, externalRefResolver })
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Self-referencing')) throw refersToItself(document)
    const vendor = await createRules('vendor')
    const problems = await lintDocument({ document, config: vendor, externalRefResolver }).catch((again: unknown) => {
      throw again instanceof RangeError ? tooDeep(document) : again
    })
    if (problems.length === 0) throw error
    return problems
  }
}

function refersToItself({ source }: Document): SpecError {
  const message = 'Expected every `$ref` to lead to a value in the end; found one that only leads to itself.'
  return new SpecError([{ file: displayPath(source.absoluteRef), message, rule: 'circular-refs' }])
}

/** The linter follows references as deep as they go, and its memory ends before a spec's that no person wrote. */
function tooDeep({ source, parsed }: Document): SpecError {
  const { pointer, depth } = findDeepest(parsed)
  const { file, line } = placeOf(source, pointer)
  const message = `Expected values and references within some thousand steps of each other; found this after ${depth}.`
  return new SpecError([{ file, line, message, rule: 'depth' }])
}

/** A component that seems unused may be what a mistyped reference was meant for. */
function withoutFollowing(problems: NormalizedProblem[]): NormalizedProblem[] {
  const isUnresolved = problems.some(({ ruleId }) => ruleId === 'no-unresolved-refs')
  return isUnresolved ? problems.filter(({ ruleId }) => ruleId !== 'no-unused-components') : problems
}

/** What the linter's own messages leave unsaid: what to write instead. */
const advice: Record<string, string> = {
  'no-unresolved-refs': 'Expected a `$ref` to something that this document, or a file next to it, defines.',
  'operation-operationId-unique': 'Expected each operationId once: types and client methods are named by it.',
}

function describe({ location, message, ruleId, suggest }: NormalizedProblem): Problem {
  const [place] = location
  const rule = ruleId.replace(/^(minimo|rule)\//, '')
  const hint = suggest.length > 0 ? `Did you mean \`${suggest[0]}\`?` : advice[rule]
  const text = hint ? `${message.replace(/\.?$/, '.')} ${hint}` : message
  if (!place) return { file: '', message: text, rule }
  const { start } = getLineColLocation(place)
  const line = rule in advice ? place.source.getLines()[start.line - 1]?.trim() : undefined
  const found = line ? ` Found: ${line}` : ''
  const file = displayPath(place.source.absoluteRef)
  return { file, line: start.line, column: start.col, message: text + found, rule }
}
