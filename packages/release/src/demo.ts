// The whole pipeline once, readable at a glance: spec → generated code → packages → a call over real HTTP.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { listApps } from './take-out.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))

const steps = [
  {
    name: 'generate',
    what: 'openapi/minimo.yaml → types, operations table, bundled spec',
    command: ['node', 'packages/codegen/src/cli.ts', 'generate', 'packages/api-types/codegen.config.ts'],
  },
  { name: 'build', what: '@minimo/api-types, @minimo/client, @minimo/sandbox', command: ['turbo', 'run', 'build'] },
  {
    name: 'quickstart',
    what: 'the reference example against a sandbox of the same spec',
    command: ['node', 'apps/quickstart/src/quickstart.ts'],
    shown: true,
  },
]

console.log('\nMinimo: one OpenAPI YAML becomes typed, verified packages\n')
for (const { name, what, command, shown } of steps) {
  const start = performance.now()
  const [program = '', ...args] = command
  const { failed, stdout, all } = await run(program, args, { cwd: root, reject: false })
  const seconds = ((performance.now() - start) / 1000).toFixed(2)
  console.log(`  ${failed ? '✗' : '✓'} ${name.padEnd(11)} ${what.padEnd(62)} ${seconds.padStart(6)} s`)
  if (failed) {
    console.error(`\n${all}\n\n${name} failed.`)
    process.exit(1)
  }
  if (shown) console.log(`\n${stdout.replace(/^/gm, '      ').trimEnd()}\n`)
}

const { packageManager } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
const apps = await listApps(root)
console.log('Next, start an app. Each runs against the sandbox, and is yours to copy: apps/README.md says how.\n')
for (const { name, description } of apps) {
  console.log(`  ${description}\n    npx --yes ${packageManager} --filter ${name} start\n`)
}
