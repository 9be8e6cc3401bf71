import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running loopback server. */
export interface RunningServer {
  baseUrl: string
  /** Ends its process. */
  close: () => void
}

/** Starts the loopback server in a process of its own; its end with ours is certain. */
export async function startServer(): Promise<RunningServer> {
  const child = fork(fileURLToPath(new URL('server.ts', import.meta.url)))
  const [{ port }] = (await once(child, 'message')) as [{ port: number }]
  return { baseUrl: `http://127.0.0.1:${port}`, close: () => child.disconnect() }
}
