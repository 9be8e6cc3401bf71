import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Content, type OpenApiDocument, resolve } from 'codegen/document'
import { parse } from 'yaml'

/** The bundled spec that `@minimo/api-types` ships. */
export const specFile = fileURLToPath(import.meta.resolve('@minimo/api-types/openapi.yaml'))

/** Reads a spec from a YAML file; it has been linted and bundled before. */
export function readSpec(file: string): OpenApiDocument {
  return parse(readFileSync(file, 'utf8')) as OpenApiDocument
}

/** The examples of a body, by name; none for a body that has no content. */
export function examplesOf(spec: OpenApiDocument, body: Content | undefined): Record<string, unknown> {
  const media = Object.values(body ? (resolve(spec, body).content ?? {}) : {})
  const examples = media.flatMap(({ examples }) => Object.entries(examples ?? {}))
  return Object.fromEntries(examples.map(([name, example]) => [name, resolve(spec, example).value]))
}
