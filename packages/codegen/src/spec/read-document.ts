import { resolve } from 'node:path'
import { type Document, YamlParseError } from '@redocly/openapi-core'
import type { OpenApiDocument } from './document.ts'
import { displayPath, SpecError } from './problem.ts'
import { placeOf, type Reader } from './reader.ts'

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
    const { file, line } = placeOf(document.source, '#/openapi')
    const message = `Expected \`openapi: 3.0.x\` or \`3.1.x\`; found ${JSON.stringify(version) ?? 'no `openapi` field'}.`
    throw new SpecError([{ file, line, message, rule: 'version' }])
  }
  return document
}
