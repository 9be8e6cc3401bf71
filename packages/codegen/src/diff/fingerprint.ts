import { listOperations, type OpenApiDocument, type OperationEntry } from '../document.ts'
import { retryClass } from '../emitters/operations.ts'
import type { Pair } from './change.ts'
import { createHashes, type HashPart } from './hash-parts.ts'

/** Hashes of an operation with all that it refers to. */
export interface OperationFingerprint {
  /** Of all that callers' code can notice. */
  meaning: string
  /** Of what callers send. */
  request: string
  /** Of what they get. */
  response: string
  /** Of everything, words included. */
  words: string
}

/** Hashes of one document of a pair, comparable with those of the other. */
export interface Fingerprint {
  /** By operationId. */
  operations: ReadonlyMap<string, OperationFingerprint>
  /** Of component schemas, by name, without words and with them. */
  schemas: ReadonlyMap<string, Pick<OperationFingerprint, 'meaning' | 'words'>>
  /** Of what is said of the document as a whole: its info, tags and the like. */
  words: string
  /** Of a part of this document, without words. */
  part: HashPart
}

/**
 * Fingerprints of two documents in normal form. Equal hashes mean the same: the order of keys, of `required`, of enums
 * and types makes no difference, nor does whether a schema is written out or referred to.
 */
export function createFingerprints(pair: Pair): { before: Fingerprint; after: Fingerprint } {
  const [meaning, words] = [createHashes(pair, false), createHashes(pair, true)]
  return {
    before: fingerprint(pair.before, meaning.before, words.before),
    after: fingerprint(pair.after, meaning.after, words.after),
  }
}

/** The operations, by operationId, that only one document has or that do not mean the same in both. */
export function changedOperations(pair: Pair): ReadonlySet<string> {
  const hashes = createHashes(pair, false)
  const read = (document: OpenApiDocument, hash: HashPart) =>
    new Map(listOperations(document).map((entry) => [entry.id, hash(meaningOf(document, entry))]))
  const [before, after] = [read(pair.before, hashes.before), read(pair.after, hashes.after)]
  return new Set([...before.keys(), ...after.keys()].filter((id) => before.get(id) !== after.get(id)))
}

function fingerprint(document: OpenApiDocument, meaning: HashPart, words: HashPart): Fingerprint {
  const operations = listOperations(document).map((entry) => {
    const { operation, pathItem } = entry
    const { parameters = [], requestBody, responses } = operation
    const { summary, description } = pathItem as { summary?: string; description?: string }
    const { 'x-retry': retry, 'x-unwrap': unwrap, ...own } = operation
    const said = { ...meaningOf(document, entry), operation: own, item: { summary, description } }
    const hashes: OperationFingerprint = {
      meaning: meaning(meaningOf(document, entry)),
      request: meaning({ parameters, requestBody }),
      response: meaning({ responses }),
      words: words(said),
    }
    return [entry.id, hashes] as const
  })
  const schemas = Object.entries(document.components?.schemas ?? {}).map(
    ([name, schema]) => [name, { meaning: meaning(schema), words: words(schema) }] as const,
  )
  return {
    operations: new Map(operations),
    schemas: new Map(schemas),
    words: words(saidOf(document)),
    part: meaning,
  }
}

/** All of an operation that callers' code can notice; what is for people is left to the hash. */
function meaningOf(document: OpenApiDocument, entry: OperationEntry) {
  const { operation, method, path } = entry
  const { tags, servers, security = [], 'x-unwrap': unwrap, 'x-retry': _, ...rest } = operation
  const schemes = new Set(security.flatMap((alternative) => Object.keys(alternative)))
  return {
    ...rest,
    method,
    path,
    namespace: tags?.[0],
    server: servers?.[0]?.url,
    retry: retryClass(entry),
    unwrap,
    security,
    schemes: [...schemes].sort().map((scheme) => document.components?.securitySchemes?.[scheme]),
  }
}

/** What is said of the document, and no operation holds. */
function saidOf({ openapi, paths, components = {}, 'x-error-codes': codes, ...rest }: OpenApiDocument) {
  return { ...rest, examples: components.examples }
}
