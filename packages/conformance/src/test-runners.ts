import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type Tools } from 'packed'
import { cases } from './cases.ts'
import type { Check, Workbench } from './check.ts'
import { openHouse } from './houses.ts'
import { parseJestReport, parseJUnitReport } from './reports.ts'
import { findBun, listNodes } from './runtimes.ts'
import type { Result } from './stage.ts'

/** A test runner, and the project it runs the tests of. */
export interface TestRunner {
  /** The project, a folder of `consumer/houses`. */
  house: string
  /** What the project has installed besides our packages. */
  packages: readonly string[]
  /** The program that runs the tests and writes what became of them to a file. */
  command(tools: Tools, report: string): readonly [program: string, ...args: string[]]
  /** Reads that file. */
  parse(report: string): Result[]
  env?: Record<string, string>
}

/** Jest, in one of the ways it is set up. */
const jest = (house: string, packages: readonly string[] = [], env: Record<string, string> = {}): TestRunner => ({
  house,
  packages,
  command: (tools, report) => [
    process.execPath,
    tools.file('jest', 'bin/jest.js'),
    ...['--runInBand', '--cacheDirectory=cache', '--json', `--outputFile=${report}`],
  ],
  parse: parseJestReport,
  env,
})

/** Vitest, in one of its environments. */
export const vitest = (environment: string): TestRunner => ({
  house: 'vitest',
  packages: environment === 'node' ? ['vitest'] : ['vitest', environment],
  command: (tools, report) => [
    process.execPath,
    tools.file('vitest', 'vitest.mjs'),
    ...['run', '--environment', environment, '--reporter=json', `--outputFile=${report}`],
  ],
  parse: parseJestReport,
})

/** Node's own test runner. */
export const nodeTest = (node: string): TestRunner => ({
  house: 'node-test',
  packages: [],
  command: (_tools, report) => [node, ...['--test', '--test-reporter=junit', `--test-reporter-destination=${report}`]],
  parse: parseJUnitReport,
})

const bunTest: TestRunner = {
  house: 'bun',
  packages: [],
  command: (tools, report) => [
    tools.file(findBun(tools) ?? '', 'bin/bun'),
    ...['test', '--reporter=junit', `--reporter-outfile=${report}`],
  ],
  parse: parseJUnitReport,
}

/** Plans one check per test runner and way of setting it up. */
export function planTestRunners(tools: Tools, platform?: string): Check[] {
  const check = (name: string, needed: string | undefined, runner: TestRunner): Check => ({
    name,
    package: needed,
    run: (workbench) => runTests(workbench, runner),
  })
  const label = (title: string, name: string) => `${title} ${tools.version(name)}`
  const [jestName, vitestName] = [label('Jest', 'jest'), label('Vitest', 'vitest')]
  const asModules = { NODE_OPTIONS: '--experimental-vm-modules' }
  const bun = findBun(tools, platform)
  return [
    check(`${jestName}, CommonJS`, 'jest', jest('jest')),
    check(`${jestName}, ES modules`, 'jest', jest('jest-esm', [], asModules)),
    check(`${jestName}, jsdom`, 'jest', jest('jest-jsdom', ['jest-environment-jsdom'])),
    check(label('ts-jest', 'ts-jest'), 'ts-jest', jest('ts-jest', ['ts-jest', '@jest/globals', '@types/node'])),
    check(`${vitestName}, jsdom`, 'vitest', vitest('jsdom')),
    check(`${vitestName}, happy-dom`, 'vitest', vitest('happy-dom')),
    check(`${bun ? label('Bun', bun) : 'Bun'}, test`, bun, bunTest),
    ...listNodes(tools, platform).map(({ name, package: node = '' }) => ({
      ...check(`${name}, test`, node, nodeTest(tools.file(node, 'bin/node'))),
      package: node || undefined,
    })),
  ]
}

/** Runs the tests of a project and gives what became of each. A case of the suite that did not run has failed. */
export async function runTests(
  { consumer, tools, url }: Workbench,
  { house, packages, command, parse, env = {} }: TestRunner,
): Promise<Result[]> {
  const folder = await openHouse({ consumer, tools }, house, packages)
  const report = join(folder, 'report')
  const [program, ...args] = command(tools, report)
  // It fails when a test does, and then the report says more.
  const ran = await run(program, args, { cwd: folder, env: { ...env, LOOPBACK_URL: url }, reject: false })
  const text = await readFile(report, 'utf8').catch(() => undefined)
  const results = text === undefined ? [] : parse(text)
  const isRun = (name: string) => results.some((result) => result.name.endsWith(name))
  const lacking = Object.keys(cases).filter((name) => !isRun(name))
  if (ran.failed && results.every(({ ok }) => ok)) results.push({ name: 'it runs', ok: false, error: String(ran) })
  return [...results, ...lacking.map((name) => ({ name, ok: false, error: 'it was not run' }))]
}
