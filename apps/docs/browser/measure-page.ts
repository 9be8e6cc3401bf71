import type { Browser } from 'playwright-core'

/** What a reader waits for, in milliseconds, and what is transferred for it. */
export interface Measurement {
  firstContentfulPaint: number
  largestContentfulPaint: number
  /** What long tasks take beyond 50 ms each, from the first paint until nothing more is loaded. */
  totalBlockingTime: number
  requests: number
  bytes: number
}

/** Loads a page several times, each as for the first time, and gives the median of each figure. */
export async function measurePage(browser: Browser, url: string, times = 5): Promise<Measurement> {
  const runs: Measurement[] = []
  for (let run = 0; run < times; run++) runs.push(await measureOnce(browser, url))
  const median = (figure: keyof Measurement) =>
    Math.round(runs.map((run) => run[figure]).sort((a, b) => a - b)[Math.floor(times / 2)] ?? 0)
  return {
    firstContentfulPaint: median('firstContentfulPaint'),
    largestContentfulPaint: median('largestContentfulPaint'),
    totalBlockingTime: median('totalBlockingTime'),
    requests: median('requests'),
    bytes: median('bytes'),
  }
}

async function measureOnce(browser: Browser, url: string): Promise<Measurement> {
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await page.goto(url, { waitUntil: 'networkidle' })
    return await page.evaluate(readFigures)
  } finally {
    await context.close()
  }
}

/** Runs in the page: it may use nothing from outside. */
async function readFigures(): Promise<Measurement> {
  const read = (type: string) =>
    new Promise<PerformanceEntry[]>((resolve) => {
      const observer = new PerformanceObserver((list) => resolve(list.getEntries()))
      observer.observe({ type, buffered: true })
      // Where there was none, nothing is ever observed.
      setTimeout(() => resolve([]), 200)
    })
  const [paints, largest, tasks] = await Promise.all([
    read('paint'),
    read('largest-contentful-paint'),
    read('longtask'),
  ])
  const firstContentfulPaint = paints.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? 0
  const late = tasks.filter(({ startTime }) => startTime > firstContentfulPaint)
  const transfers = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
  return {
    firstContentfulPaint,
    largestContentfulPaint: largest.at(-1)?.startTime ?? 0,
    totalBlockingTime: late.reduce((sum, { duration }) => sum + duration - 50, 0),
    requests: transfers.length,
    bytes: transfers.reduce((sum, entry) => sum + ('transferSize' in entry ? Number(entry.transferSize) : 0), 0),
  }
}
