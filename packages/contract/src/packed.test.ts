import { execFile, execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMock } from './mock.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const published = ['api-types', 'client', 'sandbox']

/** The TypeScript examples of a README, in order. */
function examplesIn(file: string): string[] {
  return [...readFileSync(join(root, file), 'utf8').matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code = '']) => code)
}

const run = (command: string, args: string[], cwd: string, env: Record<string, string> = {}) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...env }, stdio: 'pipe' })

/** A project of a partner: the packed packages installed from their tarballs, the READMEs' examples as files. */
function createConsumer(): string {
  const folder = mkdtempSync(join(tmpdir(), 'minimo-consumer-'))
  for (const name of published) run('pnpm', ['pack', '--pack-destination', folder], join(root, 'packages', name))
  const tarballs = readdirSync(folder).filter((name) => name.endsWith('.tgz'))
  const local = (name: string) => `file:./${tarballs.find((tarball) => tarball.includes(`minimo-${name}-`))}`
  const dependencies = Object.fromEntries(published.map((name) => [`@minimo/${name}`, local(name)]))
  const peers = JSON.parse(readFileSync(join(root, 'packages/client/node_modules/undici/package.json'), 'utf8'))
  const all = { ...dependencies, undici: peers.version }
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', private: true, dependencies: all }))
  // The client asks for api-types by version, which need not be published yet.
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), JSON.stringify({ overrides: dependencies, nodeLinker: 'hoisted' }))
  run('pnpm', ['install', '--prefer-offline', '--no-frozen-lockfile'], folder)
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2022',
    strict: true,
    noEmit: true,
    skipLibCheck: false,
    typeRoots: [fileURLToPath(new URL('../node_modules/@types', import.meta.url))],
    types: ['node'],
  }
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, include: ['*.ts'] }))
  return folder
}

describe('the packed packages, installed in an empty project', () => {
  let folder: string
  let mock: Awaited<ReturnType<typeof startMock>>

  beforeAll(async () => {
    folder = createConsumer()
    mock = await startMock()
  }, 120_000)

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await mock.close()
  })

  it('bring the licence, the sources their maps point to, and the spec of their version', () => {
    const installed = join(folder, 'node_modules/@minimo')
    for (const name of published) {
      expect(readdirSync(join(installed, name))).toEqual(
        expect.arrayContaining(['LICENSE', 'README.md', 'dist', 'src']),
      )
    }
    expect(readFileSync(join(installed, 'api-types/openapi.yaml'), 'utf8')).toContain('openapi: 3.1.0')
    const tests = readdirSync(join(installed, 'client'), { recursive: true }).filter((name) =>
      /\.test/.test(String(name)),
    )
    expect(tests).toEqual([])
  })

  it('compile every example of the READMEs', () => {
    const files = ['README.md', ...published.map((name) => `packages/${name}/README.md`)]
    const examples = files.flatMap((file) => examplesIn(file))
    expect(examples.length).toBeGreaterThanOrEqual(4)
    examples.forEach((code, index) => {
      writeFileSync(join(folder, `example-${index}.ts`), code)
    })
    run(join(root, 'packages/contract/node_modules/.bin/tsc'), ['-p', folder], folder)
  })

  it.each([
    ['README.md', 0, /^Contact 42 has a new e-mail\n$/],
    ['packages/client/README.md', 0, /^$/],
    ['packages/client/README.md', 1, /^listCustomFields 1 200 [\d.]+\n$/],
    ['packages/client/README.md', 2, /operation: 'listCustomFields'/],
    ['packages/sandbox/README.md', 0, /^contact.created [\s\S]*contact.updated [\s\S]*after: 'pro'/],
    ['packages/sandbox/README.md', 1, /^\[\]\n$/],
    ['packages/sandbox/README.md', 2, /^$/],
  ])('run example %2$d of %1$s as it stands', async (file, index, output) => {
    const code = examplesIn(file)[index] ?? ''
    writeFileSync(join(folder, 'run.ts'), code)
    const env = { ...process.env, MINIMO_API_KEY: mock.apiKey, MINIMO_API_URL: mock.url }
    const { stdout } = await promisify(execFile)('node', ['run.ts'], { cwd: folder, env })
    expect(stdout).toMatch(output)
  })

  it('start the sandbox as a program', () => {
    const program = join(folder, 'node_modules/.bin/minimo-sandbox')
    expect(run(program, ['--help'], folder)).toContain('Usage: minimo-sandbox')
  })
})
