import type { Check, Workbench } from './check.ts'
import { run } from './run.ts'
import { runInChromium, runInWorkerd } from './sandboxes.ts'
import type { Result } from './stage.ts'
import type { Tools } from './tools.ts'

/** Plans one check per runtime, and for Node one per way of loading a module. */
export function planRuntimes(tools: Tools, platform = `${process.platform}-${process.arch}`): Check[] {
  const listed = (name: string) => (tools.version(name) ? name : undefined)
  const nodes = [20, 22, 24, 26].flatMap((major) => {
    const name = listed(`node-${major}-${platform}`)
    const label = `Node ${name ? tools.version(name) : major}`
    return [
      { name: `${label}, import`, package: name, run: runProgram(name, 'bin/node', ['imported.js']) },
      { name: `${label}, require`, package: name, run: runProgram(name, 'bin/node', ['required.cjs']) },
    ]
  })
  const bun = listed(`@oven/bun-${platform.replace('arm64', 'aarch64')}`)
  const deno = listed(`@deno/${platform}${platform.startsWith('linux') ? '-glibc' : ''}`)
  const chromium = platform === 'linux-x64' ? '@sparticuz/chromium' : undefined
  const label = (title: string, name?: string) => `${title} ${(name && tools.version(name)) ?? ''}`.trim()
  return [
    ...nodes,
    { name: label('Bun', bun), package: bun, run: runProgram(bun, 'bin/bun', ['imported.js']) },
    { name: label('Deno', deno), package: deno, run: runProgram(deno, 'deno', denoArguments) },
    { name: label('workerd, Miniflare', 'miniflare'), package: 'miniflare', run: runInWorkerd },
    { name: label('Chromium', chromium), package: chromium, run: runInChromium },
  ]
}

/** No more rights than the client needs, and nothing from outside. */
const denoArguments = ['run', '--cached-only', '--node-modules-dir=manual', '--allow-net', '--allow-env', 'imported.js']

/** Runs the suite in a program of its own, which must end of itself once the suite is through. */
export const runSuiteIn = async (
  program: string,
  args: readonly string[],
  { consumer, url }: Pick<Workbench, 'consumer' | 'url'>,
) => JSON.parse(await run(program, [...args, url], { cwd: consumer })) as Result[]

const runProgram =
  (name = '', path: string, args: readonly string[]) =>
  (workbench: Workbench) =>
    runSuiteIn(workbench.tools.file(name, path), args, workbench)
