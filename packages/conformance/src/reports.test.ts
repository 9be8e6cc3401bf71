import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { run } from 'packed'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseJestReport, parseJUnitReport } from './reports.ts'

const vitest = fileURLToPath(new URL('../node_modules/vitest/', import.meta.url))
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minimo-reports-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Runs a file with a test that passes and one that fails; gives the report of it. */
async function report(from: string, ...command: string[]): Promise<string> {
  const tests = `test('one', () => {}); test('two', () => { throw new Error('no') })`
  await writeFile(join(folder, 'sample.test.mjs'), `import { test } from '${from}'\n${tests}`)
  await expect(run(process.execPath, command, { cwd: folder })).rejects.toThrow('sample')
  return readFile(join(folder, 'report'), 'utf8')
}

const wanted = [
  { name: 'one', ok: true },
  { name: 'two', ok: false, error: expect.stringContaining('Error: no') },
]

it("a failed test is told with its error, from Node's report", async () => {
  const flags = ['--test', '--test-reporter=junit', '--test-reporter-destination=report', 'sample.test.mjs']
  expect(parseJUnitReport(await report('node:test', ...flags))).toEqual(wanted)
})

it("a failed test is told with its error, from Vitest's report", async () => {
  const flags = ['run', '--reporter=json', '--outputFile=report', 'sample.test.mjs']
  expect(parseJestReport(await report(`${vitest}dist/index.js`, `${vitest}vitest.mjs`, ...flags))).toEqual(wanted)
})
