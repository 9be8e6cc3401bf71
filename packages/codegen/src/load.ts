import { relative, resolve } from 'node:path'
import {
  type BaseResolver,
  bundle,
  type Config,
  type Document,
  getLineColLocation,
  lintDocument,
  type NormalizedProblem,
  YamlParseError,
} from '@redocly/openapi-core'
import { type OpenApiDocument, withOperationIds } from './document.ts'
import { type Problem, SpecError } from './problem.ts'
import { createResolver, type ReadText } from './resolver.ts'
import { createRules, type RuleSet } from './rules.ts'

/**
 * Reads an OpenAPI 3.0 or 3.1 document, lints it, and bundles the files it refers to into one. Files are read with
 * `readText`, default: from the disk. Throws `SpecError` with every problem found; warnings count as problems.
 */
export async function loadSpec(file: string, rules: RuleSet, readText?: ReadText): Promise<OpenApiDocument> {
  const config = await createRules(rules)
  const resolver = createResolver(config, readText)
  const document = await readDocument(resolver, file)
  const problems = await lint(document, config, resolver)
  if (problems.length > 0) throw new SpecError(withoutFollowing(problems).map(describe))
  // A document of one file is its own bundle; going through it again would cost as much as the linting.
  if (resolver.cache.size === 1) return withOperationIds(document.parsed as OpenApiDocument)
  const bundled = await bundle({ doc: document, config, externalRefResolver: resolver })
  if (bundled.problems.length > 0) throw new SpecError(bundled.problems.map(describe))
  return withOperationIds(bundled.bundle.parsed as OpenApiDocument)
}

async function readDocument(resolver: BaseResolver, file: string): Promise<Document> {
  // Its type says that it returns errors; it throws them.
  const document = await resolver.resolveDocument(null, resolve(file), true).catch((error: Error) => error)
  if (document instanceof YamlParseError) {
    const [reason] = document.message.split(/ in "| \(/)
    throw new SpecError([
      {
        file: displayPath(document.source.absoluteRef),
        ...(document.line > 0 ? { line: document.line, column: document.col } : {}),
        message: `Expected valid YAML or JSON: ${reason}.`,
        rule: 'yaml',
      },
    ])
  }
  if (document instanceof Error) {
    throw new SpecError([{ file: displayPath(file), message: `Cannot be read: ${document.message}`, rule: 'file' }])
  }
  const version = (document.parsed as Partial<OpenApiDocument> | null)?.openapi
  if (typeof version !== 'string' || !/^3\.[01]\./.test(version)) {
    throw new SpecError([
      {
        file: displayPath(file),
        line: getLineColLocation({ source: document.source, pointer: '#/openapi', reportOnKey: true }).start.line,
        message: `Expected \`openapi: 3.0.x\` or \`3.1.x\`; found ${JSON.stringify(version) ?? 'no `openapi` field'}.`,
        rule: 'version',
      },
    ])
  }
  return document
}

/** The linter's problems; only those of the structure where that is so broken that other rules trip over it. */
async function lint(document: Document, config: Config, externalRefResolver: BaseResolver) {
  try {
    return await lintDocument({ document, config, externalRefResolver })
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('Self-referencing')) throw refersToItself(document)
    const problems = await lintDocument({ document, config: await createRules('vendor'), externalRefResolver })
    if (problems.length === 0) throw error
    return problems
  }
}

function refersToItself({ source }: Document): SpecError {
  const message = 'Expected every `$ref` to lead to a value in the end; found one that only leads to itself.'
  return new SpecError([{ file: displayPath(source.absoluteRef), message, rule: 'circular-refs' }])
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

const displayPath = (file: string) => relative(process.cwd(), resolve(file)) || file
