// Judges pairs of public histories beside what a person who read them says: `node bench/histories/judge-histories.ts
// [--only Figma] [--changes]`. Fails where a bump is another, a process fails, or a limit is broken.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { documentPath } from '../fetch-packed.ts'
import { measure, type Usage } from '../measure.ts'
import { fetchDocuments } from './fetch-documents.ts'
import type { Verdict } from './judge-pair.ts'
import { listRawEdits } from './raw-edits.ts'
import { type HistoryPair, readHistories } from './read-histories.ts'

/**
 * What no pair may take, and what may be told of all pairs together for each raw edit. Seconds are those of the CPU: the
 * machine may do something else as well.
 */
const limits = { seconds: 20, mebibytes: 1024, toldPerEdit: 1.5 }

const program = fileURLToPath(new URL('judge-pair.ts', import.meta.url))

interface Result extends Usage {
  pair: HistoryPair
  verdict: Verdict
  edits: number
}

function judgePair(pair: HistoryPair): Result {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-bench-'))
  try {
    const files = [pair.before, pair.after].map(documentPath)
    const { output, ...usage } = measure([program, ...files], folder)
    const [before, after] = files.map(parseDocument)
    return { pair, verdict: JSON.parse(output), ...usage, edits: listRawEdits(before, after).length }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function parseDocument(file: string): unknown {
  const text = readFileSync(file, 'utf8').replace(/^\uFEFF/, '')
  // Parsing JSON as YAML takes minutes for the large ones.
  return file.endsWith('.json') ? JSON.parse(text) : parse(text, { maxAliasCount: -1, logLevel: 'silent' })
}

function findFaults({ pair, verdict, cpu, memory }: Result): string[] {
  return [
    ...(verdict.bump === pair.bump ? [] : [`expected ${pair.bump}, found ${verdict.bump}. ${pair.reason}`]),
    ...(cpu <= limits.seconds ? [] : [`expected at most ${limits.seconds} CPU s, found ${cpu.toFixed(1)}.`]),
    ...(memory <= limits.mebibytes
      ? []
      : [`expected at most ${limits.mebibytes} MiB, found ${memory.toFixed(0)} MiB.`]),
  ]
}

const perEdit = (told: number, edits: number) => (edits === 0 ? '' : (told / edits).toFixed(2))

function rowOf({ pair, verdict, wall, cpu, memory, edits }: Result): string[] {
  const told = verdict.told.length
  const counts = verdict.bump === 'broken' ? ['', '', ''] : [String(told), String(edits), perEdit(told, edits)]
  return [pair.name, verdict.bump, pair.bump, wall.toFixed(1), cpu.toFixed(1), memory.toFixed(0), ...counts]
}

const head = ['pair', 'bump', 'expected', 'wall s', 'CPU s', 'peak MiB', 'told', 'edits', 'told/edit']

/** Rows are printed as they come: all pairs take minutes. */
const lineOf = (row: string[], widths: number[]) =>
  `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`

const { values } = parseArgs({ options: { only: { type: 'string', default: '' }, changes: { type: 'boolean' } } })
const pairs = readHistories().filter(({ name }) => name.includes(values.only))
fetchDocuments(pairs.flatMap(({ before, after }) => [before, after]))
const widths = head.map((name, column) =>
  Math.max(name.length, ...pairs.map((pair) => (column === 0 ? pair.name.length : 6))),
)
console.log([head, widths.map((width) => '-'.repeat(width))].map((row) => lineOf(row, widths)).join('\n'))
const results: Result[] = []
const faults: string[] = []
for (const pair of pairs) {
  try {
    const result = judgePair(pair)
    results.push(result)
    console.log(lineOf(rowOf(result), widths))
    faults.push(...findFaults(result).map((fault) => `${pair.name}: ${fault}`))
    const told = values.changes ? result.verdict.told : []
    for (const { bump, location, message } of told) console.log([bump, location ?? '-', message].join('  '))
  } catch (error) {
    faults.push(`${pair.name}: ${error instanceof Error ? error.message : error}`)
  }
}
const read = results.filter(({ verdict }) => verdict.bump !== 'broken')
const sum = (figure: (result: Result) => number, ones = results) => ones.reduce((total, one) => total + figure(one), 0)
const [told, edits] = [sum(({ verdict }) => verdict.told.length, read), sum((result) => result.edits, read)]
const highest = (figure: (result: Result) => number) => Math.max(0, ...results.map(figure))
console.log(`
${results.length} of ${pairs.length} pairs judged, ${faults.length} faults.
Told per raw edit: ${told} / ${edits} = ${perEdit(told, edits)} (at most ${limits.toldPerEdit}).
Longest ${highest(({ cpu }) => cpu).toFixed(1)} CPU s (at most ${limits.seconds}), ${sum(({ cpu }) => cpu).toFixed(0)} CPU s in all.
Highest peak ${highest(({ memory }) => memory).toFixed(0)} MiB (at most ${limits.mebibytes}).`)
if (told > limits.toldPerEdit * edits) faults.push(`Expected at most ${limits.toldPerEdit} told per raw edit.`)
for (const fault of faults) console.error(`\n${fault}`)
process.exitCode = faults.length > 0 ? 1 : 0
