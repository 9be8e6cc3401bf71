// Compares real specs with themselves and one planted change, by the program that people run:
// `node bench/spec-diff.ts [--rounds 3]`. Fails only where an answer is wrong; the figures are for people to judge.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { parse } from 'yaml'
import { createReach } from '../src/diff/normal/reach.ts'
import { listOperations, type OpenApiDocument, type Schema } from '../src/document.ts'
import { measure, medianUsage, type Usage } from './measure.ts'
import { fetchSpec, vendorSpecs } from './specs.ts'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** A spec and what is done to it: a property goes from a component schema that only answers hold. */
interface Planting {
  name: string
  file: () => string
  schema: string
  property: string
}

const [github] = vendorSpecs
const githubFile = () => fetchSpec(github ?? { name: '', packed: '', file: '' })
const plantings: Planting[] = [
  { name: 'ours', file: () => here('../../../openapi/minimo.yaml'), schema: 'ContactIdResponse', property: 'id' },
  {
    name: 'GitHub, one operation',
    file: githubFile,
    schema: 'api-overview',
    property: 'verifiable_password_authentication',
  },
  { name: 'GitHub, one operation in four', file: githubFile, schema: 'simple-user', property: 'login' },
]

interface Result {
  name: string
  operations: number
  /** How many of them the change touches. */
  touched: number
  usage: Usage
  faults: string[]
}

function benchPlanting(planting: Planting, rounds: number): Result {
  const folder = mkdtempSync(join(tmpdir(), 'codegen-bench-'))
  try {
    const source = planting.file()
    const document: OpenApiDocument = parse(readFileSync(source, 'utf8'))
    const users = usersOf(document, planting.schema)
    plant(document, planting)
    writeFileSync(join(folder, 'after.json'), JSON.stringify(document))
    writeFileSync(join(folder, 'package.json'), '{ "name": "bench", "type": "module" }')
    const spec = { name: 'bench', source: 'after.json', rules: 'vendor', emitters: [] }
    writeFileSync(join(folder, 'codegen.config.ts'), `export const specs = [${JSON.stringify(spec)}]`)
    const args = [here('../src/cli.ts'), 'diff', 'codegen.config.ts', '--base', source, '--format', 'json']
    const usages: Usage[] = []
    const faults = new Set<string>()
    for (let round = 0; round < rounds; round++) {
      const { output, ...usage } = measure(args, folder)
      usages.push(usage)
      for (const fault of findFaults(JSON.parse(output), users)) faults.add(fault)
    }
    const operations = listOperations(document).length
    const usage = medianUsage(usages)
    return { name: planting.name, operations, touched: users.size, usage, faults: [...faults] }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function plant({ components }: OpenApiDocument, { schema, property }: Planting): void {
  const target = components?.schemas?.[schema] as (Schema & { required?: string[] }) | undefined
  if (!target?.properties?.[property]) throw new Error(`There is no ${property} in ${schema}: plant something else.`)
  delete target.properties[property]
  target.required = (target.required ?? []).filter((name) => name !== property)
}

/** The operations that reach a schema, found by nothing but the references. */
function usersOf(document: OpenApiDocument, schema: string): Set<string> {
  const reach = createReach(document)
  const users = listOperations(document).filter((entry) => reach(entry.operation).has(`#/components/schemas/${schema}`))
  return new Set(users.map(({ id }) => id))
}

interface Answer {
  bump: string
  changes: { bump: string; operationIds: string[] }[]
}

/** The change is major for each operation that reaches the schema, and no other is named. */
function findFaults({ bump, changes }: Answer, users: ReadonlySet<string>): string[] {
  const idsOf = (all: Answer['changes']) => all.flatMap(({ operationIds }) => operationIds)
  const major = new Set(idsOf(changes.filter((change) => change.bump === 'major')))
  const missed = [...users].filter((id) => !major.has(id))
  const invented = idsOf(changes).filter((id) => !users.has(id))
  return [
    ...(bump === 'major' ? [] : [`the bump is ${bump}, not major`]),
    ...(missed.length > 0 ? [`${missed.length} operations are missed, such as ${missed[0]}`] : []),
    ...(invented.length > 0 ? [`operations are named that did not change, such as ${invented[0]}`] : []),
  ]
}

function tableOf(results: Result[]): string {
  const head = ['spec', 'operations', 'touched', 'wall s', 'peak MiB', 'right']
  const rows = results.map(({ name, operations, touched, usage: { wall, memory }, faults }) => {
    const figures = [wall.toFixed(2), memory.toFixed(0)]
    return [name, String(operations), String(touched), ...figures, faults.length > 0 ? 'NO' : 'yes']
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '3' } } })
const results = plantings.map((planting) => {
  console.error(`${planting.name} …`)
  return benchPlanting(planting, Number(values.rounds))
})
console.log(`Medians of ${values.rounds} fresh processes; memory is the peak of the whole process.\n`)
console.log(tableOf(results))
for (const { name, faults } of results) for (const fault of faults) console.error(`\n${name}: ${fault}.`)
process.exitCode = results.some(({ faults }) => faults.length > 0) ? 1 : 0
