import {
  type BaseResolver,
  type Config,
  createConfig,
  type Document,
  lintDocument,
  type NormalizedProblem,
} from '@redocly/openapi-core'
import { findCircle } from './find-circle.ts'
import { findDeepest } from './find-deepest.ts'
import { displayPath, SpecError } from './problem.ts'
import { placeOf } from './reader.ts'
import { createRules } from './rules.ts'

/**
 * What the linter finds in a spec; only what concerns its structure where that is so broken that other rules trip over
 * it. Throws `SpecError` where the linter cannot get through it at all.
 */
export async function lint(document: Document, config: Config, resolver: BaseResolver): Promise<NormalizedProblem[]> {
  const run = (one: Config) => lintDocument({ document, config: one, externalRefResolver: resolver })
  return withLimits({ document, resolver }, async () => {
    try {
      return await run(config)
    } catch (error) {
      if (isLimit(error)) throw error
      const simpler = [await createRules('vendor'), await createConfig({ rules: { struct: 'error' } })]
      for (const one of simpler) {
        const problems = await run(one).catch(() => [])
        if (problems.length > 0) return problems
      }
      throw notChecked(document, error)
    }
  })
}

const isSelfReference = (error: unknown) => error instanceof Error && error.message.startsWith('Self-referencing')
const isLimit = (error: unknown) => error instanceof RangeError || isSelfReference(error)

/** The document that a spec begins with, and what has read the others. */
interface SpecInFiles {
  document: Document
  resolver: BaseResolver
}

/** The documents that could be read, in the order in which they were. */
export async function readDocuments({ cache }: BaseResolver): Promise<Document[]> {
  const read = await Promise.allSettled(cache.values())
  return read.flatMap((one) => (one.status === 'fulfilled' && !(one.value instanceof Error) ? [one.value] : []))
}

/** Runs something that goes through a document, and tells what stops it as a fault of the document. */
export async function withLimits<T>({ document, resolver }: SpecInFiles, run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (error) {
    if (error instanceof RangeError) throw tooDeep(document)
    if (isSelfReference(error)) throw await refersToItself({ document, resolver })
    throw error
  }
}

/** Nothing was found that explains why a check ended, so what it ended with has to do. */
function notChecked({ source }: Document, error: unknown): SpecError {
  const message = `Expected a document that the checks get through; one of them ended with: ${error}.`
  return new SpecError([{ file: displayPath(source.absoluteRef), message, rule: 'checks' }])
}

async function refersToItself({ document, resolver }: SpecInFiles): Promise<SpecError> {
  const others = (await readDocuments(resolver)).filter((one) => one.source !== document.source)
  const circle = findCircle([document, ...others], resolver)
  const place = circle
    ? placeOf(circle.document.source, circle.pointer)
    : { file: displayPath(document.source.absoluteRef) }
  const found = circle ? `${circle.$ref}, which leads back to itself` : 'one that only leads to itself'
  const message = `Expected every \`$ref\` to lead to a value in the end; found ${found}.`
  return new SpecError([{ ...place, message, rule: 'no-unresolved-refs' }])
}

/** References are followed as deep as they go, and the stack ends before those of a spec that no person wrote. */
function tooDeep({ source, parsed }: Document): SpecError {
  const { pointer, depth } = findDeepest(parsed)
  const { file, line } = placeOf(source, pointer)
  const message = `Expected values and references within some thousand steps of each other; found this after ${depth}.`
  return new SpecError([{ file, line, message, rule: 'depth' }])
}
