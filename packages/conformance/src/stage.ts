import type * as Client from '@minimo/client'

/** The package under test, as imported or required. */
export type ClientModule = typeof Client

/** How the loopback server answers one request: with a status, or by resetting the connection. */
export type Step = { status: number; headers?: Record<string, string>; body?: string; stall?: boolean } | 'reset'

/** A request that reached the loopback server; its URL begins where the client's `baseUrl` ends. */
export interface Exchange {
  method: string
  url: string
  headers: Record<string, string>
  body: string
}

/** A client, and a server that plays the steps it was given. */
export interface Scene {
  minimo: Client.MinimoClient
  baseUrl: string
  /** The requests that reached the server; waits until there are as many. */
  seen(count?: number): Promise<Exchange[]>
}

/** What a case has to work with. */
export interface Stage {
  client: ClientModule
  /** Makes a client of the package under test. */
  connect(steps: readonly Step[], options?: Client.MinimoClientOptions): Promise<Scene>
}

/** What became of one case. */
export interface Result {
  name: string
  ok: boolean
  error?: string
}
