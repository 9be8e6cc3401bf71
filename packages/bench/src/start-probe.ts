// Run by `sandbox-start.ts` as `node start-probe.ts DATABASE` in a fresh process; prints its finding as JSON.

/** How long the sandbox took in a process that had never loaded it, in milliseconds. */
export interface StartTimes {
  import: number
  create: number
}

const start = performance.now()
const { createSandbox } = await import('@minimo/sandbox')
const imported = performance.now()
const sandbox = await createSandbox({ database: process.argv[2] ?? ':memory:' })
const created = performance.now()
await sandbox.close()
console.log(JSON.stringify({ import: imported - start, create: created - imported } satisfies StartTimes))
