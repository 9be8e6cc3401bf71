import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Workbench } from './check.ts'
import { run } from './run.ts'
import type { Result } from './stage.ts'

/** The parts of Miniflare that are used. */
interface MiniflareModule {
  Miniflare: new (
    options: object,
  ) => {
    dispatchFetch(url: string, init: object): Promise<{ json(): Promise<unknown> }>
    dispose(): Promise<void>
  }
}

/** Runs the suite as a worker of Cloudflare's, bundled as their tool does it. */
export async function runInWorkerd(workbench: Workbench): Promise<Result[]> {
  const script = await bundle(workbench, 'worker.js', ['--conditions=workerd,worker,browser'])
  const { Miniflare } = workbench.tools.load<MiniflareModule>('miniflare')
  const miniflare = new Miniflare({ modules: true, script, compatibilityDate: '2026-07-01' })
  try {
    const response = await miniflare.dispatchFetch('http://worker/', { method: 'POST', body: workbench.url })
    return (await response.json()) as Result[]
  } finally {
    await miniflare.dispose()
  }
}

/** The parts of Playwright and of the packed Chromium that are used. */
interface PlaywrightModule {
  chromium: { launch(options: object): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }> }
}
interface Page {
  goto(url: string): Promise<unknown>
  addScriptTag(options: object): Promise<unknown>
  evaluate(code: string): Promise<unknown>
}
interface ChromiumModule {
  default: { args: string[]; executablePath(): Promise<string> }
}

/** Runs the suite in a page of another origin than the server's, bundled and minified as a web application's code is. */
export async function runInChromium(workbench: Workbench): Promise<Result[]> {
  const { tools, url } = workbench
  const content = await bundle(workbench, 'page.js', ['--minify', '--platform=browser'])
  const { chromium } = tools.load<PlaywrightModule>('playwright-core')
  const { default: packed } = tools.load<ChromiumModule>('@sparticuz/chromium')
  const browser = await chromium.launch({ args: packed.args, executablePath: await packed.executablePath() })
  try {
    const page = await browser.newPage()
    await page.goto(`${url.replace('127.0.0.1', 'localhost')}/page`)
    await page.addScriptTag({ content, type: 'module' })
    return (await page.evaluate(`runConformance(${JSON.stringify(url)})`)) as Result[]
  } finally {
    await browser.close()
  }
}

async function bundle({ consumer, tools }: Workbench, entry: string, args: readonly string[]): Promise<string> {
  const outfile = join(consumer, 'bundled', entry)
  const esbuild = [tools.file('esbuild', 'bin/esbuild'), entry, '--bundle', '--format=esm', `--outfile=${outfile}`]
  await run(process.execPath, [...esbuild, ...args], { cwd: consumer })
  return readFile(outfile, 'utf8')
}
