import { resolve } from 'node:path'
import { type Document, YamlParseError } from '@redocly/openapi-core'
import { isRecord } from './kinds.ts'
import { displayPath, type Problem, SpecError } from './problem.ts'
import { placeOf, type Reader } from './reader.ts'

/** Reads the root of a spec. Throws `SpecError` where it is no OpenAPI of version 3. */
export async function readDocument({ resolver, faults }: Reader, file: string): Promise<Document> {
  // Its type says that it returns errors; it throws them.
  const document = await resolver.resolveDocument(null, resolve(file), true).catch((error: Error) => error)
  if (faults.length > 0) throw new SpecError(faults)
  if (document instanceof YamlParseError) throw new SpecError([describeSyntax(document)])
  if (document instanceof Error) {
    throw new SpecError([{ file: displayPath(file), message: `Cannot be read: ${document.message}.`, rule: 'file' }])
  }
  const fault = findVersionFault(document.parsed)
  if (fault === undefined) return document
  const { file: shown, line } = placeOf(document.source, isSwagger(document.parsed) ? '#/swagger' : '#/openapi')
  throw new SpecError([{ file: shown, line, message: fault, rule: 'version' }])
}

function describeSyntax({ message, source, line, col }: YamlParseError): Problem {
  const [reason] = message.split(/ in "| \(/)
  const second = source.body.split('\n').findIndex((text, index) => index > 0 && /^---(\s|$)/.test(text)) + 1
  return {
    file: displayPath(source.absoluteRef),
    ...(line > 0 ? { line, column: col } : reason?.includes('single document') && { line: second }),
    message: `Expected valid YAML or JSON: ${reason}.`,
    rule: 'yaml',
  }
}

function findVersionFault(parsed: unknown): string | undefined {
  const openapi = isRecord(parsed) ? parsed.openapi : undefined
  if (typeof openapi === 'string' && /^3\.[012]\./.test(openapi)) return undefined
  if (isSwagger(parsed)) {
    return `Expected \`openapi: 3.x.y\`; found Swagger ${parsed.swagger}: convert it once with \`${converter}\`, and use what that writes as the spec.`
  }
  return `Expected \`openapi: 3.0.x\`, \`3.1.x\` or \`3.2.x\`; found ${JSON.stringify(openapi) ?? 'no `openapi` field'}.`
}

const isSwagger = (parsed: unknown): parsed is { swagger: unknown } =>
  isRecord(parsed) && parsed.openapi === undefined && parsed.swagger !== undefined

/** What writes a description in Swagger 2.0 as OpenAPI 3.0. */
const converter = 'npx swagger2openapi@7.0.8 --patch --yaml --outfile openapi.yaml FILE'
