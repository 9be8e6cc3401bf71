import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { SandboxOptions } from '@minimo/sandbox'
import { launchChromium } from './launch.ts'
import { openInspector } from './open-inspector.ts'

/** The picture in the sandbox's README. */
const path = fileURLToPath(new URL('../../../packages/sandbox/docs/inspector.webp', import.meta.url))

// The fonts that come with Chromium, so that it looks the same wherever it is made.
process.env.FONTCONFIG_PATH = join(tmpdir(), 'fonts')
const browser = await launchChromium()
const sandbox: SandboxOptions = {
  now: createClock(Date.UTC(2026, 4, 4, 9, 30)),
  automations: [{ name: 'welcome', when: 'contact.created', webhook: 'https://hooks.example.com/welcome' }],
  fetch: async () => new Response(null, { status: 204 }),
  journal: { personalData: true },
}
const viewport = { width: 1200, height: 750 }
const opened = await openInspector(browser, { sandbox, viewport, deviceScaleFactor: 1.5, colorScheme: 'light' })
try {
  const { page, call } = opened
  const write = (body: object) => call('POST', '/public/v1/contacts', body)
  await opened.sandbox.seed({ contacts: 40, seed: 1 })
  await call('GET', '/public/v1/custom-fields')
  await write({ email: 'anna@example.com', customFields: { plan: 'free', city: 'Turin' } })
  await write({ email: 'anna@example.com', customFields: { plan: 'pro' }, marketing_consent: { email: true } })
  await write({ email: 'anna@example.com', customFields: { plan: 'pro' }, marketingConsent: { email: true } })
  await call('POST', '/public/v1/emails', { to: 'anna@example.com', subject: 'Welcome', html: '<p>Ciao Anna</p>' })
  await call('DELETE', '/public/v1/contacts/7')
  await page.locator('summary', { hasText: 'validation_error' }).click()
  await page.locator('.refusal').waitFor()
  await page.screenshot({ path, type: 'webp', quality: 50 })
} finally {
  await opened.close()
  await browser.close()
}

/** A time that is the same whenever the picture is made: some seconds on with each thing that happens. */
function createClock(start: number): () => number {
  let now = start
  return () => {
    now += 700
    return now
  }
}
