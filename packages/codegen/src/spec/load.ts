import { bundle, type Config, type Document } from '@redocly/openapi-core'
import { replaceAnchors } from './anchors.ts'
import type { AcceptedFinding } from './config.ts'
import { describeFinding } from './describe-finding.ts'
import { type OpenApiDocument, withOperationIds } from './document.ts'
import { isNoReference, judgeFindings } from './findings.ts'
import { findObjects } from './kinds.ts'
import { lint, readDocuments, withLimits } from './lint.ts'
import { keysOf, readAt, referenceTo } from './pointer.ts'
import { type Problem, SpecError } from './problem.ts'
import { readDocument } from './read-document.ts'
import { createReader, type Reader, type ReaderOptions } from './reader.ts'
import { createRules, type RuleSet } from './rules.ts'

/** How a spec is read. */
export interface LoadOptions extends ReaderOptions {
  /** Findings that are taken as they are. Default: none. */
  accept?: readonly AcceptedFinding[] | undefined
  /** Is told what is not as it should be and stops nothing. Default: nobody is. */
  onWarning?: ((problem: Problem) => void) | undefined
}

/**
 * Reads an OpenAPI document of version 3, lints it, and bundles the files it refers to into one. Throws `SpecError`
 * with every problem found that stands in the way of what is generated from it.
 */
export async function loadSpec(file: string, rules: RuleSet, options: LoadOptions = {}): Promise<OpenApiDocument> {
  const { accept = [], onWarning } = options
  const config = await createRules(rules)
  const reader = createReader(config, file, options)
  const document = await readDocument(reader, file)
  const found = await lint(document, config, reader.resolver)
  // What stands in a file that could not be read is missing only because of that.
  if (reader.faults.length > 0) throw new SpecError(reader.faults)
  const others = (await readDocuments(reader.resolver)).filter((one) => one.source !== document.source)
  const documents: [Document, ...Document[]] = [document, ...others]
  const { faults, warnings } = judgeFindings(found, { rules, accept, documents })
  if (faults.length > 0) throw new SpecError(faults)
  for (const warning of warnings) onWarning?.(warning)
  // A document of one file is its own bundle; going through it again would cost as much as the linting.
  const isOne = others.length === 0 && !reference.test(document.source.body)
  const whole = isOne ? (document.parsed as OpenApiDocument) : await join(documents, config, reader)
  if (documents.some(({ source }) => source.body.includes('$anchor'))) replaceAnchors(whole)
  if (whole.openapi.startsWith('3.0.')) dropSiblings(whole)
  return withOperationIds(whole)
}

/**
 * Takes out what stands beside references, words and extensions aside: in 3.0 it says nothing, so nobody has checked it
 * either. A path item may have operations of its own there. Changes the document.
 */
function dropSiblings(document: OpenApiDocument): void {
  const isKept = (key: string) => ['$ref', 'summary', 'description'].includes(key) || key.startsWith('x-')
  for (const { node, keys } of findObjects(document, ({ $ref }) => typeof $ref === 'string')) {
    if (keys.length === 2 && keys[0] === 'paths') continue
    for (const key of Object.keys(node)) if (!isKept(key)) delete node[key]
  }
}

/** A reference that is not written as a local one; it may still lead into its own file, by that file's name. */
const reference = /\$ref["']?\s*:\s*["']?[^"'#\s]/

/** Brings what several files hold into one document. */
async function join(
  documents: [Document, ...Document[]],
  config: Config,
  { resolver }: Reader,
): Promise<OpenApiDocument> {
  const [doc] = documents
  // Two files may have one name in two folders: what they hold gets two names.
  const bundled = await withLimits({ document: doc, resolver }, () =>
    bundle({ doc, config, externalRefResolver: resolver, componentRenamingConflicts: 'off' }),
  )
  const problems = bundled.problems.filter((problem) => !isNoReference(problem, documents))
  if (problems.length > 0) throw new SpecError(problems.map(describeFinding))
  const whole = bundled.bundle.parsed as OpenApiDocument
  encodeReferences(whole)
  return whole
}

/** The bundler leaves a `%` as it is in references to what it has named itself. Changes the document. */
function encodeReferences(document: OpenApiDocument): void {
  for (const { node } of findObjects(document, ({ $ref }) => typeof $ref === 'string' && $ref.includes('%'))) {
    const keys = keysOf(String(node.$ref))
    if (readAt(document, keys) !== undefined) node.$ref = referenceTo(keys)
  }
}
