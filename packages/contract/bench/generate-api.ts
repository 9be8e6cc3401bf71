import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { emitClient, emitOperations, emitSchemas } from 'codegen'
import { loadDescription } from 'codegen/descriptions'
import type { JudgedApi } from '../src/requests/judge-requests.ts'

const modules = fileURLToPath(new URL('../node_modules', import.meta.url))
const emitters = [
  emitOperations({ path: 'operations.ts', types: './schema.ts' }),
  emitSchemas({ path: 'schemas.ts', operations: './operations.ts' }),
  emitClient({ path: 'client.ts', operations: './operations.ts' }),
]

/** Generates a client of any description, its findings accepted, and loads what was generated. Throws `SpecError`. */
export async function generateApi(specFile: string): Promise<JudgedApi> {
  const document = await loadDescription(specFile)
  const folder = await mkdtemp(join(tmpdir(), 'wire-'))
  try {
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
    await symlink(modules, join(folder, 'node_modules'))
    for (const emit of emitters) {
      for (const { path, text } of await emit(document, { source: 'api.json' })) {
        await writeFile(join(folder, path), text)
      }
    }
    const load = (file: string) => import(pathToFileURL(join(folder, file)).href)
    const { securitySchemes } = await load('operations.ts')
    const { schemas } = await load('schemas.ts')
    const { createClient } = await load('client.ts')
    return { document, schemas, securitySchemes, createClient }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
