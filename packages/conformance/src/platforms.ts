import { deepEqual } from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run, type Tools } from 'packed'
import type { Check, Workbench } from './check.ts'
import { openHouse } from './houses.ts'
import { runInNext } from './next.ts'
import { bundle } from './sandboxes.ts'
import { contactFound, loadScript } from './script.ts'
import type { Result } from './stage.ts'
import { toResult } from './suite.ts'
import { runInWorkers } from './workers.ts'

/** Plans one check per platform and way of building for it. */
export function planPlatforms(tools: Tools): Check[] {
  const label = (title: string, name: string) => `${title} ${tools.version(name)}`
  const lambda = label('Lambda, esbuild', 'esbuild')
  return [
    { name: label('Next.js', 'next'), package: 'next', run: runInNext },
    { name: `${lambda}, CommonJS`, package: 'esbuild', run: runInLambda('cjs') },
    { name: `${lambda}, ES modules`, package: 'esbuild', run: runInLambda('esm') },
    { name: label('Workers, one client, Miniflare', 'miniflare'), package: 'miniflare', run: runInWorkers },
  ]
}

/** Bundles functions as for AWS Lambda, and calls each in a process of its own. */
const runInLambda =
  (format: 'cjs' | 'esm') =>
  async (workbench: Workbench): Promise<Result[]> => {
    const folder = await openHouse(workbench, 'lambda', [])
    const flags = ['--platform=node', '--target=node20', `--format=${format}`]
    const call = async (name: string, event: object, env: Record<string, string> = {}): Promise<unknown> => {
      const file = join(folder, `${name}.${format === 'cjs' ? 'cjs' : 'mjs'}`)
      await writeFile(file, await bundle(workbench, `houses/lambda/${name}.js`, flags))
      const args = ['invoke.js', file, JSON.stringify(event)]
      return JSON.parse((await run(process.execPath, args, { cwd: folder, env })).stdout)
    }
    const { baseUrl } = await loadScript(workbench.url, [contactFound])
    const env = { MINIMO_API_KEY: 'mn-1-abc', MINIMO_API_URL: baseUrl }
    const answers = await toResult('the function answers', async () => {
      const answer = await call('contact', { email: 'anna@example.com' }, env)
      deepEqual(answer, { statusCode: 200, body: '{"id":42}' })
    })
    return [answers, ...((await call('suite', { url: workbench.url })) as Result[])]
  }
