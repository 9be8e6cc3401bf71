import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type Browser, findViolations, type Page, startBrowser } from '../test/browser.ts'
import { type Centre, startCentre } from '../test/centre.ts'

const phone = { viewport: { width: 390, height: 844 }, hasTouch: true }
const soon = { timeout: 20_000 }

/** A page of another site, at another origin. */
async function startOtherSite(page: string) {
  const referrers: (string | undefined)[] = []
  const server = createServer((request, response) => {
    if (request.url === '/') referrers.push(request.headers.referer)
    response.setHeader('content-type', 'text/html').end(page)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close().closeAllConnections())
  const address = server.address()
  return { url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, referrers: () => referrers }
}

describe('in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await startBrowser()
  }, 300_000)
  afterAll(() => browser?.close())

  /** Opens a tab without JavaScript, in English unless another language is given. */
  async function open(url: string, options: Parameters<Browser['newContext']>[0] = {}): Promise<Page> {
    const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-GB', ...options })
    onTestFinished(() => context.close())
    const page = await context.newPage()
    await page.goto(url)
    return page
  }
  const save = (page: Page, name: string | RegExp = 'Save my choices') => page.getByRole('button', { name }).click()
  const notice = (page: Page) => page.getByRole('status').textContent()
  async function invite(centre: Centre, email = 'anna@example.com') {
    const contact = await centre.addContact(email)
    return { contact, link: await centre.links.make('preferences', contact) }
  }

  it('a person chooses on a phone, without JavaScript, and changes their mind', async () => {
    const centre = await startCentre()
    const { contact, link } = await invite(centre)
    const page = await open(link, { ...phone, locale: 'it-IT' })
    expect(await page.title()).toBe('Che cosa vuoi ricevere? – Azienda di Esempio')
    expect(await page.getByRole('radio', { name: 'Lascia com’è' }).count()).toBe(2)
    expect(await page.content()).toContain('Qui non hai ancora scelto.')

    await page.getByLabel('Sì, scrivetemi per e-mail').check()
    await save(page, 'Salva le mie scelte')
    expect(await notice(page)).toContain('Le tue scelte sono salvate')
    expect(await page.getByLabel('Sì, scrivetemi per e-mail').isChecked()).toBe(true)
    expect(await page.content()).toMatch(/Lo hai scelto qui il \d+ \w+ \d{4} alle ore \d\d:\d\d\./)
    expect(await centre.consentOf(contact)).toEqual({ email: true, whatsapp: null })

    await page.getByLabel('No, niente e-mail').check()
    await page.getByLabel('No, niente su WhatsApp').check()
    await save(page, 'Salva le mie scelte')
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: false })
    await page.getByLabel('Sì, scrivetemi su WhatsApp').check()
    await page.getByRole('button', { name: 'Non voglio ricevere più nulla' }).click()
    expect(await page.getByLabel('No, niente su WhatsApp').isChecked()).toBe(true)
    expect(centre.record()).toHaveLength(5)
  })

  it('nothing is saved for who leaves all as it is', async () => {
    const centre = await startCentre()
    const page = await open((await invite(centre)).link)
    await save(page)
    expect(await notice(page)).toBe('Everything is left as it is.')
    expect(centre.record()).toEqual([])
  })

  it('the keyboard is enough', async () => {
    const centre = await startCentre()
    const { contact, link } = await invite(centre)
    const page = await open(link)
    const press = async (...keys: string[]) => {
      for (const key of keys) await page.keyboard.press(key)
    }
    await press('Tab', 'ArrowDown', 'Tab', 'ArrowUp', 'Tab', 'Enter')
    expect(await notice(page)).toContain('saved')
    expect(await centre.consentOf(contact)).toEqual({ email: true, whatsapp: false })
    // The next Tab begins at the notice, so that nobody has to find the place again.
    await press('Tab', 'ArrowDown', 'Enter')
    await page.waitForURL(/saved=3/)
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: false })
  })

  it('a stale tab is told and not obeyed', async () => {
    const centre = await startCentre()
    const { contact, link } = await invite(centre)
    const [first, second] = [await open(link), await open(link)]
    await first.getByLabel('No, no e-mails').check()
    await save(first)
    await second.getByLabel('Yes, send me e-mails').check()
    await second.getByLabel('Yes, write to me on WhatsApp').check()
    await save(second)
    expect(await notice(second)).toContain('Nothing was saved')
    expect(await second.getByLabel('No, no e-mails').isChecked()).toBe(true)
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: null })
    await second.getByLabel('Yes, write to me on WhatsApp').check()
    await save(second)
    expect(await centre.consentOf(contact)).toEqual({ email: false, whatsapp: true })
  })

  it('a button that is pressed twice saves once, and says so', async () => {
    const centre = await startCentre()
    const page = await open((await invite(centre)).link)
    await page.getByLabel('No, no e-mails').check()
    await page.getByRole('button', { name: 'Save my choices' }).dblclick()
    await page.waitForURL(/saved=1/)
    expect(await notice(page)).toContain('saved')
    expect(centre.record()).toHaveLength(1)
  })

  it('an outage is told truthfully, and its end too', async () => {
    const centre = await startCentre()
    const { contact, link } = await invite(centre)
    const page = await open(link)
    await centre.cutOff()
    await page.getByLabel('No, no e-mails').check()
    await save(page)
    expect(await notice(page)).toContain('does not have them yet')
    expect(await page.content()).toContain('Saved here, not passed on yet.')
    await centre.reconnect()
    await expect.poll(() => centre.consentOf(contact), soon).toEqual({ email: false, whatsapp: null })
    await page.reload()
    expect(await notice(page)).toContain('knows them')
    expect(await page.content()).not.toContain('not passed on yet')
  })

  it('a link to unsubscribe asks once more in a browser, and can do nothing else', async () => {
    const centre = await startCentre()
    const contact = await centre.addContact('anna@example.com')
    const page = await open(await centre.links.make('unsubscribe', contact, 'whatsapp'), phone)
    expect(await page.getByRole('radio').count()).toBe(0)
    expect(await centre.consentOf(contact)).toEqual({ email: null, whatsapp: null })
    await save(page, 'Stop these messages')
    expect(await notice(page)).toContain('no more of these messages')
    expect(await centre.consentOf(contact)).toEqual({ email: null, whatsapp: false })
    expect(centre.record()).toMatchObject([{ via: 'one-click', wording: expect.any(String) }])
  })

  it('a link that is forged, old or cut shows nothing of anybody', async () => {
    const centre = await startCentre()
    const { forged, expired, preferences } = await centre.makeBadLinks(await centre.addContact('anna@example.com'))
    for (const link of [forged, expired, preferences.slice(0, -3)]) {
      const page = await open(link)
      expect(await page.title()).toContain('This link does not work')
      expect(await page.locator('form').count()).toBe(0)
    }
  })

  it('another site can neither send the form nor show the page in a frame', async () => {
    const centre = await startCentre()
    const { link } = await invite(centre)
    const form = `<form method="post" action="${link}"><input name="version" value="0"><input name="wording" value="">
      <button name="stop" value="all">Win a prize</button></form>`
    const frames = `<iframe src="${centre.url}/style.css"></iframe><iframe src="${link}"></iframe>`
    const attacker = await open((await startOtherSite(form + frames)).url)
    expect(await attacker.frameLocator('iframe >> nth=1').locator('h1').count()).toBe(0)
    await save(attacker, 'Win a prize')
    await attacker.waitForURL(/preferences/)
    expect(await attacker.title()).toContain('Nothing was saved')
    expect(centre.record()).toEqual([])
  })

  it('other sites are told where a visitor comes from, but not the link', async () => {
    const centre = await startCentre()
    const page = await open((await invite(centre)).link, { javaScriptEnabled: true })
    const other = await startOtherSite('<title>Other</title>')
    await page.evaluate(`location.href = ${JSON.stringify(other.url)}`)
    await page.waitForURL(/127\.0\.0\.1/)
    expect(other.referrers()).toEqual([`${centre.url}/`])
  })

  it('axe finds nothing on any page, in both colour schemes', async () => {
    const centre = await startCentre()
    const { contact, link } = await invite(centre)
    const unsubscribe = await centre.links.make('unsubscribe', contact)
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open(link, { ...phone, colorScheme, javaScriptEnabled: true, bypassCSP: true })
      const check = async (state: string) =>
        expect([state, (await findViolations(page)).map(({ id, nodes }) => [id, nodes])]).toEqual([state, []])
      await check('not chosen yet')
      await save(page)
      await check('left as it is')
      await page.getByLabel(colorScheme === 'light' ? 'Yes, send me e-mails' : 'No, no e-mails').check()
      await save(page)
      await check('saved')
      await open(unsubscribe).then((other) => save(other, 'Stop these messages'))
      await page.getByRole('button', { name: 'Stop everything' }).click()
      await check('stale')
      await page.goto(unsubscribe)
      await check('unsubscribe')
      await save(page, 'Stop these messages')
      await check('unsubscribed')
      await page.goto(`${link}x`)
      await check('a bad link')
      await page.goto(await centre.links.make('preferences', 4711))
      await save(page, 'Stop everything')
      await check('refused')
    }
  })

  it('fits the smallest phone, with room for a thumb', async () => {
    const centre = await startCentre()
    const { link } = await invite(centre)
    for (const locale of ['it-IT', 'en-GB']) {
      const page = await open(link, { viewport: { width: 320, height: 568 }, javaScriptEnabled: true, locale })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      for (const target of [...(await page.locator('label').all()), ...(await page.locator('button').all())]) {
        expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(44)
      }
    }
  })

  it('shows itself in two small pictures, which `npm run screenshots` keeps for the README', async () => {
    const centre = await startCentre()
    const { link } = await invite(centre)
    const screen = { ...phone, deviceScaleFactor: 1.2 }
    const light = await open(link, { ...screen, locale: 'it-IT' })
    await light.getByLabel('Sì, scrivetemi per e-mail').check()
    const pictures = { choosing: await light.screenshot({ type: 'webp', quality: 30, fullPage: true }) }
    await save(light, 'Salva le mie scelte')
    await centre.cutOff()
    const dark = await open(link, { ...screen, colorScheme: 'dark' })
    await dark.getByLabel('No, nothing on WhatsApp').check()
    await save(dark)
    const all = { ...pictures, outage: await dark.screenshot({ type: 'webp', quality: 30, fullPage: true }) }
    for (const [name, picture] of Object.entries(all)) {
      expect(picture.length).toBeLessThan(40_000)
      if (process.env.SCREENSHOTS) writeFileSync(new URL(`../docs/${name}.webp`, import.meta.url), picture)
    }
  })
})
