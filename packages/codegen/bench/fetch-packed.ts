import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
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

/** The paths of all files of a package; downloads it the first time. */
export function listPacked(packed: string): string[] {
  const known = `${documentPath({ packed, file: '' }).replace(/\/$/, '')}.list`
  if (!existsSync(known)) {
    mkdirSync(cache, { recursive: true })
    const draft = mkdtempSync(join(cache, 'draft-'))
    try {
      const archive = execFileSync('npm', ['pack', packed, '--silent'], { cwd: draft, encoding: 'utf8' }).trim()
      writeFileSync(join(draft, 'list'), execFileSync('tar', ['-tzf', archive], { cwd: draft }))
      renameSync(join(draft, 'list'), known)
    } finally {
      rmSync(draft, { recursive: true })
    }
  }
  const listed = readFileSync(known, 'utf8').trim().split('\n')
  return listed.map((path) => path.replace(/^package\//, ''))
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
