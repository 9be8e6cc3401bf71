import type { Tools } from 'packed'
import type { Result } from './stage.ts'

/** What checks work with. */
export interface Workbench {
  /** Folder of the project in which the packed packages are installed. */
  consumer: string
  /** The loopback server. */
  url: string
  tools: Tools
}

/** One line of the table: a runtime or a compiler. */
export interface Check {
  name: string
  /** The package it needs, by its name in `runtimes/package.json`; `undefined` where this platform has none. */
  package: string | undefined
  /** Runs it. */
  run(workbench: Workbench): Promise<Result[]>
}

/** What became of a check. `missing` says why it could not run. */
export interface Outcome {
  name: string
  results: readonly Result[]
  missing?: string
  milliseconds: number
}

/** Runs the checks, as many at once as `width`, and gives their outcomes in the same order. Never rejects. */
export async function runChecks(checks: readonly Check[], workbench: Workbench, width: number): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  const queue = checks.entries()
  const work = async () => {
    for (const [index, check] of queue) outcomes[index] = await runCheck(check, workbench)
  }
  await Promise.all(Array.from({ length: width }, work))
  return outcomes
}

async function runCheck({ name, package: needed, run }: Check, workbench: Workbench): Promise<Outcome> {
  if (needed === undefined) return absent(name, 'there is no package for this platform in runtimes/package.json')
  if (!workbench.tools.isInstalled(needed)) return absent(name, `${needed} is not installed`)
  const start = performance.now()
  const results = await run(workbench).catch((error: unknown) => [{ name: 'it runs', ok: false, error: String(error) }])
  return { name, results, milliseconds: performance.now() - start }
}

const absent = (name: string, missing: string): Outcome => ({ name, results: [], missing, milliseconds: 0 })
