import packed from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** Whether the package of Chromium has one for this platform. */
export const hasChromium = process.platform === 'linux' && process.arch === 'x64'

/**
 * Starts the Chromium that is installed beside this file. Not with the arguments of its package, which are those of a
 * cloud function: one process for everything ends with the first page that is closed.
 */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({ args: ['--no-sandbox'], executablePath: await packed.executablePath() })
}
