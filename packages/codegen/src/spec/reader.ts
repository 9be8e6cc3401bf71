import {
  BaseResolver,
  type Config,
  type Document,
  escapePointerFragment,
  getLineColLocation,
  ResolveError,
  Source,
} from '@redocly/openapi-core'
import { displayPath, type Problem } from './problem.ts'
import { findAliasFault, withoutAliases } from './without-aliases.ts'

/** Gives the text of a file by its absolute path. Rejects where there is none. */
export type ReadText = (path: string) => Promise<string>

/** Finds the documents that a spec consists of. */
export interface Reader {
  /** Reads each file once. */
  resolver: BaseResolver
  /** Problems of files that were read as empty, since their aliases cannot be written out. */
  faults: Problem[]
}

/**
 * Makes what reads the documents of one spec. Files are read with `readText`, default: from the disk; what is JSON is
 * parsed as such, and an alias of YAML is a value of its own.
 */
export function createReader(config: Config, readText?: ReadText): Reader {
  const resolver = new BaseResolver(config.resolve)
  const faults: Problem[] = []
  const load = resolver.loadExternalRef.bind(resolver)
  const parse = resolver.parseDocument.bind(resolver)
  resolver.loadExternalRef = (ref) => (readText && !/^https?:/.test(ref) ? loadText(ref, readText) : load(ref))
  resolver.parseDocument = (source, isRoot) => {
    const json = parseJson(source)
    if (json) return json
    const document = parse(source, isRoot)
    const fault = findAliasFault(document.parsed)
    if (!fault) return { source, parsed: withoutAliases(document.parsed) }
    const pointer = `#/${fault.path.map((key) => escapePointerFragment(key)).join('/')}`
    faults.push({ ...placeOf(source, pointer), message: fault.message, rule: 'yaml' })
    return { source, parsed: {} }
  }
  return { resolver, faults }
}

/** The file, line and column of a value, as problems tell them. */
export function placeOf(source: Source, pointer: string): Required<Pick<Problem, 'file' | 'line' | 'column'>> {
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true })
  return { file: displayPath(source.absoluteRef), line: start.line, column: start.col }
}

async function loadText(path: string, readText: ReadText): Promise<Source> {
  try {
    // A file may have been checked out with other line ends than it was written with.
    return new Source(path, (await readText(path)).replaceAll('\r\n', '\n'))
  } catch (error) {
    throw new ResolveError(error instanceof Error ? error : new Error(String(error)))
  }
}

/**
 * JSON is YAML, too, but takes ten times as long to be read as such. `undefined` for what the YAML reader has to judge:
 * what is no JSON object, and what names a key twice.
 */
function parseJson(source: Source): Document | undefined {
  if (!/^\s*\{/.test(source.body)) return undefined
  try {
    const parsed: unknown = JSON.parse(source.body)
    return countKeys(parsed) === countWrittenKeys(source.body) ? { source, parsed } : undefined
  } catch {
    return undefined
  }
}

function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const child of Object.values(value)) count += countKeys(child)
  return count
}

/** In JSON, a string before a colon is a key. */
function countWrittenKeys(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) count++
  return count
}
