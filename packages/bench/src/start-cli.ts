import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A running `minimo-sandbox`. */
export interface RunningCli {
  /** Its base URL, as it printed it. */
  url: string
  /** Its resident memory, in MB (10^6 bytes). */
  resident: () => Promise<number>
  /** Ends it as Ctrl-C does; resolves when it has ended. */
  close: () => Promise<void>
}

const cliFile = fileURLToPath(new URL('cli.js', import.meta.resolve('@minimo/sandbox')))

/** Runs in the process before the program: ends it with ours, and tells its memory when asked. */
const preload = `
  process.on('disconnect', () => process.exit()).on('message', () => process.send(process.memoryUsage.rss()))
  process.channel.unref()`

/** Starts the sandbox's program as built, in a process of its own; its end with ours is certain. */
export async function startCli(args: readonly string[] = []): Promise<RunningCli> {
  const child = fork(cliFile, args, {
    execArgv: ['--import', `data:text/javascript,${encodeURIComponent(preload)}`],
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  const url = await new Promise<string>((resolve, reject) => {
    let printed = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text
      const [, found] = /URL +(\S+)\n/.exec(printed) ?? []
      if (found !== undefined) resolve(found)
    })
    child.once('exit', (code) => reject(new Error(`minimo-sandbox ended with ${code} before it listened`)))
  })
  return {
    url,
    async resident() {
      child.send('resident')
      const [bytes] = (await once(child, 'message')) as [number]
      return bytes / 1e6
    },
    async close() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
