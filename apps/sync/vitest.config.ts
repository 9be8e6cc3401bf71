import { defineConfig } from 'vitest/config'

// Most of a test is waiting for workers, so there are more of them than cores.
// biome-ignore lint/style/noDefaultExport: Vitest reads the default export.
export default defineConfig({ test: { globalSetup: './test/global-setup.ts', maxWorkers: 4 } })
