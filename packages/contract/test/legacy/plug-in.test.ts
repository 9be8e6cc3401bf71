import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../../..', import.meta.url))

/** A copy of api-types among what it is generated from, with the legacy API in `openapi/`. Returns its folder. */
function copyApiTypes(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minimo-plug-in-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [original, copy] = [join(root, 'packages/api-types'), join(folder, 'packages/api-types')]
  mkdirSync(copy, { recursive: true })
  cpSync(original, copy, {
    recursive: true,
    filter: (path) => !['node_modules', 'dist', '.turbo'].includes(basename(path)),
  })
  symlinkSync(join(original, 'node_modules'), join(copy, 'node_modules'))
  cpSync(join(root, 'openapi'), join(folder, 'openapi'), { recursive: true })
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
  cpSync(fileURLToPath(new URL('minimo-g2.yaml', import.meta.url)), join(folder, 'openapi/minimo-g2.yaml'))
  return copy
}

const document = '@minimo/api-types/src/gen/minimo-g2/openapi.yaml'

/** A package may import itself by name, through its own `exports`. */
const consumer = `
import { type components, operations, servers } from '@minimo/api-types/minimo-g2'
import { schemas } from '@minimo/api-types/minimo-g2/schemas'

export const field: components['schemas']['CustomField'] = { id: 1, key: 'A', display_name: 'a', type: 'text', category: null }
export const found = [operations.sendEmailTemplate.path, servers.app, schemas.components.schemas.CustomField]
`

it('one entry in the codegen config gives a second API its subpaths, and leaves the first as it is', async () => {
  const folder = copyApiTypes()
  const runNode = async (...args: string[]) => (await run(process.execPath, args, { cwd: folder })).stdout
  const tsc = join(root, 'packages/contract/node_modules/typescript/bin/tsc')

  const configFile = join(folder, 'codegen.config.ts')
  const config = readFileSync(configFile, 'utf8')
  // The config may import `defineSpec` already.
  const entry = "  plugIn({ name: 'minimo-g2', source: '../../openapi/minimo-g2.yaml' }),\n]\n"
  const extended = `import { defineSpec as plugIn } from 'codegen'\n${config.replace(/\]\n$/, entry)}`
  writeFileSync(configFile, extended)
  const told = await runNode(join(root, 'packages/codegen/src/cli.ts'), 'generate', 'codegen.config.ts')
  const lines = told.split('\n')
  expect(lines[0]).toMatch(/^\d+ generated files, \d written/)
  expect(lines.slice(1).filter((line) => !line.startsWith('  src/gen/minimo-g2'))).toEqual([])

  await runNode(tsc, '-p', 'tsconfig.build.json')
  writeFileSync(join(folder, 'src/consumer.ts'), consumer)
  await runNode(tsc)
  const script = `console.log(JSON.stringify([(await import('./src/consumer.ts')).found, import.meta.resolve('${document}')]))`
  const [found, file] = JSON.parse(await runNode('--input-type=module', '--eval', script))
  const schema = expect.objectContaining({ required: ['id', 'key', 'display_name', 'type', 'category'] })
  expect(found).toEqual(['/api/transactionals', 'https://app.minimo.it', schema])
  expect(readFileSync(fileURLToPath(file), 'utf8')).toContain('openapi: 3.0.3')
})
