import { globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The root of the repository. */
export const root = fileURLToPath(new URL('../../../', import.meta.url))

/** A fenced block of code in a document that people read. */
export interface CodeBlock {
  /** The document, from the root of the repository. */
  file: string
  /** How many blocks of the same language stand before it in that document. */
  index: number
  /** What follows the opening fence, such as `ts`; empty where it says nothing. */
  language: string
  code: string
  /** The comment right above it, which says where it is run, or why it is not. Default: none; it is run as it stands. */
  mark?: string | undefined
}

/** What people read: READMEs, guides and manuals, and no page that is generated. */
export function listDocuments(): string[] {
  const patterns = [
    '*.md',
    'apps/*.md',
    'apps/*/*.md',
    'packages/*/*.md',
    'apps/docs/src/content/docs/*.md',
    'apps/docs/src/content/docs/guides/*.md',
  ]
  return patterns.flatMap((pattern) => globSync(pattern, { cwd: root })).filter((file) => !/CHANGELOG\.md$/.test(file))
}

const fenced = /^ *(?:<!-- ([^\n]+) -->\n+ *)?```([^\n]*)\n([\s\S]*?)^ *```$/gm

/** All blocks of code in a document, in order. */
export function readCodeBlocks(file: string): CodeBlock[] {
  const count = new Map<string, number>()
  return [...readFileSync(`${root}${file}`, 'utf8').matchAll(fenced)].map(([, mark, language = '', code = '']) => {
    const index = count.get(language) ?? 0
    count.set(language, index + 1)
    return { file, index, language, code, mark }
  })
}
