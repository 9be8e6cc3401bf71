import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createSandbox, demoKey } from '@minimo/sandbox'
import { installPacked, released, run } from 'packed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDocuments, readCodeBlocks, root } from './code-blocks.ts'
import { startMock } from './mock.ts'

/** All TypeScript examples in what people read, but those that say why they are not run. */
const examples = listDocuments()
  .flatMap(readCodeBlocks)
  .filter(({ language, mark }) => language === 'ts' && mark === undefined)

/** What examples print, where that matters. */
const outputs: Record<string, RegExp> = {
  'apps/docs/src/content/docs/guides/first-call.md 0': /^Contact 1 has the plan pro\nNobody has that e-mail$/,
  'apps/docs/src/content/docs/guides/create-update-upsert.md 0':
    /"address":\{"city":"Turin","zip":"10122"\},"tags":\["c"\]/,
  'apps/docs/src/content/docs/guides/create-update-upsert.md 1': /^true$/,
  'apps/docs/src/content/docs/guides/consent.md 1': /did you mean email/,
  'apps/docs/src/content/docs/guides/errors.md 0': /^Nobody has this id$/,
  'apps/docs/src/content/docs/guides/bulk-import.md 0': /^0 failed$/,
  'apps/docs/src/content/docs/guides/agents.md 0': /^1 e-mail, which went nowhere$/,
  'README.md 0': /^Contact 42 has a new e-mail$/,
  'packages/client/README.md 0': /^404 not_found$/,
  'packages/client/README.md 1': /^pro Turin$/,
  'packages/client/README.md 3': /body\.marketingConsent\.mail .*did you mean email/,
  'packages/client/README.md 4': /^duplicate_resource$/,
  'packages/client/README.md 6': /^0 failed$/,
  'packages/sandbox/README.md 0': /^contact.created [\s\S]*contact.updated [\s\S]*after: 'pro'/,
  'packages/sandbox/README.md 1': /^200 \{ data: \[\] \}$/,
  'packages/sandbox/README.md 2': /^\[\]$/,
}

/** A sandbox that nobody has used yet, over HTTP. */
async function startSandbox() {
  const sandbox = await createSandbox()
  const { url } = await sandbox.listen()
  return { url, apiKey: demoKey, [Symbol.asyncDispose]: () => sandbox.close() }
}

/** A project of a partner: the packed packages installed from their tarballs, and what the READMEs' examples need. */
async function createConsumer(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'minimo-consumer-'))
  const versionOf = (user: string, name: string): string =>
    JSON.parse(readFileSync(join(root, 'packages', user, 'node_modules', name, 'package.json'), 'utf8')).version
  // What the examples use besides: the optional peers, and the runner of the tests among them.
  const others = ['eventsource-parser', 'undici', 'standardwebhooks', 'vitest'].map((name) => ['client', name])
  const used = [...others, ['sandbox', 'msw']].map(([user = '', name = '']) => [name, versionOf(user, name)])
  await installPacked({ folder, dependencies: Object.fromEntries(used) })
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
    folder = await createConsumer()
    mock = await startMock()
  }, 120_000)

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true })
    await mock.close()
  })

  it('bring the licence, the sources their maps point to, and the spec of their version', () => {
    const installed = join(folder, 'node_modules/@minimo')
    for (const name of released) {
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

  it('compile every example that people read', async () => {
    examples.forEach(({ code }, index) => {
      writeFileSync(join(folder, `example-${index}.ts`), code)
    })
    await run(join(root, 'packages/contract/node_modules/.bin/tsc'), ['-p', folder], { cwd: folder })
  })

  it.each(examples)('run example $index of $file as it stands', async ({ file, index, code }) => {
    // The first example of all ends in a change, which needs a contact: the mock has one.
    await using sandbox = file === 'README.md' ? undefined : await startSandbox()
    const { url, apiKey } = sandbox ?? mock
    const isTest = code.includes("from 'vitest'")
    const name = join(folder, isTest ? 'run.test.ts' : 'run.ts')
    writeFileSync(name, code)
    const program = isTest ? ['node_modules/vitest/vitest.mjs', 'run', 'run.test.ts'] : ['run.ts']
    const env = { MINIMO_API_KEY: apiKey, MINIMO_API_URL: url }
    const { stdout } = await run(process.execPath, program, { cwd: folder, env })
    rmSync(name)
    expect(stdout).toMatch(outputs[`${file} ${index}`] ?? (isTest ? /passed/ : /(?:)/))
  })

  it('start the sandbox as a program', async () => {
    const program = join(folder, 'node_modules/.bin/minimo-sandbox')
    expect((await run(program, ['--help'], { cwd: folder })).stdout).toContain('Usage: minimo-sandbox')
  })
})
