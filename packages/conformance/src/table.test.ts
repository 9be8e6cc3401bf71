import { findTools } from 'packed'
import { expect, it } from 'vitest'
import { runChecks, type Workbench } from './check.ts'
import { planCompilers } from './compilers.ts'
import { planPlatforms } from './platforms.ts'
import { folderOfRuntimes, planRuntimes } from './runtimes.ts'
import { countOutcomes, formatOutcomes } from './table.ts'
import { planTestRunners } from './test-runners.ts'

const workbench = (isInstalled: boolean): Workbench => ({
  consumer: '',
  url: '',
  tools: { ...findTools(folderOfRuntimes), isInstalled: () => isInstalled },
})

it.each([
  ...['Node 20', 'Node 22', 'Node 24', 'Node 26', 'Bun', 'Deno', 'workerd', 'Edge runtime', 'Chromium'],
  ...['Jest', 'ts-jest', 'Vitest', 'Next.js', 'Lambda', 'Workers'],
  ...['TypeScript 5.4', 'TypeScript 5.9', 'TypeScript 6', 'TypeScript 7'],
])('%s is promised, and has a package on Linux', (name) => {
  const tools = findTools(folderOfRuntimes)
  const plans = [planRuntimes, planTestRunners, planPlatforms, planCompilers]
  const checks = plans.flatMap((plan) => plan(tools, 'linux-x64'))
  const named = checks.filter((check) => new RegExp(`^${name}[ .,]`).test(check.name))
  expect(named.map((check) => check.package)).not.toContain(undefined)
  expect(named).not.toEqual([])
})

it('a platform that a runtime has no package for is told, and fails', async () => {
  const checks = planRuntimes(findTools(folderOfRuntimes), 'sunos-sparc')
  const outcomes = await runChecks(checks, workbench(true), 2)
  const lacking = outcomes.filter(({ missing }) => missing)
  expect(lacking.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Node 20, import', 'Bun', 'Deno', 'Chromium']),
  )
  expect(formatOutcomes(lacking)).toMatch(/^Bun +missing: there is no package for/m)
  expect(countOutcomes(lacking)).toEqual({ passed: 0, failed: lacking.length })
})

it('a runtime that is not installed is told, and fails', async () => {
  const outcomes = await runChecks(planCompilers(findTools(folderOfRuntimes)), workbench(false), 2)
  expect(formatOutcomes(outcomes)).toMatch(/^TypeScript 7\S+, bundler +missing: typescript-7 is not installed$/m)
  expect(countOutcomes(outcomes)).toEqual({ passed: 0, failed: outcomes.length })
})

it('a check that fails to run is a failure with its reason', async () => {
  const check = { name: 'Node', package: 'node', run: () => Promise.reject(new Error('segmentation fault')) }
  const outcomes = await runChecks([check], workbench(true), 1)
  expect(countOutcomes(outcomes)).toEqual({ passed: 0, failed: 1 })
  expect(formatOutcomes(outcomes)).toContain('Node: it runs\nError: segmentation fault')
})
