import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { acceptableRules } from 'codegen/descriptions'
import { run } from 'packed'
import type { JudgedApi } from '../src/requests/judge-requests.ts'
import { readSpec } from '../src/spec.ts'

const codegen = dirname(fileURLToPath(import.meta.resolve('codegen')))
const modules = fileURLToPath(new URL('../node_modules', import.meta.url))

/** Generates a client of any description, with the program that a package is made with, and loads what it wrote. */
export async function generateApi(specFile: string): Promise<JudgedApi> {
  const folder = await mkdtemp(join(tmpdir(), 'wire-'))
  try {
    const accept = acceptableRules.map((rule) => ({ rule, reason: 'What is sent is judged by the same description.' }))
    const spec = { name: 'api', source: relative(folder, specFile), rules: 'vendor', accept }
    const config = `
import { emitClient, emitDocument, emitOperations, emitSchemas } from ${JSON.stringify(join(codegen, 'index.ts'))}
const emitters = [
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitSchemas({ path: 'schemas.ts', operations: './operations.ts' }),
  emitClient({ path: 'client.ts', operations: './operations.ts' }),
  emitDocument({ path: 'openapi.yaml' }),
]
export const specs = [{ ...${JSON.stringify(spec)}, emitters }]
`
    await writeFile(join(folder, 'codegen.config.ts'), config)
    await symlink(modules, join(folder, 'node_modules'))
    await run(process.execPath, [join(codegen, 'cli.ts'), 'generate', 'codegen.config.ts'], { cwd: folder })
    const load = (file: string) => import(pathToFileURL(join(folder, file)).href)
    const { securitySchemes } = await load('operations.ts')
    const { schemas } = await load('schemas.ts')
    const { createClient } = await load('client.ts')
    return { document: readSpec(join(folder, 'openapi.yaml')), schemas, securitySchemes, createClient }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
