import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** A public document, as it ships inside an npm package. */
export interface PackedDocument {
  /** Package and version, as `npm pack` takes it. */
  packed: string
  /** Path of the document inside the package. */
  file: string
}

const cache = join(tmpdir(), 'codegen-documents')

/** Where a document lies on this machine once it was fetched. */
export const documentPath = ({ packed, file }: PackedDocument): string => join(cache, packed.replaceAll('/', '+'), file)

/** Downloads what is not there yet, each package once, and keeps only the documents. */
export function fetchPacked(documents: readonly PackedDocument[]): void {
  const missing = documents.filter((document) => !existsSync(documentPath(document)))
  for (const [packed, ones] of Map.groupBy(missing, (document) => document.packed)) {
    console.error(`${packed} …`)
    unpack(packed, [...new Set(ones.map(({ file }) => file))])
  }
}

/** The paths of all files of a package. */
export function listPacked(packed: string): string[] {
  const draft = mkdtempSync(join(tmpdir(), 'codegen-list-'))
  try {
    const archive = execFileSync('npm', ['pack', packed, '--silent'], { cwd: draft, encoding: 'utf8' }).trim()
    const listed = execFileSync('tar', ['-tzf', archive], { cwd: draft, encoding: 'utf8' })
    return listed
      .trim()
      .split('\n')
      .map((path) => path.replace(/^package\//, ''))
  } finally {
    rmSync(draft, { recursive: true })
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
