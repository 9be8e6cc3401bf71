import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const description = fileURLToPath(new URL('legacy/minimo-g2.yaml', import.meta.url))
const cli = join(root, 'packages/codegen/src/cli.ts')

/** A workspace that holds what a package of another API needs of ours, and a description. */
function createWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minimo-add-api-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['openapi', 'packages/pets/node_modules']) mkdirSync(join(folder, name), { recursive: true })
  cpSync(join(root, 'tsconfig.base.json'), join(folder, 'tsconfig.base.json'))
  cpSync(description, join(folder, 'openapi/pets.yaml'))
  symlinkSync(join(root, 'packages/codegen'), join(folder, 'packages/codegen'))
  return folder
}

/** Links what `pnpm install` would link for a manifest. */
function linkDependencies(folder: string): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const own = join(root, 'packages/contract/node_modules', name)
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    if (existsSync(own)) symlinkSync(own, link)
    if (name === 'contract') symlinkSync(join(root, 'packages/contract'), link)
  }
}

const consumer = `import { type CustomField, createClient, operations, servers } from '@acme/pets'
import { schemas } from '@acme/pets/schemas'

export const field: CustomField = { id: 1, key: 'A', display_name: 'a', type: 'text', category: null }
export const found = [operations.sendEmailTemplate.path, servers.app, schemas.components.schemas.CustomField !== undefined]
export const list = () => createClient().call('listCustomFields')
`

it('one command makes a package of its own, which builds, keeps its own contract, and holds nothing of another API', async () => {
  const workspace = createWorkspace()
  const folder = join(workspace, 'packages/pets')
  const runNode = async (...args: string[]) => (await run(process.execPath, args, { cwd: folder })).stdout
  const bin = (name: string) => join(root, 'packages/contract/node_modules', name)
  rmSync(join(folder, 'node_modules'), { recursive: true })

  const add = [cli, 'add-api', 'openapi/pets.yaml', '--name', '@acme/pets', '--to', 'packages/pets', '--rules', 'house']
  const { stdout } = await run(process.execPath, add, { cwd: workspace })
  expect(stdout).toMatch(/^@acme\/pets is in packages\/pets\. `npx --yes pnpm@[\d.]+ install` links/)
  linkDependencies(folder)

  expect(await runNode(cli, 'generate', 'codegen.config.ts', '--check')).toContain('all up to date')
  await runNode(bin('typescript/bin/tsc'))
  await runNode(bin('typescript/bin/tsc'), '-p', 'tsconfig.build.json')
  writeFileSync(join(folder, 'src/consumer.ts'), consumer)
  await runNode(bin('typescript/bin/tsc'))
  const script = `console.log(JSON.stringify((await import('./src/consumer.ts')).found))`
  expect(JSON.parse(await runNode('--input-type=module', '--eval', script))).toEqual([
    '/api/transactionals',
    'https://app.minimo.it',
    true,
  ])
  expect(await runNode(bin('vitest/vitest.mjs'), 'run', '--no-color')).toMatch(/Tests {2}6 passed/)
})

it('nothing is written over what is there, or for what has no name', async () => {
  const workspace = createWorkspace()
  const add = (...args: string[]) =>
    run(process.execPath, [cli, 'add-api', 'openapi/pets.yaml', ...args], { cwd: workspace, reject: false })
  const cases: [args: string[], message: string][] = [
    [['--name', '@acme/pets', '--to', 'packages/pets'], 'found files in packages/pets'],
    [['--name', 'Pets!'], 'found "Pets!"'],
    [['--name', '@acme/more', '--rules', 'none'], 'found none'],
  ]
  for (const [args, message] of cases) {
    expect(await add(...args)).toMatchObject({ exitCode: 2, stdout: '', stderr: expect.stringContaining(message) })
  }
  expect(existsSync(join(workspace, 'packages/more'))).toBe(false)
})
