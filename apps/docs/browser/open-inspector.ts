import { createSandbox, demoKey, type SandboxOptions } from '@minimo/sandbox'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'

/** A sandbox on a port, and a tab that shows its inspector. */
export interface OpenInspector {
  page: Page
  sandbox: Awaited<ReturnType<typeof createSandbox>>
  /** Calls the API, as a program elsewhere does, and gives the status. */
  call(method: string, path: string, body?: unknown): Promise<number>
  /** What the console and the page's own scripts complained of, and requests to other hosts. */
  troubles: string[]
  close(): Promise<void>
}

/** What the sandbox and the tab are to be. */
export interface InspectorOptions extends BrowserContextOptions {
  sandbox?: SandboxOptions
}

/** Starts a sandbox and shows its inspector in a tab of its own. */
export async function openInspector(browser: Browser, options: InspectorOptions = {}): Promise<OpenInspector> {
  const { sandbox: given, ...tab } = options
  const sandbox = await createSandbox(given)
  const { url } = await sandbox.listen()
  const context = await browser.newContext(tab)
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && troubles.push(message.text()))
  page.on('pageerror', (error) => troubles.push(error.message))
  page.on('request', (request) => new URL(request.url()).origin !== url && troubles.push(request.url()))
  await page.goto(`${url}/_sandbox`)
  return {
    page,
    sandbox,
    troubles,
    async call(method, path, body) {
      const headers = { authorization: `Bearer ${demoKey}`, 'content-type': 'application/json' }
      return (await fetch(url + path, { method, headers, body: JSON.stringify(body) ?? null })).status
    },
    async close() {
      await context.close()
      await sandbox.close()
    },
  }
}
