import { mkdtemp, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { run } from 'packed'
import type { Workbench } from './check.ts'
import type { Result } from './stage.ts'
import type { House } from './suite.ts'

/** The parts of Vercel's Edge runtime that are used. */
interface EdgeModule {
  EdgeVM: new () => { evaluate(code: string): unknown }
}

/** Runs the suite in Vercel's Edge runtime. */
export async function runInEdgeRuntime(workbench: Workbench): Promise<Result[]> {
  const { EdgeVM } = workbench.tools.load<EdgeModule>('@edge-runtime/vm')
  const edge = new EdgeVM()
  edge.evaluate(await bundle(workbench, 'script.js', ['--format=iife', '--conditions=edge-light,worker,browser']))
  return (await edge.evaluate(runConformance({ url: workbench.url }))) as Result[]
}

/** The parts of Playwright and of the packed Chromium that are used. */
interface PlaywrightModule {
  chromium: { launch(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> }
}
interface Page {
  goto(url: string): Promise<unknown>
  evaluate(code: string): Promise<unknown>
}
interface ChromiumModule {
  default: { args: string[]; executablePath(): Promise<string> }
}

/**
 * Runs the suite in a page of another origin than the server's, and in a worker of that page; bundled and minified as
 * a web application's code is.
 */
export async function runInChromium(workbench: Workbench): Promise<Result[]> {
  const { tools, url } = workbench
  const script = await bundle(workbench, 'script.js', ['--format=iife', '--minify', '--platform=browser'])
  const call = runConformance({ url, isBrowser: true })
  const { chromium } = tools.load<PlaywrightModule>('playwright-core')
  const { default: packed } = tools.load<ChromiumModule>('@sparticuz/chromium')
  const browser = await chromium.launch({ args: packed.args, executablePath: await packed.executablePath() })
  try {
    const page = await browser.newPage()
    await page.goto(`${url.replace('127.0.0.1', 'localhost')}/page`)
    await page.evaluate(script)
    const results = { page: await page.evaluate(call), 'web worker': await page.evaluate(inWorker(script, call)) }
    return Object.entries(results).flatMap(([place, found]) =>
      (found as Result[]).map((result) => ({ ...result, name: `${place}: ${result.name}` })),
    )
  } finally {
    await browser.close()
  }
}

const inWorker = (script: string, call: string) => `new Promise((resolve, reject) => {
  const worker = new Worker(URL.createObjectURL(new Blob([${JSON.stringify(`${script};${call}.then(postMessage)`)}])))
  worker.onmessage = ({ data }) => resolve(data)
  worker.onerror = ({ message }) => reject(new Error(message))
})`

const runConformance = (house: House) => `runConformance(${JSON.stringify(house)})`

/** Bundles a file of the consumer, and gives the code. */
export async function bundle({ consumer, tools }: Workbench, entry: string, args: readonly string[]): Promise<string> {
  const outfile = join(await mkdtemp(join(consumer, 'bundled-')), 'bundle.js')
  const esbuild = [tools.file('esbuild', 'bin/esbuild'), entry, '--bundle', `--outfile=${outfile}`]
  await run(process.execPath, [...esbuild, ...args], { cwd: consumer })
  return readFile(outfile, 'utf8')
}
