import { availableParallelism } from 'node:os'
import { findTools, installTools } from 'packed'
import { runChecks } from './check.ts'
import { planCompilers } from './compilers.ts'
import { createConsumer } from './consumer.ts'
import { planPlatforms } from './platforms.ts'
import { folderOfRuntimes, planRuntimes } from './runtimes.ts'
import { startLoopback } from './server.ts'
import { countOutcomes, formatOutcomes } from './table.ts'
import { planTestRunners } from './test-runners.ts'

/** Part of a name, to run some of the checks by hand. */
const [, , only = ''] = process.argv

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

const start = performance.now()
await installTools(folderOfRuntimes)
console.log(`runtimes and compilers are installed: ${seconds(start)}`)

const [consumer, server] = await Promise.all([createConsumer(), startLoopback()])
try {
  const tools = findTools(folderOfRuntimes)
  const plans = [planRuntimes, planTestRunners, planPlatforms, planCompilers]
  const checks = plans.flatMap((plan) => plan(tools)).filter(({ name }) => name.includes(only))
  const workbench = { consumer: consumer.folder, url: server.url, tools }
  const outcomes = await runChecks(checks, workbench, availableParallelism())
  const { passed, failed } = countOutcomes(outcomes)
  console.log(`${formatOutcomes(outcomes)}\n${passed} passed, ${failed} failed\nafter ${seconds(start)}`)
  if (failed > 0 || passed === 0) process.exitCode = 1
} finally {
  await Promise.all([consumer.close(), server.close()])
}
