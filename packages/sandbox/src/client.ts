import { type ApiClient, type ClientOptions, createClient } from './gen/client.ts'
import { servers } from './gen/operations.ts'

export type { ErrorOf, InputOf, OutputOf } from './gen/client.ts'
export { isApiError } from './gen/client.ts'

/** A typed client of the control API: `call('listEvents', { query: { after: 3 } })`, and `raw`. */
export type SandboxClient = ApiClient

/** What else a client can be told: how long it waits, what it logs, and the like. */
export type SandboxClientOptions = Omit<ClientOptions, 'baseUrl'>

/**
 * Makes a client of the control API of a sandbox that runs as a server; `url` is where it listens, by default
 * `http://localhost:4010`. It stands on `@minimo/client`, which has to be installed beside. Throws for options that cannot work.
 */
export function createSandboxClient(
  url: string = servers.localhost,
  options: SandboxClientOptions = {},
): SandboxClient {
  // No key goes out, and a sandbox that a team shares is rarely behind TLS.
  return createClient({ allowHttp: true, ...options, baseUrl: url })
}
