import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listDocuments, readCodeBlocks, root } from './code-blocks.ts'

const documents = listDocuments()
const blocks = documents.flatMap(readCodeBlocks)

it('documents for people are found, and blocks of code in them', () => {
  expect(documents).toEqual(expect.arrayContaining(['README.md', 'apps/docs/src/content/docs/guides/consent.md']))
  expect(blocks.length).toBeGreaterThan(60)
})

describe.each(documents)('%s', (file) => {
  it('says of each block that no test runs as it stands where it is run, or why it is not', () => {
    const silent = readCodeBlocks(file).filter(({ language, mark }) => language !== 'ts' && !isTold(mark))
    expect(silent.map(({ language, code }) => `${language}: ${code}`)).toEqual([])
  })

  it('gives commands that there are', () => {
    const unknown = commandsIn(readFileSync(join(root, file), 'utf8')).filter((command) => !isKnown(command))
    expect(unknown).toEqual([])
  })
})

function isTold(mark: string | undefined): boolean {
  if (mark === undefined) return false
  if (/^not run: \S/.test(mark)) return true
  const [, place] = /(?:^|, )run by (\S+)$/.exec(mark) ?? []
  return place !== undefined && existsSync(join(root, place))
}

/** What a reader is told to have pnpm do, without its options' values: `test`, `--filter sync start`. */
function commandsIn(text: string): string[] {
  const code = [...text.matchAll(/^```[\s\S]*?^```|`[^`\n]+`/gm)].map(([found]) => found).join('\n')
  const command = /(?:npx --yes pnpm@[\d.]+|(?<=^`?)pnpm) ((?:--filter \S+ )?(?:exec |run )?[a-z][\w:-]*)/gm
  return [...code.matchAll(command)].map(([, found = '']) => found)
}

/** Commands of pnpm itself. */
const builtIn = ['install', 'pack', 'run']
/** A package that readers are about to make. */
const toBe = '--filter @acme/'

function isKnown(command: string): boolean {
  const [, name, , script = ''] = /^(?:--filter (\S+) )?(exec |run )?(\S+)$/.exec(command) ?? []
  if (command.startsWith(toBe) || /^(?:--filter \S+ )?exec /.test(command) || builtIn.includes(script)) return true
  const folders =
    name === undefined ? [''] : ['packages', 'apps'].map((folder) => `${folder}/${name.replace(/^@[^/]+\//, '')}`)
  return folders.some((folder) => scriptsOf(folder).includes(script))
}

function scriptsOf(folder: string): string[] {
  const file = join(root, folder, 'package.json')
  return existsSync(file) ? Object.keys(JSON.parse(readFileSync(file, 'utf8')).scripts ?? {}) : []
}
