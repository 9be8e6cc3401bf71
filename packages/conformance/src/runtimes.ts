import { fileURLToPath } from 'node:url'
import { run, type Tools } from 'packed'
import type { Check, Workbench } from './check.ts'
import { runInChromium, runInEdgeRuntime } from './sandboxes.ts'
import type { Result } from './stage.ts'
import { runInWorkerd } from './workers.ts'

/** Where the runtimes and compilers are listed, in a workspace of their own. */
export const folderOfRuntimes = fileURLToPath(new URL('../runtimes/', import.meta.url))

/** The platform of this process, as packages of binaries name it. */
const here = `${process.platform}-${process.arch}`

/** A version of Node that is tried, and its package; `undefined` where the platform has none. */
export interface NodeVersion {
  name: string
  package: string | undefined
}

/** The versions of Node that are tried. */
export function listNodes(tools: Tools, platform = here): NodeVersion[] {
  return [20, 22, 24, 26].map((major) => {
    const version = tools.version(`node-${major}-${platform}`)
    return { name: `Node ${version ?? major}`, package: version && `node-${major}-${platform}` }
  })
}

/** The package of Bun; `undefined` where the platform has none. */
export function findBun(tools: Tools, platform = here): string | undefined {
  const name = `@oven/bun-${platform.replace('arm64', 'aarch64')}`
  return tools.version(name) && name
}

/** Plans one check per runtime, and for Node one per way of loading a module. */
export function planRuntimes(tools: Tools, platform = here): Check[] {
  const nodes = listNodes(tools, platform).flatMap(({ name, package: node }) => [
    { name: `${name}, import`, package: node, run: runProgram(node, 'bin/node', ['imported.js']) },
    { name: `${name}, require`, package: node, run: runProgram(node, 'bin/node', ['required.cjs']) },
  ])
  const bun = findBun(tools, platform)
  const denoName = `@deno/${platform}${platform.startsWith('linux') ? '-glibc' : ''}`
  const deno = tools.version(denoName) && denoName
  const chromium = platform === 'linux-x64' ? '@sparticuz/chromium' : undefined
  const label = (title: string, name?: string) => `${title} ${(name && tools.version(name)) ?? ''}`.trim()
  return [
    ...nodes,
    { name: label('Bun', bun), package: bun, run: runProgram(bun, 'bin/bun', ['imported.js']) },
    { name: label('Deno', deno), package: deno, run: runProgram(deno, 'deno', denoArguments) },
    { name: label('workerd, Miniflare', 'miniflare'), package: 'miniflare', run: runInWorkerd },
    { name: label('Edge runtime', '@edge-runtime/vm'), package: '@edge-runtime/vm', run: runInEdgeRuntime },
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
) => JSON.parse((await run(program, [...args, url], { cwd: consumer, timeout: 60_000 })).stdout) as Result[]

const runProgram =
  (name = '', path: string, args: readonly string[]) =>
  (workbench: Workbench) =>
    runSuiteIn(workbench.tools.file(name, path), args, workbench)
