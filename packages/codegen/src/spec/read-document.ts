import { resolve } from 'node:path'
import {
  type BaseResolver,
  type Config,
  type Document,
  escapePointerFragment,
  getLineColLocation,
  YamlParseError,
} from '@redocly/openapi-core'
import type { OpenApiDocument } from './document.ts'
import { displayPath, type Problem, SpecError } from './problem.ts'
import { createResolver, type ReadText } from './resolver.ts'
import { findAliasFault, withoutAliases } from './without-aliases.ts'

/** Reads the files of a spec. */
export interface Reader {
  /** Reads each file once, and each alias in it as the text that it stands for. */
  resolver: BaseResolver
  /** Problems of files that were read as empty, since their aliases cannot be written out. */
  faults: Problem[]
}

/** Makes what reads the files of one spec with `readText`, default: from the disk; `config` is the linter's. */
export function createReader(config: Config, readText?: ReadText): Reader {
  const resolver = createResolver(config, readText)
  const faults: Problem[] = []
  const parse = resolver.parseDocument.bind(resolver)
  resolver.parseDocument = (source, isRoot) => {
    const document = parse(source, isRoot)
    const fault = findAliasFault(document.parsed)
    if (!fault) return { source, parsed: withoutAliases(document.parsed) }
    const pointer = `#/${fault.path.map((key) => escapePointerFragment(key)).join('/')}`
    faults.push({ ...place(source, pointer), message: fault.message, rule: 'yaml' })
    return { source, parsed: {} }
  }
  return { resolver, faults }
}

/** Reads the root of a spec. Throws `SpecError` where it is no OpenAPI 3.0 or 3.1. */
export async function readDocument({ resolver, faults }: Reader, file: string): Promise<Document> {
  // Its type says that it returns errors; it throws them.
  const document = await resolver.resolveDocument(null, resolve(file), true).catch((error: Error) => error)
  if (faults.length > 0) throw new SpecError(faults)
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
    const { file, line } = place(document.source, '#/openapi')
    const message = `Expected \`openapi: 3.0.x\` or \`3.1.x\`; found ${JSON.stringify(version) ?? 'no `openapi` field'}.`
    throw new SpecError([{ file, ...(line !== undefined && { line }), message, rule: 'version' }])
  }
  return document
}

function place(source: Document['source'], pointer: string): Pick<Problem, 'file' | 'line' | 'column'> {
  const { start } = getLineColLocation({ source, pointer, reportOnKey: true })
  return { file: displayPath(source.absoluteRef), line: start.line, column: start.col }
}
