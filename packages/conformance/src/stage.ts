import type * as Client from '@minimo/client'
import type { Script } from './script.ts'

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

/** A client, and what the loopback server plays for it. */
export interface Scene extends Script {
  minimo: Client.MinimoClient
}

/** What a case has to work with. */
export interface Stage {
  client: ClientModule
  /** Whether it runs in a browser, or in a worker of one. */
  isBrowser: boolean
  /** Makes a client of the package under test. */
  connect(steps: readonly Step[], options?: Client.MinimoClientOptions): Promise<Scene>
}

/** What became of one case. */
export interface Result {
  name: string
  ok: boolean
  error?: string
}
