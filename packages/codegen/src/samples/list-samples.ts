import type { OpenApiDocument, OperationEntry } from '../spec/document.ts'
import { writeCurl } from './curl.ts'
import { writeJavaScript } from './javascript.ts'
import { writePython } from './python.ts'
import { listBodies } from './sample-body.ts'
import type { SampleClient } from './sample-client.ts'
import { createRequestMaker, type SampleRequest } from './sample-request.ts'
import { writeTypeScript } from './typescript.ts'

/** A whole program, as `x-codeSamples` has it. */
export interface CodeSample {
  /** The language by the name that highlighters know, such as `Shell`. */
  lang: string
  /** What people choose it by, such as `curl`. */
  label: string
  source: string
}

/** A request of an operation, and the programs that make it. */
export interface SampledRequest {
  /** Name of the request body's example that is sent. */
  example?: string
  /** What the description says of that example. */
  summary?: string
  samples: CodeSample[]
}

/**
 * Lists programs that make one call of an operation: a request for each named example of its body, one if there is none,
 * in each language. Empty where no such program can be written: without a whole URL to send it to, or a value to send.
 */
export const listSamples = (document: OpenApiDocument, entry: OperationEntry, client: SampleClient): SampledRequest[] =>
  createSampler(document, client)(entry)

/** Makes what lists the programs of a document's operations, as `listSamples` does. */
export function createSampler(
  document: OpenApiDocument,
  client: SampleClient,
): (entry: OperationEntry) => SampledRequest[] {
  const { makeValue, describe } = createRequestMaker(document, client)
  return (entry) => {
    const request = describe(entry)
    const bodies = request && listBodies(document, entry, makeValue)
    if (!request || !bodies) return []
    return bodies.map(({ body, ...named }) => ({ ...named, samples: writeAll(entry.id, { ...request, body }, client) }))
  }
}

const writeAll = (id: string, request: SampleRequest, client: SampleClient): CodeSample[] => [
  { lang: 'Shell', label: 'curl', source: writeCurl(request) },
  { lang: 'Python', label: 'Python', source: writePython(request) },
  { lang: 'JavaScript', label: 'JavaScript', source: writeJavaScript(request) },
  { lang: 'TypeScript', label: 'TypeScript', source: writeTypeScript(id, request, client) },
]
