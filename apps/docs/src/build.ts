import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installTools, run } from 'packed'
import { config } from '../docs.config.ts'
import { readPlace } from './config.ts'
import { writeFullIndex, writeIndex, writeMarkdown } from './indexes.ts'
import { formatPage, writeText } from './pages.ts'
import { readSources } from './sources.ts'
import { stagePages } from './stage.ts'

const site = fileURLToPath(new URL('../site', import.meta.url))
const dist = fileURLToPath(new URL('../dist', import.meta.url))

const place = readPlace(process.env)
const [pages] = await Promise.all([readSources(config).then(stagePages), installTools(site)])

const staged = join(site, 'src/content/docs')
await rm(staged, { recursive: true, force: true })
await Promise.all(pages.map((page) => writeText(join(staged, page.file), formatPage(page))))

// Pages that are kept from the last build would not have their links looked up again.
const astro = await run(join(site, 'node_modules/.bin/astro'), ['build', '--force'], {
  cwd: site,
  stdout: ['inherit', 'pipe'],
  stderr: ['inherit', 'pipe'],
  env: { ASTRO_TELEMETRY_DISABLED: '1' },
})
// A page that cannot be rendered, as one with a link that leads nowhere, is left empty; Astro tells it, and goes on.
if (astro.all.includes('[ERROR]')) {
  console.error('apps/docs/dist is not complete: see the lines above that begin with [ERROR]')
  process.exit(1)
}
// The site's own code is checked here, because its types are there only now.
await run('tsc', ['-p', site], { stdout: 'inherit' })

await Promise.all([
  ...pages.map((page) => writeText(join(dist, page.file), writeMarkdown(page))),
  writeText(join(dist, 'llms.txt'), writeIndex(pages, config, place)),
  writeText(join(dist, 'llms-full.txt'), writeFullIndex(pages, config, place)),
])
console.log(`${pages.length} pages are in apps/docs/dist, to be served at ${(place.site ?? '') + place.base}`)
