import { fileURLToPath } from 'node:url'
import { findTools, type Tools } from 'packed'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cases } from './cases.ts'
import { compileAll, resolutions } from './compilers.ts'
import { type Consumer, createConsumer } from './consumer.ts'
import { folderOfRuntimes, runSuiteIn } from './runtimes.ts'
import { type Loopback, startLoopback } from './server.ts'
import { nodeTest, runTests, vitest } from './test-runners.ts'

const inWorkspace = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))
const tools: Tools = { ...findTools(folderOfRuntimes), file: (name, path) => inWorkspace(`${name}/${path}`) }

describe('the packed packages, installed in an empty project', () => {
  let consumer: Consumer
  let server: Loopback

  beforeAll(async () => {
    ;[consumer, server] = await Promise.all([createConsumer(), startLoopback()])
  }, 120_000)

  afterAll(() => Promise.all([consumer.close(), server.close()]))

  it.each(['imported.js', 'required.cjs'])('pass the suite on the Node at hand: %s', async (entry) => {
    const results = await runSuiteIn(process.execPath, [entry], { consumer: consumer.folder, url: server.url })
    expect(results.filter(({ ok }) => !ok)).toEqual([])
    expect(results.length).toBeGreaterThan(12)
  })

  it.each([
    ['Node', nodeTest(process.execPath)],
    ['Vitest', vitest('node')],
  ])('pass the suite in the test runner of %s', async (_name, runner) => {
    const results = await runTests({ consumer: consumer.folder, url: server.url, tools }, runner)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
  })

  it('fail in every case when the test runner says nothing of them', async () => {
    const results = await runTests({ consumer: consumer.folder, url: server.url, tools }, nodeTest('/bin/true'))
    expect(results.map(({ name }) => name)).toEqual(Object.keys(cases))
    expect(results.filter(({ ok }) => ok)).toEqual([])
  })

  it.each(resolutions)('T4: compile with the TypeScript at hand and moduleResolution %s', async (resolution) => {
    const compiler = { tsc: inWorkspace('typescript/bin/tsc'), types: inWorkspace('@types') }
    const results = await compileAll(consumer.folder, compiler, resolution)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
  })
})
