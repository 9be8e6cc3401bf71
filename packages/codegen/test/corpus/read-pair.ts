import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'
import type { Bump } from '../../src/diff/compare/change.ts'
import type { OpenApiDocument } from '../../src/document.ts'
import { loadSpec } from '../../src/load.ts'
import { writeFolder } from '../write-folder.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))

/** What a pair of the corpus demands. */
export interface Expected {
  bump: Bump
  /** Exactly the operations that changes name, with the highest bump of each. */
  operations: Record<string, Bump>
  /** The highest bump of what concerns the document as a whole. Default: none. */
  document?: Bump
}

/** The names of all pairs: the folders beside this file. */
export const pairNames: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** Reads `expected.yaml` of a pair. */
export const readExpected = (name: string): Expected => parse(readFileSync(join(folder, name, 'expected.yaml'), 'utf8'))

/**
 * Loads one side of a pair: `before.yaml` or `after.yaml`, else `base.yaml` with the pieces replaced that
 * `before-edits.yaml` or `after-edits.yaml` lists, else `base.yaml` as it is. Only inside a test.
 */
export async function loadSide(name: string, side: 'before' | 'after'): Promise<OpenApiDocument> {
  const whole = join(folder, name, `${side}.yaml`)
  if (existsSync(whole)) return loadSpec(whole, 'vendor')
  const base = join(folder, 'base.yaml')
  const edits = join(folder, name, `${side}-edits.yaml`)
  if (!existsSync(edits)) return loadSpec(base, 'vendor')
  let text = readFileSync(base, 'utf8')
  for (const { piece, instead } of parse(readFileSync(edits, 'utf8'))) {
    if (!text.includes(piece)) throw new Error(`${edits}: base.yaml does not hold this piece:\n${piece}`)
    text = text.replaceAll(piece, () => instead)
  }
  return loadSpec(join(writeFolder({ 'spec.yaml': text }), 'spec.yaml'), 'vendor')
}
