import { cases } from './cases.ts'
import { loadScript } from './script.ts'
import type { ClientModule, Result, Stage } from './stage.ts'

/** Where the suite runs. */
export interface House {
  /** Of a loopback server of this package. */
  url: string
  /** Whether this is a browser that anyone may sit at, or a worker of one. Default false. */
  isBrowser?: boolean
}

/** A case of the suite, for a test runner to name and run. */
export interface Case {
  name: string
  /** Rejects when the sentence of its name does not hold. */
  run(): Promise<void>
}

/** The suite, case by case. */
export function listCases(client: ClientModule, house: House): Case[] {
  return Object.entries(cases).map(([name, run]) => ({ name, run: () => run(createStage(client, house)) }))
}

/**
 * Runs every case on the runtime it is called on, one after the other. Needs nothing but the standard web
 * globals.
 */
export async function runSuite(client: ClientModule, house: House): Promise<Result[]> {
  const results: Result[] = []
  for (const { name, run } of listCases(client, house)) results.push(await toResult(name, run))
  return results
}

/** What became of a case. Never rejects. */
export async function toResult(name: string, run: () => Promise<unknown>): Promise<Result> {
  try {
    await run()
    return { name, ok: true }
  } catch (error) {
    return { name, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function createStage(client: ClientModule, { url, isBrowser = false }: House): Stage {
  return {
    client,
    isBrowser,
    async connect(steps, options) {
      const script = await loadScript(url, steps)
      const minimo = client.createMinimoClient({
        apiKey: 'mn-1-abc',
        baseUrl: script.baseUrl,
        // A call that should have ended ends here, so that the case has a name to fail under.
        deadline: 20_000,
        dangerouslyAllowBrowser: true,
        ...options,
      })
      return { minimo, ...script }
    },
  }
}
