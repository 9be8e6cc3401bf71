import type { DocsConfig } from './src/config.ts'

/** What the site consists of. Another API is another section. */
export const config: DocsConfig = {
  title: 'Minimo API',
  description: 'The documentation of the Minimo API: guides, a page per operation, samples that run, the changelog.',
  sections: [
    {
      label: 'Reference',
      folder: 'reference',
      packages: ['@minimo/api-types', '@minimo/client', '@minimo/sandbox'],
      methods: 'packages/client/src/resources/methods.ts',
    },
    { label: 'Control API of the sandbox', folder: 'sandbox' },
  ],
}
