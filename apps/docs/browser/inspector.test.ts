import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { hasChromium, launchChromium } from './launch.ts'
import { type InspectorOptions, openInspector } from './open-inspector.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')
const contacts = '/public/v1/contacts'
const hostile = '<img src="/_sandbox/health" onerror="document.title = 1"><script>document.title = 2</script>'

describe.skipIf(!hasChromium && !process.env.CI)("the sandbox's inspector, in Chromium", () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await launchChromium()
  })

  afterAll(() => browser?.close())

  /** Opens it; whatever it complains of, the test fails. */
  async function open(options?: InspectorOptions) {
    const opened = await openInspector(browser, options)
    onTestFinished(opened.close)
    onTestFinished(() => expect(opened.troubles).toEqual([]))
    await opened.page.getByText('Running').waitFor()
    return opened
  }

  const view = (page: Page, name: string) => page.getByRole('navigation').getByRole('link', { name }).click()
  const row = (page: Page, text: string) => page.locator('summary', { hasText: text })

  it('shows a contact that is written elsewhere, and its event at once', async () => {
    const { page, call } = await open()
    await view(page, 'Events')
    await page.getByText('No event yet').waitFor()
    await call('POST', contacts, { email: 'anna@example.com', customFields: { plan: 'pro' } })
    await row(page, 'anna@example.com').click()
    await page.locator('tr', { hasText: 'customFields.plan' }).getByText('"pro"').waitFor()
    await page.getByRole('link', { name: '1', exact: true }).click()
    await expect.poll(() => page.locator('details[open] pre').textContent()).toContain('"email": "anna@example.com"')
  })

  it('shows each request with its answer, why it was refused and what it set off', async () => {
    const automations = [{ name: 'welcome', when: 'contact.created', webhook: 'http://127.0.0.1:1' } as const]
    const { page, call } = await open({ sandbox: { automations, journal: { personalData: true } } })
    await page.getByText('No request yet').waitFor()
    await call('POST', contacts, { email: 'anna@example.com', marketing_consent: true })
    await row(page, contacts).click()
    await page.locator('.refusal', { hasText: 'did you mean marketingConsent' }).waitFor()
    expect(await page.locator('pre', { hasText: 'anna@example.com' }).count()).toBe(1)
    await call('POST', `${contacts}?${hostile}`, { email: 'luca@example.com' })
    await call('POST', contacts, { email: 'luca@example.com' })
    await row(page, '1 event · 1 run').click()
    await page.getByRole('link', { name: /^evt_/ }).click()
    await page.locator('details[open] table', { hasText: 'luca@example.com' }).waitFor()
    expect(await page.locator('main :is(img, script)').count()).toBe(0)
  })

  it('puts whatever a contact or a message holds on the page as text', async () => {
    const { page, call } = await open()
    const body = { email: 'anna@example.com', customFields: { [hostile]: hostile, city: hostile } }
    expect(await call('POST', contacts, body)).toBe(200)
    const message = { to: 'anna@example.com', subject: hostile, html: hostile, text: hostile }
    expect(await call('POST', '/public/v1/emails', message)).toBe(200)
    for (const [name, text] of [
      ['Events', 'anna'],
      ['Contacts', 'anna'],
      ['Outbox', hostile],
    ] as const) {
      await view(page, name)
      await row(page, text).click()
      await page.locator('details[open]', { hasText: hostile.slice(-20) }).waitFor()
      expect(await page.locator('main :is(img, script)').count()).toBe(0)
    }
    expect(await page.title()).toBe('Outbox – Minimo sandbox')
  })

  it('moves the clock, with the keyboard alone', async () => {
    const { page, sandbox } = await open({ sandbox: { now: () => Date.UTC(2026, 0, 1) } })
    await page.getByLabel('How far').focus()
    for (const key of ['Control+a', '1', '0', 'Tab', 'd', 'Tab', 'Enter']) await page.keyboard.press(key)
    await page.locator('#now', { hasText: '2026-01-11 00:00:00' }).waitFor()
    expect(sandbox.clock.now()).toBe(Date.UTC(2026, 0, 11))
  })

  it('adds a fault that befalls the next call, and removes it', async () => {
    const { page, call, sandbox, troubles } = await open()
    await view(page, 'Faults')
    await page.getByLabel('Operation').selectOption('upsertContact')
    await page.getByLabel('Status').fill('503')
    await page.getByRole('button', { name: 'Add fault' }).click()
    await row(page, 'upsertContact').getByText('status 503').waitFor()
    expect(await call('POST', contacts, { email: 'anna@example.com' })).toBe(503)
    await row(page, '1 of 1').waitFor()
    await page.getByLabel('Status').fill('418')
    await page.getByRole('button', { name: 'Add fault' }).click()
    await expect.poll(() => page.getByRole('status').textContent()).toContain('not 418')
    // Chromium says of its own accord what was refused.
    expect(troubles.splice(0)).toEqual([expect.stringContaining('422')])
    await page.getByRole('button', { name: 'Remove' }).click()
    await row(page, 'upsertContact').waitFor({ state: 'detached' })
    expect(sandbox.faults.list()).toEqual([])
  })

  it('lets a recipient open a message and click in it', async () => {
    const { page, call, sandbox } = await open()
    await call('POST', '/public/v1/emails', { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' })
    await view(page, 'Outbox')
    for (const name of ['Open', 'Click']) await page.getByRole('button', { name, exact: true }).click()
    await row(page, 'opened · 1 click').waitFor()
    expect(await sandbox.outbox()).toMatchObject([{ clickCount: 1, firstOpenAt: expect.any(String) }])
  })

  it('seeds, saves a snapshot, resets only when that is confirmed, and restores', async () => {
    const { page, sandbox } = await open()
    await page.getByRole('button', { name: 'Seed contacts' }).click()
    await page.getByText('100 contacts, 0 events').waitFor()
    const downloading = page.waitForEvent('download')
    await page.getByRole('link', { name: 'Save snapshot' }).click()
    const file = await (await downloading).path()
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual(await sandbox.snapshot())
    for (const [answer, count] of [
      ['Cancel', 100],
      ['Go on', 0],
    ] as const) {
      await page.getByRole('button', { name: 'Reset…' }).click()
      await page.getByRole('button', { name: answer }).click()
      await page.getByText(`${count} contacts, 0 events`).waitFor()
    }
    await page.getByLabel('A snapshot').setInputFiles(file)
    await page.getByRole('button', { name: 'Go on' }).click()
    await page.getByText('100 contacts, 0 events').waitFor()
  })

  it('opens rows with the keyboard alone, and a row that a link names', async () => {
    const { page, call, sandbox } = await open()
    for (const email of ['anna@example.com', 'luca@example.com']) await call('POST', contacts, { email })
    await view(page, 'Events')
    await row(page, 'luca@').focus()
    for (const key of ['ArrowDown', 'Enter']) await page.keyboard.press(key)
    await page.locator('details[open]', { hasText: 'anna@' }).waitFor()
    const [, second] = await sandbox.events()
    await page.goto(`${page.url().replace(/#.*/, '')}#events/${second?.id}`)
    await page.locator('details[open]', { hasText: 'luca@' }).waitFor()
  })

  it('finds one contact among many, and shows the newest', async () => {
    const { page, sandbox } = await open()
    await sandbox.seed({ contacts: 3000 })
    await view(page, 'Contacts')
    await row(page, '3000').waitFor()
    expect(await page.locator('summary').count()).toBe(250)
    await page.getByLabel('Filter').fill('7')
    await expect.poll(() => page.locator('summary').allInnerTexts()).toEqual([expect.stringMatching(/^7\b/)])
  })

  it('forgets what a reset elsewhere has taken, and goes on telling events', async () => {
    const { page, call, sandbox } = await open()
    await view(page, 'Events')
    await call('POST', contacts, { email: 'before@example.com' })
    await row(page, 'before@').waitFor()
    await sandbox.reset()
    await row(page, 'before@').waitFor({ state: 'detached' })
    await call('POST', contacts, { email: 'after@example.com' })
    await row(page, 'after@').waitFor()
  })

  it('has nothing for axe to find on any view, light and dark, and fits the smallest phone', async () => {
    const options = { bypassCSP: true, viewport: { width: 320, height: 640 } }
    const automations = [{ name: 'welcome', when: 'contact.created', webhook: 'http://127.0.0.1:1' } as const]
    const { page, call, sandbox } = await open({ ...options, sandbox: { automations } })
    await call('POST', contacts, { email: 'anna@example.com', customFields: { note: 'long '.repeat(100) } })
    await call('POST', '/public/v1/emails', { to: 'anna@example.com', subject: 'Hello', html: '<p>Hello</p>' })
    sandbox.faults.add({ operation: 'sendEmail', fault: { status: 429 } })
    await page.addScriptTag({ path: axe })
    const found: unknown[] = []
    for (const name of ['Requests', 'Events', 'Contacts', 'Runs', 'Outbox', 'Faults']) {
      await view(page, name)
      await page.getByRole('heading', { name }).waitFor()
      if (name !== 'Requests') await page.locator('summary').first().click()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme })
        const { violations } = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })")
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        found.push(...violations.map(({ id, nodes }) => [name, colorScheme, id, nodes[0]?.html]))
        if (width > 320) found.push([name, width])
      }
    }
    expect(found).toEqual([])
  })
})
