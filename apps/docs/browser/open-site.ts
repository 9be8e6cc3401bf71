import { readdir } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { readPlace } from '../src/config.ts'
import { startStaticServer } from '../src/static-server.ts'
import { launchChromium } from './launch.ts'

/** The built site, served on this machine, and a browser. */
export interface OpenSite {
  browser: Browser
  /** The address of the first page. */
  url: string
  /** The addresses of all pages, that of what is not there too. */
  urls: string[]
  close(): Promise<void>
}

/** Serves `dist` below the base that it was built for, and starts Chromium. */
export async function openSite(): Promise<OpenSite> {
  const folder = fileURLToPath(new URL('../dist', import.meta.url))
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.html')).sort()
  const server = await startStaticServer({ folder, base: readPlace(process.env).base })
  const browser = await launchChromium()
  return {
    browser,
    url: server.url,
    urls: files.map((file) => server.url + file.replaceAll('\\', '/').replace(/(^|\/)index\.html$/, '$1')),
    close: async () => {
      await browser.close()
      await server.close()
    },
  }
}
