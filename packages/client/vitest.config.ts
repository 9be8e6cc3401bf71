import { defineConfig } from 'vitest/config'

// Both majors of undici that the client may stand on.
// biome-ignore lint/style/noDefaultExport: vitest reads the default export.
export default defineConfig({
  test: {
    projects: [
      { test: { name: 'client' } },
      { resolve: { alias: { undici: 'undici-7' } }, test: { name: 'undici 7', include: ['test/undici*.test.ts'] } },
    ],
  },
})
