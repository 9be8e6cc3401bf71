import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { compileAll, resolutions } from './compilers.ts'
import { type Consumer, createConsumer } from './consumer.ts'
import { runSuiteIn } from './runtimes.ts'
import { type Loopback, startLoopback } from './server.ts'

const inWorkspace = (path: string) => fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))

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

  it.each(resolutions)('T4: compile with the TypeScript at hand and moduleResolution %s', async (resolution) => {
    const compiler = { tsc: inWorkspace('typescript/bin/tsc'), types: inWorkspace('@types'), knowsRequire: true }
    const results = await compileAll(consumer.folder, compiler, resolution)
    expect(results.filter(({ ok }) => !ok)).toEqual([])
  })
})
