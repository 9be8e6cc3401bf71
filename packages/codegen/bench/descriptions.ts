// Generates from public descriptions, each in a process of its own with limits, and tells how they end:
// `node bench/descriptions.ts [--all] [--only TEXT] [--seconds 300] [--megabytes 3000]`. Those of descriptions.txt are
// named; `--all` adds every one of the public directory. Fails where one ends in a stack trace, or at a limit.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { documentPath, fetchPacked, type PackedDocument } from './fetch-packed.ts'
import { acceptableRules, listDirectory, readDescriptions } from './read-descriptions.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** How the generation of one description ended. */
interface Outcome {
  document: PackedDocument
  end:
    | 'generates'
    | 'generates with warnings'
    | 'generates with findings accepted'
    | 'refused'
    | 'stack trace'
    | 'limit'
  /** The rules that told something, or the first line of an error. */
  told: string
  seconds: number
}

interface Limits {
  seconds: number
  megabytes: number
}

function tryDescription(document: PackedDocument, limits: Limits): Outcome {
  const first = generate(document, limits, [])
  const rules = [...first.told.split(', ')].filter((rule) => acceptableRules.includes(rule))
  if (first.end !== 'refused' || rules.length === 0) return first
  const second = generate(document, limits, rules)
  return second.end.startsWith('generates')
    ? { ...second, end: 'generates with findings accepted', told: first.told }
    : first
}

function generate(document: PackedDocument, { seconds, megabytes }: Limits, accepted: readonly string[]): Outcome {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-bench-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'codegen.config.ts'), configFor(documentPath(document), accepted))
    const args = [`--max-old-space-size=${megabytes}`, here('../src/cli.ts'), 'generate', 'codegen.config.ts']
    const start = performance.now()
    const { status, stderr } = spawnSync(process.execPath, args, {
      cwd: folder,
      encoding: 'utf8',
      timeout: seconds * 1000,
      maxBuffer: 2 ** 28,
    })
    return { document, ...judge(status, stderr), seconds: (performance.now() - start) / 1000 }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** A process that was ended at a limit has no status, or that of an abort. */
function judge(status: number | null, stderr: string): Pick<Outcome, 'end' | 'told'> {
  const rules = [...new Set([...stderr.matchAll(/ \(([a-z0-9-]+)\)$/gm)].map(([, rule]) => rule ?? ''))].join(', ')
  if (status === 0) return { end: rules === '' ? 'generates' : 'generates with warnings', told: rules }
  if (status === null || status === 134)
    return { end: 'limit', told: stderr.split('\n').find((line) => line !== '') ?? '' }
  if (/^ {4}at /m.test(stderr)) {
    return { end: 'stack trace', told: /^\w*Error.*$/m.exec(stderr)?.[0] ?? stderr.slice(0, 200) }
  }
  return { end: 'refused', told: rules }
}

const configFor = (source: string, accepted: readonly string[]) => `
import { defineSpec } from '${new URL('../src/index.ts', import.meta.url)}'

const accept = ${JSON.stringify(accepted)}.map((rule) => ({ rule, reason: 'The bench tells it.' }))
export const specs = [defineSpec({ name: 'vendor', source: ${JSON.stringify(source)}, rules: 'vendor', accept })]
`

function report(outcomes: readonly Outcome[]): string {
  const ends = Map.groupBy(outcomes, ({ end }) => end)
  const counts = [...ends].map(([end, ones]) => `| ${end.padEnd(34)} | ${String(ones.length).padStart(5)} |`)
  const told = [...ends].flatMap(([end, ones]) =>
    end === 'generates'
      ? []
      : [`\n${end}:`, ...ones.map(({ document, told, seconds }) => lineOf(document, told, seconds))],
  )
  const total = `${outcomes.length} descriptions in ${Math.round(outcomes.reduce((sum, one) => sum + one.seconds, 0))} s\n`
  const slowest = [...outcomes].sort((a, b) => b.seconds - a.seconds).slice(0, 5)
  const slow = ['\nslowest:', ...slowest.map(({ document, seconds }) => lineOf(document, '', seconds))]
  return [total, ...counts, ...told, ...slow].join('\n')
}

const lineOf = ({ packed, file }: PackedDocument, told: string, seconds: number) =>
  `  ${packed} ${file} (${seconds.toFixed(1)} s)${told && `: ${told}`}`

const { values } = parseArgs({
  options: {
    all: { type: 'boolean' },
    only: { type: 'string', default: '' },
    seconds: { type: 'string', default: '300' },
    megabytes: { type: 'string', default: '3000' },
  },
})
const named = readDescriptions()
const others = values.all ? listDirectory() : []
const documents = [...named, ...others].filter(({ packed, file }) => `${packed} ${file}`.includes(values.only))
fetchPacked(documents)
const limits = { seconds: Number(values.seconds), megabytes: Number(values.megabytes) }
const outcomes = documents.map((document, index) => {
  if (index % 20 === 0) console.error(`${index} of ${documents.length} …`)
  return tryDescription(document, limits)
})
console.log(report(outcomes))
process.exitCode = outcomes.some(({ end }) => end === 'stack trace' || end === 'limit') ? 1 : 0
