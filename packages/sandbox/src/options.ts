import type { SandboxConfig } from './config.ts'
import type { Controls } from './controls.ts'

/** How to create a sandbox. Everything has a default. */
export interface SandboxOptions extends SandboxConfig {
  /** `:memory:` (default), the path of a SQLite file, or a `postgres://` URL. */
  database?: string
  /** The time that the sandbox starts from and follows, in milliseconds since 1970; default `Date.now`. */
  now?: () => number
  /** Delivers webhooks; default the global `fetch`. */
  fetch?: (url: string, init: RequestInit) => Promise<Response>
  /** Who may use the control API over a port: requests from this machine (default) or all. */
  control?: 'local' | 'all'
}

/** Where a sandbox listens. */
export interface Listening {
  /** Base URL for all of the spec's servers. */
  url: string
  /** Stops listening: requests under way are answered first. */
  close(): Promise<void>
}

/** A running sandbox. */
export interface Sandbox extends Controls {
  /** Answers in this process what a server would answer; pass it to a client as its `fetch`. Hosts are ignored. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>
  /** Serves it over HTTP; default: a free port of this machine's loopback. */
  listen(address?: { port?: number; host?: string }): Promise<Listening>
  /** Stops listening and delivering, waits for what is under way, and closes the database. */
  close(): Promise<void>
}
