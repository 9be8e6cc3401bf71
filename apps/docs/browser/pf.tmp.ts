import { openSite } from './open-site.ts'

const site = await openSite()
const page = await (await site.browser.newContext()).newPage()
await page.goto(site.url, { waitUntil: 'networkidle' })
for (const q of process.argv.slice(2)) {
  const out = await page.evaluate(
    `(async () => { const pf = await import('/pagefind/pagefind.js'); const r = await pf.search(${JSON.stringify(q)}); return Promise.all(r.results.map(async (x) => { const d = await x.data(); return [x.score.toFixed(2), d.url, d.weighted_locations.slice(0,3).map(l=>l.weight+'/'+l.balanced_score.toFixed(1)+'@'+l.location).join(' '), d.excerpt.slice(0,100)] })) })()`,
  )
  console.log(q, out)
}
await site.close()
