import type { Exchange, Step } from './stage.ts'

/** What the loopback server was given to play. */
export interface Script {
  /** Where it is played, for a client's `baseUrl`. */
  baseUrl: string
  /** The requests that came; waits until there are as many. */
  seen(count?: number): Promise<Exchange[]>
}

/** Gives the loopback server at `url` steps to play. Needs nothing but the web's own globals. */
export async function loadScript(url: string, steps: readonly Step[]): Promise<Script> {
  const response = await fetch(`${url}/scripts`, { method: 'POST', body: JSON.stringify(steps) })
  const baseUrl = url + ((await response.json()) as { path: string }).path
  return {
    baseUrl,
    async seen(count = 0) {
      const answer = await fetch(`${baseUrl}/seen?count=${count}`)
      return (await answer.json()) as Exchange[]
    },
  }
}

/** The API's answer to a search that finds a contact. */
export const contactFound = {
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ data: { id: 42, email: 'anna@example.com', custom_fields: {} } }),
} satisfies Step
