import { type CodeSample, createSampler, type SampledRequest } from '../samples/list-samples.ts'
import type { SampleClient } from '../samples/sample-client.ts'
import type { Emitter } from '../spec/config.ts'
import { listOperations, type OpenApiDocument } from '../spec/document.ts'
import { generatedNote } from '../spec/run-script.ts'

/**
 * Emits the document itself, bundled into one file; YAML, or JSON where the path ends in `.json`. With a `client`, each
 * operation has the programs that call it as `x-codeSamples`.
 */
export function emitDocument({ path, client }: { path: string; client?: SampleClient }): Emitter {
  return async (given, { source }) => {
    const document = client ? withSamples(given, client) : given
    if (path.endsWith('.json')) return [{ path, text: `${JSON.stringify(document, null, 2)}\n` }]
    const { stringifyYaml } = await import('@redocly/openapi-core')
    return [{ path, text: `# ${generatedNote(source)}\n${stringifyYaml(document, { noRefs: true, lineWidth: 120 })}` }]
  }
}

function withSamples(given: OpenApiDocument, client: SampleClient): OpenApiDocument {
  const document = structuredClone(given)
  const listSamples = createSampler(given, client)
  const known = new Map(listOperations(given).map((entry) => [entry.id, entry]))
  for (const { id, operation } of listOperations(document)) {
    const entry = known.get(id)
    const samples = entry ? listSamples(entry).flatMap((request, _, all) => labelled(request, all.length)) : []
    if (samples.length > 0) Object.assign(operation, { 'x-codeSamples': samples })
  }
  return document
}

/** One of several is told by what the description says of its example. */
const labelled = ({ samples, example, summary = example }: SampledRequest, count: number): CodeSample[] =>
  samples.map((sample) => (count > 1 ? { ...sample, label: `${sample.label}: ${summary}` } : sample))
