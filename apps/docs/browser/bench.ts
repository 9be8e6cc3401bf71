import { readdir, stat } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { measurePage } from './measure-page.ts'
import { openSite } from './open-site.ts'
import { forSome, visit } from './visit.ts'

const dist = fileURLToPath(new URL('../dist', import.meta.url))
const site = await openSite()
try {
  const visits = await forSome(site.urls, (url) => visit(site.browser, url))
  const operations = visits.filter(({ operation }) => operation)
  const [largest] = operations.toSorted((a, b) => b.bytes - a.bytes)
  const pages = [site.url, ...(largest ? [largest.url] : [])]
  const rows = []
  for (const url of pages) rows.push({ page: new URL(url).pathname, ...(await measurePage(site.browser, url)) })
  const files = await Promise.all(
    (await readdir(dist, { recursive: true })).map((file) => stat(`${dist}/${file}`).then((found) => found.size)),
  )
  const total = files.reduce((sum, size) => sum + size, 0)
  console.log(`${visits.length} pages, ${operations.length} of operations; ${kilobytes(total)} on disk`)
  const sizes = operations.map(({ bytes }) => bytes).sort((a, b) => a - b)
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0
  console.log(`an operation's page without search: median ${kilobytes(median)}, most ${kilobytes(sizes.at(-1) ?? 0)}`)
  console.log('\nLoaded for the first time, from this machine, median of five; times in ms, search included:')
  console.table(rows)
} finally {
  await site.close()
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`
}
