import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running server. */
export interface RunningServer {
  /** Its base URL, or a database's URL. */
  url: string
  /** Ends its process; resolves when it has ended. */
  close: () => Promise<void>
}

/**
 * Starts one of the files beside this one, which sends its URL when it is ready, in a process of its own; its end with
 * ours is certain. Rejects where it ends before it is ready.
 */
export async function startServer(file = 'server.ts', args: readonly string[] = []): Promise<RunningServer> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args)
  const ended = once(child, 'exit')
  const url = await firstMessage(child, file)
  return {
    url,
    async close() {
      if (child.connected) child.disconnect()
      await ended
    },
  }
}

function firstMessage(child: ChildProcess, file: string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.once('message', (url: string) => resolve(url))
    child.once('exit', (code) => reject(new Error(`${file} ended with ${code} before it was ready`)))
  })
}

/** Called by such a file when it is ready: sends its URL, and closes and ends with our process or when it is asked to. */
export function announce(url: string, close: () => unknown): void {
  const end = async () => {
    await close()
    process.exit()
  }
  process.once('disconnect', end)
  if (process.connected) process.send?.(url)
  else end()
}
