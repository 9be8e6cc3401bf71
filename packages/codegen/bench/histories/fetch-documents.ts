import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { documentPath, fetchPacked, type PackedDocument } from '../fetch-packed.ts'

/**
 * Downloads what is not there yet. Throws where one is not the document that was read: its digest in `documents.sha256`
 * says which that is.
 */
export function fetchDocuments(documents: readonly PackedDocument[]): void {
  fetchPacked(documents)
  const digests = readDigests()
  for (const document of documents) {
    const name = `${document.packed}/${document.file}`
    const digest = createHash('sha256')
      .update(readFileSync(documentPath(document)))
      .digest('hex')
    if (digests.get(name) === digest) continue
    throw new Error(
      `Expected ${name} to be the document that was read, with its digest in documents.sha256; found ${digest}. ` +
        `Read it, then write the line \`${digest}  ${name}\` there.`,
    )
  }
}

/** By package, version and path, as `sha256sum` writes them. */
function readDigests(): Map<string, string> {
  const lines = readFileSync(fileURLToPath(new URL('documents.sha256', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}
