import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const folder = fileURLToPath(new URL('../browser/', import.meta.url))
const unpacked = `${folder}node_modules/.chromium`
const run = promisify(execFile)

/** The parts of Playwright that the tests use; its own types would have to be installed with the app. */
export interface Browser {
  newContext(options?: {
    javaScriptEnabled?: boolean
    bypassCSP?: boolean
    locale?: string
    colorScheme?: 'light' | 'dark'
    viewport?: { width: number; height: number }
    deviceScaleFactor?: number
    hasTouch?: boolean
  }): Promise<{ newPage(): Promise<Page>; close(): Promise<void> }>
  close(): Promise<void>
}

/** A tab. */
export interface Page {
  goto(url: string): Promise<{ status(): number; headers(): Record<string, string> } | null>
  reload(): Promise<unknown>
  url(): string
  title(): Promise<string>
  content(): Promise<string>
  getByRole(role: string, options?: { name?: string | RegExp; exact?: boolean }): Locator
  getByLabel(text: string | RegExp): Locator
  locator(selector: string): Locator
  frameLocator(selector: string): { locator(selector: string): Locator }
  evaluate<T>(code: string): Promise<T>
  screenshot(options: { type: 'webp'; quality: number; fullPage: boolean }): Promise<Uint8Array>
  waitForURL(url: RegExp): Promise<void>
  keyboard: { press(key: string): Promise<void> }
}

/** What a tab shows at one place. */
export interface Locator {
  check(): Promise<void>
  click(options?: { clickCount?: number; noWaitAfter?: boolean }): Promise<void>
  dblclick(): Promise<void>
  isChecked(): Promise<boolean>
  textContent(): Promise<string | null>
  getAttribute(name: string): Promise<string | null>
  count(): Promise<number>
  all(): Promise<Locator[]>
  boundingBox(): Promise<{ width: number; height: number } | null>
}

/** What axe found on a page. */
export interface Violation {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/**
 * Starts Chromium: that of `CHROMIUM_PATH`, or the packed one (Linux, x64). Installs what `browser/package.json` lists
 * where that is missing or has changed. Throws one error where it cannot.
 */
export async function startBrowser(): Promise<Browser> {
  try {
    await install()
    const { chromium } = createRequire(`${folder}package.json`)('playwright-core') as {
      chromium: { launch(options: object): Promise<Browser> }
    }
    const executablePath = process.env.CHROMIUM_PATH || `${unpacked}/chromium`
    // Not the arguments that come with the packed one: they switch web security off. Root has no sandbox in Chromium.
    const env = { ...process.env, FONTCONFIG_FILE: `${unpacked}/fonts.conf` }
    return await chromium.launch({
      executablePath,
      args: ['--no-sandbox'],
      env: process.env.CHROMIUM_PATH ? process.env : env,
    })
  } catch (cause) {
    throw new Error(
      `These tests need Chromium, and it could be neither found nor installed: ${String(cause).slice(0, 1000)}\n` +
        'See that npm can install what browser/package.json lists, or set CHROMIUM_PATH to a Chromium or Chrome.',
      { cause },
    )
  }
}

async function install(): Promise<void> {
  const wanted = await readFile(`${folder}package-lock.json`, 'utf8')
  const stamp = `${folder}node_modules/.complete`
  if ((await readFile(stamp, 'utf8').catch(() => '')) !== wanted) {
    await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder })
    await writeFile(stamp, wanted)
  }
  if (!process.env.CHROMIUM_PATH && !existsSync(`${unpacked}/fonts.conf`)) await unpack()
}

/** Unpacks to a folder of our own: the package's choice, the folder for temporary files, is shared by all of a machine. */
async function unpack(): Promise<void> {
  await rm(unpacked, { recursive: true, force: true })
  await mkdir(unpacked)
  const code = "await (await import('@sparticuz/chromium')).default.executablePath()"
  const env = { ...process.env, TMPDIR: unpacked }
  await run(process.execPath, ['--input-type=module', '--eval', code], { cwd: folder, env })
  const fonts = `<fontconfig><dir>${unpacked}/fonts</dir><cachedir>${unpacked}/cache</cachedir></fontconfig>`
  await writeFile(`${unpacked}/fonts.conf`, `<?xml version="1.0"?>\n${fonts}\n`)
}

/** What axe finds on a page, of all its rules. The page's context has to bypass the content security policy. */
export async function findViolations(page: Page): Promise<Violation[]> {
  const source = await readFile(`${folder}node_modules/axe-core/axe.min.js`, 'utf8')
  await page.evaluate(source)
  return page.evaluate(
    'axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] }).then(({ violations }) => violations)',
  )
}
