import { fileURLToPath } from 'node:url'
import { satteri } from '@astrojs/markdown-satteri'
import starlight from '@astrojs/starlight'
import { defineConfig } from 'astro/config'
import { config } from '../docs.config.ts'
import { readPlace } from '../src/config.ts'
import { readPages } from '../src/pages.ts'
import { planSidebar } from '../src/sidebar.ts'
import { createLinks, samples } from './plugins.ts'

const staged = new URL('src/content/docs/', import.meta.url)
const pages = await readPages(fileURLToPath(staged))
const place = readPlace(process.env)
const links = createLinks({ staged, files: new Set(pages.map(({ file }) => file)), base: place.base })

export default defineConfig({
  ...place,
  outDir: '../dist',
  trailingSlash: 'always',
  // A page is sent for when it is asked for, and not before.
  prefetch: false,
  markdown: { processor: satteri({ mdastPlugins: [links, samples], features: { smartPunctuation: false } }) },
  integrations: [
    starlight({
      title: config.title,
      description: config.description,
      sidebar: planSidebar(pages, config),
      customCss: ['./src/styles/site.css'],
      components: { PageTitle: './src/components/PageTitle.astro', Head: './src/components/Head.astro' },
      expressiveCode: {
        // Lines break rather than scroll; and a terminal's window around one line of shell says nothing.
        defaultProps: { wrap: true, overridesByLang: { 'bash,sh,shell': { frame: 'code' } } },
      },
      credits: false,
      pagination: false,
      tableOfContents: { minHeadingLevel: 2, maxHeadingLevel: 3 },
    }),
  ],
})
