/** A request as either edge hands it to the sandbox: plain data, nothing decoded yet. */
export interface SandboxRequest {
  /** Upper case. */
  method: string
  /** As sent, without the query; percent-encoded, but for characters that need not be (`normalizePath`). */
  path: string
  /** As sent, without the `?`; empty where there is none. */
  query: string
  /** By lower-case name; of a header that came twice, the values joined with `, `. */
  headers: Readonly<Record<string, string | undefined>>
  /** The whole body, empty where there is none; `too-large` where it exceeds what the edge reads. */
  body: Uint8Array | 'too-large'
  /** Whether it came from this machine; in-process requests did. */
  local: boolean
  /** Ends when the caller has gone; made when it is first asked for. */
  signal: () => AbortSignal
}

/** An answer as the sandbox hands it to either edge. */
export interface SandboxResponse {
  status: number
  /** By lower-case name. */
  headers: Readonly<Record<string, string>>
  /** The body, or its pieces as they come; left out where there is none. */
  body?: string | AsyncIterable<string>
  /** What the edge does to the connection instead of delivering the answer whole. */
  damage?: Damage
}

/**
 * What befalls an answer on the way. `reset`: the connection is cut before the answer; `reset-body`: after half of
 * the body; `stall`: the headers arrive, the body never does.
 */
export type Damage = 'reset' | 'reset-body' | 'stall'

/** Answers one request; never throws. */
export type Handle = (request: SandboxRequest) => Promise<SandboxResponse>

/** The largest body either edge reads for the API, in bytes: 1 MiB. */
export const maxBodyBytes = 1024 * 1024

/** The largest body either edge reads for the control API, in bytes: 1 GiB, for snapshots of millions of contacts. */
export const maxControlBodyBytes = 1024 * 1024 * 1024

/** Where the control API lives; nothing of the API begins so. */
export const controlPrefix = '/_sandbox'

/** The largest body an edge reads for a path, in bytes. */
export const bodyLimit = (path: string): number => (path.startsWith(controlPrefix) ? maxControlBodyBytes : maxBodyBytes)
