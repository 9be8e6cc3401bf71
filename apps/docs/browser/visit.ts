import type { Browser, Page, Request } from 'playwright-core'

/** What a page did, and what is on it. */
export interface Visit {
  url: string
  title: string
  /** What the console and the page's own scripts complained of. */
  errors: string[]
  /** Requests to other hosts. */
  foreign: string[]
  /** Requests and bytes as they were transferred, without what search loads. */
  requests: number
  bytes: number
  /** The addresses that it links to, and the names that links to it may have after a `#`. */
  links: string[]
  anchors: string[]
  /** The operation that it is about. */
  operation?: { id: string; path: string }
}

/** Loads a page as someone does who comes for the first time. */
export async function visit(browser: Browser, url: string): Promise<Visit> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    const errors: string[] = []
    const asked: Request[] = []
    page.on('console', (message) => ['error', 'warning'].includes(message.type()) && errors.push(message.text()))
    page.on('pageerror', (error) => errors.push(error.message))
    page.on('request', (request) => asked.push(request))
    await page.goto(url)
    const own = asked.filter((request) => !isOfSearch(request.url()))
    const sizes = await Promise.all(own.map((request) => request.sizes()))
    return {
      url,
      errors,
      foreign: asked.map((request) => request.url()).filter((one) => new URL(one).origin !== new URL(url).origin),
      requests: own.length,
      bytes: sizes.reduce((sum, size) => sum + size.responseBodySize + size.responseHeadersSize, 0),
      ...(await readPage(page)),
    }
  } finally {
    await context.close()
  }
}

/** Does something with several pages, a few at a time, and gives what came of it in their order. */
export async function forSome<Item, Result>(items: readonly Item[], use: (item: Item) => Promise<Result>) {
  const waiting = items.entries()
  const results: Result[] = []
  const work = async () => {
    for (const [index, item] of waiting) results[index] = await use(item)
  }
  await Promise.all(Array.from({ length: 3 }, work))
  return results
}

/** The interface of search, which loads once the page is idle, and its index. */
const isOfSearch = (url: string) => /\/pagefind\/|\/ui-core\.[^/]+\.js$/.test(url)

const readPage = (page: Page) =>
  page.evaluate(() => {
    const textOf = (selector: string) => document.querySelector(selector)?.textContent ?? ''
    const id = textOf('.operation-id')
    return {
      title: textOf('h1'),
      links: [...document.querySelectorAll<HTMLAnchorElement | HTMLLinkElement>('a[href], link[href]')].map(
        ({ href }) => href,
      ),
      anchors: [...document.querySelectorAll('[id]')].map((element) => element.id),
      ...(id && { operation: { id, path: textOf('.operation code') } }),
    }
  })
