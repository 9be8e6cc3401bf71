import { cases } from './cases.ts'
import type { ClientModule, Exchange, Result, Stage } from './stage.ts'

/**
 * Runs every case on the runtime it is called on, one after the other. Needs nothing but the standard web
 * globals. `url` is that of a loopback server of this package.
 */
export async function runSuite(client: ClientModule, url: string): Promise<Result[]> {
  const results: Result[] = []
  for (const [name, run] of Object.entries(cases)) {
    try {
      await run(createStage(client, url))
      results.push({ name, ok: true })
    } catch (error) {
      results.push({ name, ok: false, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    }
  }
  return results
}

function createStage(client: ClientModule, url: string): Stage {
  return {
    client,
    async connect(steps, options) {
      const response = await fetch(`${url}/scripts`, { method: 'POST', body: JSON.stringify(steps) })
      const baseUrl = url + ((await response.json()) as { path: string }).path
      const minimo = client.createMinimoClient({
        apiKey: 'mn-1-abc',
        baseUrl,
        // A call that should have ended ends here, so that the case has a name to fail under.
        deadline: 20_000,
        dangerouslyAllowBrowser: true,
        ...options,
      })
      const seen = async (count = 0) => {
        const answer = await fetch(`${baseUrl}/seen?count=${count}`)
        return (await answer.json()) as Exchange[]
      }
      return { minimo, baseUrl, seen }
    },
  }
}
