import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { emitEntry, emitOperations, emitTypes } from 'codegen'
import type { OpenApiDocument } from 'codegen/document'
import { expect, test } from 'vitest'

/** As many operations, each with a path parameter and a body of its own. */
function createDocument(count: number): OpenApiDocument {
  const paths = Array.from({ length: count }, (_, index) => {
    const schema = { type: 'object', properties: { [`field${index}`]: { type: 'string' } } }
    const content = { 'application/json': { schema } }
    const operation = {
      operationId: `write${index}`,
      parameters: [{ name: `id${index}`, in: 'path' as const, required: true, schema: { type: 'string' } }],
      requestBody: { required: true, content },
      responses: { '200': { content } },
    }
    return [`/things${index}/{id${index}}`, { post: operation }]
  })
  return { openapi: '3.1.0', servers: [{ url: 'https://api.example.com' }], paths: Object.fromEntries(paths) }
}

const calls = `import { createApiClient } from '@minimo/client/core'
import { operations, servers } from './index.ts'
const { call } = createApiClient(operations, { baseUrl: servers })
export const found: string | undefined = (await call('write1', { path: { id1: 'a' }, body: { field1: 'b' } })).data.field1
export const others = [
  await call('write2', { path: { id2: 'a' }, body: {} }),
  await call('write3', { path: { id3: 'a' }, body: { field3: 'b' } }, { retries: 0 }),
]
// @ts-expect-error a path parameter of another operation
await call('write4', { path: { id3: 'a' }, body: {} })
// @ts-expect-error an input is needed
await call('write5')
`

const emitters = [
  emitTypes({ path: 'schema.ts' }),
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitEntry({ path: 'index.ts', types: './schema.ts', operations: './operations.ts' }),
]

/** What the compiler says of the calls, and how many types it had to make from others for them. */
async function compileCalls(count: number) {
  const folder = mkdtempSync(join(tmpdir(), 'large-table-'))
  try {
    const emitted = await Promise.all(emitters.map((emit) => emit(createDocument(count), { source: 'large.yaml' })))
    const written = [
      ...emitted.flat(),
      { path: 'calls.ts', text: calls },
      { path: 'package.json', text: '{ "type": "module" }' },
    ]
    for (const { path, text } of written) writeFileSync(join(folder, path), text)
    const core = fileURLToPath(new URL('../../client/dist/core.d.ts', import.meta.url))
    const modules = { module: 'nodenext', paths: { '@minimo/client/core': [core] }, allowImportingTsExtensions: true }
    const libraries = { target: 'es2022', lib: ['es2022', 'dom', 'dom.iterable'], types: [], skipLibCheck: true }
    const compilerOptions = { ...modules, ...libraries, strict: true, noEmit: true }
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['calls.ts'] }))
    const tsc = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc')
    const args = [tsc, '-p', folder, '--pretty', 'false', '--extendedDiagnostics']
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' })
    const [, instantiations] = /^Instantiations:\s+(\d+)/m.exec(stdout) ?? []
    return {
      errors: stdout.split('\n').filter((line) => line.includes('error TS')),
      instantiations: Number(instantiations),
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('typed calls compile whatever the size of the table, at a cost that grows no faster than it', async () => {
  const small = await compileCalls(20)
  const large = await compileCalls(1500)
  expect([small.errors, large.errors]).toEqual([[], []])
  // Each row is read some times, whatever the number of calls, and each call looks up one of them.
  expect(large.instantiations).toBeLessThan(small.instantiations + 20 * 1500)
})
