import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { type ClientOptions, createApiClient, type OperationRow, type OperationTable } from '@minimo/client/core'
import { run } from 'packed'
import type { JudgedApi } from '../src/requests/judge-requests.ts'
import { readSpec } from '../src/spec.ts'

/** What `generate` makes of a description, as run-time code has it. */
export interface GeneratedApi extends JudgedApi {
  operations: OperationTable & Readonly<Record<string, OperationRow>>
}

const codegen = dirname(fileURLToPath(import.meta.resolve('codegen')))

/** Generates the table and schemas of any description with the program that a package is made with, and loads them. */
export async function generateApi(specFile: string): Promise<GeneratedApi> {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'))
  try {
    const spec = { name: 'api', source: relative(folder, specFile), rules: 'vendor' }
    const config = `
import { emitDocument, emitOperations, emitSchemas } from ${JSON.stringify(join(codegen, 'index.ts'))}
const emitters = [
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitSchemas({ path: 'schemas.ts', operations: './operations.ts' }),
  emitDocument({ path: 'openapi.yaml' }),
]
export const specs = [{ ...${JSON.stringify(spec)}, emitters }]
`
    await writeFile(join(folder, 'codegen.config.ts'), config)
    await run(process.execPath, [join(codegen, 'cli.ts'), 'generate', 'codegen.config.ts'], { cwd: folder })
    const load = (file: string) => import(pathToFileURL(join(folder, file)).href)
    const [{ operations }, { schemas }] = [await load('operations.ts'), await load('schemas.ts')]
    const createClient = (options: ClientOptions) => createApiClient(operations as GeneratedApi['operations'], options)
    return { operations, schemas, document: readSpec(join(folder, 'openapi.yaml')), createClient }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
