// Generates real specs of other vendors, and measures that side by side with openapi-typescript alone:
// `node bench/vendor-specs.ts [--rounds 3] [--only TEXT]`. Fails where a spec does not generate or type-check, or costs too much.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { measure, medianUsage, type Usage } from './measure.ts'
import { fetchSpec, type VendorSpec, vendorSpecs } from './specs.ts'

/** How much CPU time types, table, document and lint may take together, in units of types alone. */
const budget = 1.3

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

interface Result {
  name: string
  operations: number
  theirs: Usage
  ours: Usage
  /** What TypeScript says of the output; empty where it type-checks. */
  typeErrors: string
}

function benchSpec(spec: VendorSpec, rounds: number): Result {
  const source = fetchSpec(spec)
  const folder = mkdtempSync(join(tmpdir(), 'codegen-bench-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'codegen.config.ts'), configFor(source))
    const theirs: Usage[] = []
    const ours: Usage[] = []
    const runTheirs = () => theirs.push(measure([here('openapi-typescript.ts'), source, 'theirs.ts'], folder))
    const runOurs = () => {
      // A file that is up to date is not written again.
      rmSync(join(folder, 'ours'), { recursive: true, force: true })
      ours.push(measure([here('../src/cli.ts'), 'generate', 'codegen.config.ts'], folder))
    }
    for (let round = 0; round < rounds; round++) {
      // Whoever runs second finds the machine warmer.
      for (const run of round % 2 === 0 ? [runTheirs, runOurs] : [runOurs, runTheirs]) run()
    }
    const table = readFileSync(join(folder, 'ours/operations.ts'), 'utf8')
    return {
      name: spec.name,
      operations: table.match(/^ {2}.+: \{ method: '/gm)?.length ?? 0,
      theirs: medianUsage(theirs),
      ours: medianUsage(ours),
      typeErrors: typeCheck(folder),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/** All emitters, and the document in the format the spec has. */
const configFor = (source: string) => `
import { emitDocument, emitOperations, emitTypes } from '${new URL('../src/index.ts', import.meta.url)}'

export const specs = [{
  name: 'vendor',
  source: ${JSON.stringify(source)},
  rules: 'vendor',
  emitters: [
    emitTypes({ path: 'ours/schema.ts' }),
    emitOperations({ path: 'ours/operations.ts', types: './schema.ts' }),
    emitDocument({ path: 'ours/openapi${extname(source)}' }),
  ],
}]
`

function typeCheck(folder: string): string {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
  const options =
    '--noEmit --strict --skipLibCheck false --target es2022 --module nodenext --allowImportingTsExtensions'
  const args = [tsc, ...options.split(' '), 'ours/operations.ts', 'ours/schema.ts']
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })
  return status === 0 ? '' : stdout + stderr
}

const ratio = ({ ours, theirs }: Result) => ours.cpu / theirs.cpu

function tableOf(results: Result[]): string {
  const head = ['spec', 'operations', 'wall s', 'CPU s', 'peak MiB', 'ratio wall', 'ratio CPU', 'type-checks']
  const rows = results.map((result) => {
    const pair = (name: keyof Usage, digits: number) =>
      `${result.theirs[name].toFixed(digits)} → ${result.ours[name].toFixed(digits)}`
    const wallRatio = result.ours.wall / result.theirs.wall
    const figures = [pair('wall', 2), pair('cpu', 2), pair('memory', 0), wallRatio.toFixed(2), ratio(result).toFixed(2)]
    return [result.name, String(result.operations), ...figures, result.typeErrors ? 'NO' : 'yes']
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const options = { rounds: { type: 'string', default: '3' }, only: { type: 'string', default: '' } } as const
const { values } = parseArgs({ options })
const results: Result[] = []
const failures: string[] = []
for (const spec of vendorSpecs.filter(({ name }) => name.includes(values.only))) {
  console.error(`${spec.name} …`)
  try {
    const result = benchSpec(spec, Number(values.rounds))
    results.push(result)
    if (result.typeErrors) failures.push(`${spec.name} does not type-check:\n${result.typeErrors}`)
    if (ratio(result) > budget) failures.push(`${spec.name} costs ${ratio(result).toFixed(2)} times, over ${budget}.`)
  } catch (error) {
    failures.push(`${spec.name}: ${error instanceof Error ? error.message : error}`)
  }
}
console.log(`Each pair is openapi-typescript alone → codegen, medians of ${values.rounds} fresh processes.\n`)
console.log(tableOf(results))
for (const failure of failures) console.error(`\n${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
