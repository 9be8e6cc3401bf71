import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChromium } from './launch.ts'
import { type OpenSite, openSite } from './open-site.ts'
import { forSome, type Visit, visit } from './visit.ts'

const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

// Chromium comes as a package for Linux on x64 alone. Elsewhere a person may go without, CI may not.
describe.skipIf(!hasChromium && !process.env.CI)('the built site, in Chromium', () => {
  let site: OpenSite
  let visits: Visit[]

  beforeAll(async () => {
    site = await openSite()
    visits = await forSome(site.urls, (url) => visit(site.browser, url))
  })

  afterAll(() => site?.close())

  const operations = () => visits.flatMap(({ operation, ...visit }) => (operation ? [{ ...visit, operation }] : []))
  const findOperation = (id: string) => {
    const found = operations().find(({ operation }) => operation.id === id)
    if (!found) throw new Error(`expected a page of ${id}, found ${operations().length} operations: run generate`)
    return found
  }
  const read = async <Result>(use: (page: Page) => Promise<Result>, options = {}) => {
    const context = await site.browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'], ...options })
    const page = await context.newPage()
    const errors: string[] = []
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
    const result = await use(page).finally(() => context.close())
    expect(errors).toEqual([])
    return result
  }
  /** A page of each kind. */
  const kinds = () => {
    const guide = visits.find(({ url }) => /\/guides\/./.test(url))?.url ?? `${site.url}guides/`
    return [site.url, guide, findOperation('deleteContact').url, `${site.url}changelog/`, `${site.url}404.html`]
  }

  it('loads each page without an error or a request to another host', () => {
    expect(visits.filter(({ errors, foreign }) => errors.length + foreign.length > 0)).toEqual([])
    expect(visits.map(({ title }) => title)).not.toContain('')
  })

  it('has no link and no anchor that leads nowhere', async () => {
    const origin = new URL(site.url).origin
    const anchors = new Map(visits.map(({ url, anchors }) => [url, anchors]))
    const links = [...new Set(visits.flatMap((visit) => visit.links))].filter((link) => link.startsWith(origin))
    const pages = [...new Set(links.map((link) => link.replace(/#.*$/, '')))]
    const files = pages.filter((page) => !anchors.has(page))
    const answers = await Promise.all(files.map(async (file) => [file, (await fetch(file)).status] as const))
    expect(answers.filter(([, status]) => status !== 200)).toEqual([])
    const named = links.map((link) => link.split('#')).filter(([, anchor]) => anchor)
    const lost = named.filter(([page = '', anchor = '']) => !anchors.get(page)?.includes(decodeURIComponent(anchor)))
    expect(lost.map((parts) => parts.join('#'))).toEqual([])
    expect(pages.length).toBeGreaterThan(visits.length)
  })

  it('transfers less than 60 kB for the page of an operation', () => {
    expect(operations().length).toBeGreaterThan(0)
    expect(operations().filter(({ bytes }) => bytes >= 60_000)).toEqual([])
  })

  it('has nothing for axe to find on a page of each kind, light and dark, and fits the screen of a telephone', async () => {
    const found = await forSome(kinds(), (url) =>
      read(async (page) => {
        await page.goto(url)
        await page.addScriptTag({ path: axe })
        const light = await page.evaluate<AxeResults>("axe.run({ resultTypes: ['violations'] })")
        // Nothing but colours is another in the dark.
        await page.evaluate("document.documentElement.dataset.theme = 'dark'")
        const dark = await page.evaluate<AxeResults>(
          "axe.run({ runOnly: ['color-contrast'], resultTypes: ['violations'] })",
        )
        await page.setViewportSize({ width: 360, height: 640 })
        const width = await page.evaluate(() => document.documentElement.scrollWidth)
        const violations = [...light.violations, ...dark.violations].map(({ id, nodes }) => [id, nodes[0]?.html])
        return { url, violations, width }
      }),
    )
    expect(found).toEqual(kinds().map((url) => ({ url, violations: [], width: 360 })))
  })

  it('finds an operation by its id, by its path and by what it does, with the keyboard alone', async () => {
    await read(async (page) => {
      await page.goto(site.url)
      const input = page.locator('.pagefind-ui__search-input')
      await input.waitFor({ state: 'attached' })
      await page.keyboard.press('Control+k')
      for (const words of ['updateContactById', '/public/v1/contacts/{id}', "change a contact's email"]) {
        const titles = page.locator('.pagefind-ui__result-inner > .pagefind-ui__result-title')
        await page.keyboard.press('Control+a')
        await page.keyboard.press('Delete')
        await titles.first().waitFor({ state: 'detached' })
        await page.keyboard.type(words)
        // What is found for the first letters is shown until the rest is typed.
        const first = async () => (await titles.allInnerTexts()).slice(0, 3)
        await expect
          .poll(first, { timeout: 30_000, message: words })
          .toContain(findOperation('updateContactById').title)
      }
    })
  })

  it('copies each block of code as it is written', async () => {
    await read(async (page) => {
      const { url } = findOperation('updateContactById')
      const markdown = await (await fetch(url.replace(/\/$/, '.md'))).text()
      const written = [...markdown.matchAll(/^```.*\n([\s\S]*?)\n```$/gm)].map(([, code = '']) => code.trimEnd())
      await page.goto(url)
      const buttons = page.locator('.copy button')
      expect(await buttons.count()).toBe(written.length)
      for (const [index, code] of written.entries()) {
        await buttons.nth(index).dispatchEvent('click')
        await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(code)
      }
    })
  })

  it('shows samples behind tabs without a script, with mouse and keyboard', async () => {
    await read(
      async (page) => {
        await page.goto(findOperation('updateContactById').url)
        const group = page.locator('.samples').first()
        const shown = async () => (await group.locator('.sample:visible pre').allInnerTexts()).join()
        expect(await shown()).toMatch(/^curl /)
        await group.getByText('Python', { exact: true }).click()
        expect(await shown()).toMatch(/^import requests$/m)
        await page.keyboard.press('ArrowRight')
        expect(await shown()).toContain('await fetch(')
      },
      { javaScriptEnabled: false },
    )
  })

  it('remembers the language that was chosen', async () => {
    await read(async (page) => {
      await page.goto(findOperation('updateContactById').url)
      await page.locator('.samples').first().getByText('Python', { exact: true }).click()
      await page.goto(findOperation('deleteContact').url)
      const groups = page.locator('.samples')
      for (const group of await groups.all()) {
        const chosen = await group.locator('input:checked').getAttribute('value')
        if (await group.locator('input[value=Python]').count()) expect(chosen).toBe('Python')
      }
    })
  })
})
