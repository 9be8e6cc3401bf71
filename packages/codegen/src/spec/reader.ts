import { readFile, stat } from 'node:fs/promises'
import {
  BaseResolver,
  type Config,
  type Document,
  escapePointerFragment,
  getLineColLocation,
  ResolveError,
  Source,
} from '@redocly/openapi-core'
import { decodeText } from './decode-text.ts'
import { findReferenceFault } from './find-reference-fault.ts'
import { createGate, isUrl, type Permissions } from './permissions.ts'
import { displayPath, type Problem } from './problem.ts'
import { findAliasFault, maxDepth, withoutAliases } from './without-aliases.ts'

/** Gives the text of a file by its absolute path. Rejects where there is none. */
export type ReadText = (path: string) => Promise<string>

/** Where documents are read from. */
export interface ReaderOptions {
  /** What the spec may refer to besides the files of its own folder. Default: nothing. */
  permissions?: Permissions | undefined
  /** Reads files; default: from the disk. */
  readText?: ReadText | undefined
}

/** Finds the documents that a spec consists of. */
export interface Reader {
  /** Reads each file once. */
  resolver: BaseResolver
  /** Problems of files that were read as empty, since what they hold is no text or cannot be written out. */
  faults: Problem[]
}

/** Reads the text of a file. Throws a `SpecError` of one problem where it is no text, and where there is none. */
export async function readTextFile(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new Error(`there is no file ${displayPath(path)}`)
  if (found.isDirectory()) throw new Error(`${displayPath(path)} is a folder: expected a file`)
  return textOf(path, await readFile(path))
}

/** Is thrown for a file that is there and cannot be read as what it should be. */
class FileFault extends Error {
  override readonly name = 'FileFault'
  readonly problem: Problem
  constructor(problem: Problem) {
    super(problem.message)
    this.problem = problem
  }
}

function textOf(path: string, bytes: Uint8Array): string {
  const text = decodeText(bytes)
  if (typeof text === 'string') return text
  throw new FileFault({ file: isUrl(path) ? path : displayPath(path), ...text, rule: 'encoding' })
}

/**
 * Makes what reads the documents of the spec in a file. What is JSON is parsed as such, an alias of YAML is a value of
 * its own, and nothing is read or fetched but what the spec may refer to.
 */
export function createReader(config: Config, file: string, { permissions = [], readText }: ReaderOptions = {}): Reader {
  const resolver = new BaseResolver(config.resolve)
  const faults: Problem[] = []
  const mayRead = createGate(file, permissions)
  const parse = resolver.parseDocument.bind(resolver)
  resolver.loadExternalRef = async (ref) => {
    try {
      if (!mayRead(ref)) throw new Error(refusal(ref))
      if (isUrl(ref)) return await fetchSource(ref)
      return new Source(ref, await (readText ?? readTextFile)(ref))
    } catch (error) {
      if (!(error instanceof FileFault)) throw new ResolveError(toError(error))
      faults.push(error.problem)
      return new Source(ref, '{}')
    }
  }
  resolver.parseDocument = (source, isRoot) => {
    const json = parseJson(source)
    const document = json ?? parse(source, isRoot)
    const alias = json ? undefined : findAliasFault(document.parsed)
    const reference = alias ? undefined : findReferenceFault(document.parsed)
    const fault = alias ?? reference
    if (!fault) return { source, parsed: json ? json.parsed : withoutAliases(document.parsed) }
    const pointer = `#/${fault.path.map((key) => escapePointerFragment(key)).join('/')}`
    faults.push({ ...placeOf(source, pointer), message: fault.message, rule: alias ? 'yaml' : 'no-unresolved-refs' })
    return { source, parsed: {} }
  }
  return { resolver, faults }
}

/** The file, line and column of a value, as problems tell them. */
export function placeOf(source: Source, pointer: string): Required<Pick<Problem, 'file' | 'line' | 'column'>> {
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true })
  return { file: displayPath(source.absoluteRef), line: start.line, column: start.col }
}

/** How long a server may take to answer, in milliseconds. */
const patience = 30_000

async function fetchSource(url: string): Promise<Source> {
  // Where it leads on to has not been allowed.
  const response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(patience) })
  if (!response.ok) throw new Error(`${url} was answered with status ${response.status}`)
  const text = textOf(url, new Uint8Array(await response.arrayBuffer()))
  return new Source(url, text, response.headers.get('content-type') ?? undefined)
}

const toError = (error: unknown) => (error instanceof Error ? error : new Error(String(error)))

/** Begins what is told of a reference to what the spec may not refer to. */
export const refusalStart = 'Expected a `$ref` into '

function refusal(ref: string): string {
  if (isUrl(ref)) {
    const host = new URL('/', ref).href
    return `${refusalStart}files; found a URL, which is not fetched: name it in the spec's \`allow\` in the config, such as '${host}', or keep a copy.`
  }
  return `${refusalStart}the spec's own files; found ${displayPath(ref)}, which is not read: name it, or its folder, in the spec's \`allow\` in the config.`
}

/**
 * JSON is YAML, too, but takes ten times as long to be read as such. `undefined` for what the YAML reader has to judge:
 * what is no JSON object, what names a key twice, and what is too deep.
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

/** `NaN` where values are nested deeper than the YAML reader takes. */
function countKeys(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth >= maxDepth) return Number.NaN
  let count = Array.isArray(value) ? 0 : Object.keys(value).length
  for (const child of Object.values(value)) count += countKeys(child, depth + 1)
  return count
}

/** In JSON, a string before a colon is a key. */
function countWrittenKeys(text: string): number {
  let count = 0
  for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)) if (colon !== undefined) count++
  return count
}
