import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { pack, run, unpack } from 'packed'
import { expect, it, onTestFinished } from 'vitest'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const description = fileURLToPath(new URL('legacy/minimo-g2.yaml', import.meta.url))
const cli = join(root, 'packages/codegen/src/cli.ts')

/** A workspace that holds what a package of another API needs of ours, and a description. */
function createWorkspace(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minimo-add-api-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const name of ['openapi', 'packages/release', 'packages/pets/node_modules'])
    mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['tsconfig.base.json', 'pnpm-workspace.yaml', 'packages/release/pnpmfile.mjs'])
    cpSync(join(root, name), join(folder, name))
  cpSync(description, join(folder, 'openapi/pets.yaml'))
  symlinkSync(join(root, 'packages/codegen'), join(folder, 'packages/codegen'))
  return folder
}

/** Links what `pnpm install` would link for a manifest. */
function linkDependencies(folder: string): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const owners = ['contract', 'client'].map((owner) => join(root, 'packages', owner, 'node_modules', name))
    const own = owners.find((one) => existsSync(one))
    const link = join(folder, 'node_modules', name)
    mkdirSync(dirname(link), { recursive: true })
    if (own !== undefined) symlinkSync(own, link)
    if (name === 'contract') symlinkSync(join(root, 'packages/contract'), link)
  }
}

const consumer = `import { type CustomField, createClient, type ErrorOf, isApiError, operations, servers } from '@acme/pets'
import { schemas } from '@acme/pets/schemas'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export const field: CustomField = { id: 1, key: 'A', display_name: 'a', type: 'text', category: null }
const table = [operations.sendEmailTemplate.path, servers.app, schemas.components.schemas.CustomField !== undefined]

const told: string[] = []
const server = createServer(({ rawHeaders, method }, response) => {
  told.push(rawHeaders.join('\\n'))
  const answer = method === 'GET' ? { data: [field] } : { success: false, error: { code: 'duplicate_resource', message: 'A' } }
  response.writeHead(method === 'GET' ? 200 : 409, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
})
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
const { call } = createClient({ baseUrl: \`http://127.0.0.1:\${(server.address() as AddressInfo).port}\`, apiKey: 'k' })
const { data } = await call('listCustomFields')
const names: string[] = data.map((one) => one.display_name)
// @ts-expect-error the label is display_name
call('createCustomField', { body: { key: 'A', displayName: 'a', type: 'text' } }).catch(() => {})
const error: unknown = await call('createCustomField', { body: { key: 'A', display_name: 'a', type: 'text' } }).catch((error) => error)
let code = ''
if (isApiError(error, 'createCustomField')) {
  const known: ErrorOf<'createCustomField'> = error
  code = known.code
}
server.close()
console.log(JSON.stringify({ table, names, code, isNamed: isApiError(error, 409), told: told.join('\\n') }))
`

/** Packs a package that is built, and uses it in a project that has nothing else of this workspace. */
async function tryPackage(folder: string): Promise<void> {
  const project = mkdtempSync(join(tmpdir(), 'acme-consumer-'))
  onTestFinished(() => rmSync(project, { recursive: true }))
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const repository = { type: 'git', url: 'git+https://github.com/acme/apis.git', directory: 'packages/pets' }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, license: 'MIT', repository }))
  const tarball = await pack({ from: folder, to: project })

  mkdirSync(join(project, 'unpacked'))
  await unpack(tarball, join(project, 'unpacked'))
  const files = readdirSync(join(project, 'unpacked'), { recursive: true, encoding: 'utf8', withFileTypes: true })
  const texts = files.filter((one) => one.isFile()).map((one) => readFileSync(join(one.parentPath, one.name), 'utf8'))
  expect(texts.length).toBeGreaterThan(80)
  expect(texts.filter((text) => /@minimo|workspace:|catalog:/.test(text))).toEqual([])

  writeFileSync(join(project, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', tarball], { cwd: project })
  expect(readdirSync(join(project, 'node_modules')).sort()).toEqual([
    ...['.package-lock.json', '@acme', 'openapi-fetch', 'openapi-typescript-helpers'],
  ])
  writeFileSync(join(project, 'consumer.ts'), consumer)
  const typeRoots = [join(root, 'packages/contract/node_modules/@types')]
  const compilerOptions = { module: 'nodenext', target: 'es2022', strict: true, typeRoots, types: ['node'] }
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['consumer.ts'] }))
  for (const owner of ['codegen', 'contract']) {
    const tsc = join(root, 'packages', owner, 'node_modules/typescript/bin/tsc')
    await run(process.execPath, [tsc], { cwd: project })
  }
  const { stdout } = await run(process.execPath, ['consumer.js'], { cwd: project })
  const { told, ...found } = JSON.parse(stdout)
  expect(found).toEqual({
    table: ['/api/transactionals', 'https://app.minimo.it', true],
    names: ['a'],
    code: 'duplicate_resource',
    isNamed: true,
  })
  expect(told).not.toMatch(/minimo/i)
}

it('one command makes a package of its own, which builds, keeps its own contract, and is installed without anything of ours', {
  timeout: 300_000,
}, async () => {
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
  await runNode(cli, 'inline', '.')
  expect(await runNode(bin('vitest/vitest.mjs'), 'run', '--no-color')).toMatch(/Tests {2}6 passed/)

  await tryPackage(folder)
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

it('an API that streams events has a module to read them, for those who install the parser', async () => {
  const workspace = createWorkspace()
  const answer = `{ '200': { description: Its ticks., content: { text/event-stream: { schema: { type: string } } } } }`
  const paths = `paths: { /ticks: { get: { operationId: listTicks, responses: ${answer} } } }`
  writeFileSync(join(workspace, 'openapi/ticks.yaml'), `openapi: 3.1.0\ninfo: { title: T, version: '1' }\n${paths}\n`)
  const add = [cli, 'add-api', 'openapi/ticks.yaml', '--name', 'ticks', '--to', 'packages/ticks']
  await run(process.execPath, add, { cwd: workspace })
  const folder = join(workspace, 'packages/ticks')
  linkDependencies(folder)
  await run(process.execPath, [join(folder, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
    cwd: folder,
  })
  await run(process.execPath, [cli, 'inline', '.'], { cwd: folder })
  const script = `console.log(typeof (await import('ticks/events')).readEvents, (await import('ticks')).operations.listTicks.path)`
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], { cwd: folder })
  expect(stdout).toBe('function /ticks')
  const { dependencies, peerDependenciesMeta } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  expect([dependencies, peerDependenciesMeta]).toEqual([
    { 'openapi-fetch': 'catalog:' },
    { 'eventsource-parser': { optional: true } },
  ])
})
