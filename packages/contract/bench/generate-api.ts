import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { OperationRow, OperationTable } from '@minimo/client/core'
import type { OpenApiDocument } from 'codegen/document'
import { run } from 'packed'
import type { ApiSchemas } from '../src/requests/make-input.ts'
import { readSpec } from '../src/spec.ts'

/** What `generate` makes of a description, as run-time code has it. */
export interface GeneratedApi {
  operations: OperationTable & Readonly<Record<string, OperationRow>>
  servers: Readonly<Record<string, string>>
  /** The description itself, in one document. */
  document: OpenApiDocument
  schemas: ApiSchemas
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
    const [{ operations, servers }, { schemas }] = [await load('operations.ts'), await load('schemas.ts')]
    return { operations, servers, schemas, document: readSpec(join(folder, 'openapi.yaml')) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
