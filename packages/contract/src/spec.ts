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

/** The example of a body that has no name; `undefined` where there is none. */
export function unnamedExampleOf(spec: OpenApiDocument, body: Content | undefined): unknown {
  const media = Object.values(body ? (resolve(spec, body).content ?? {}) : {})
  return media.map(({ example }) => example).find((example) => example !== undefined)
}

/** The examples of a body, by name; none for a body that has no content. */
export function examplesOf(spec: OpenApiDocument, body: Content | undefined): Record<string, unknown> {
  const media = Object.values(body ? (resolve(spec, body).content ?? {}) : {})
  const examples = media.flatMap(({ examples }) => Object.entries(examples ?? {}))
  return Object.fromEntries(examples.map(([name, example]) => [name, resolve(spec, example).value]))
}

/** A JSON pointer to what stands under these keys, as a fragment of a URL (RFC 6901). */
export const pointerTo = (...keys: string[]): string =>
  keys.map((key) => `/${encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))}`).join('')
