import { execFile } from 'node:child_process'

/**
 * Runs a program with this process's environment, and `env` over it, and gives what it printed. Rejects, quoting its
 * output, when it fails or has not ended of itself within `timeout` milliseconds (default a minute).
 */
export function run(
  command: string,
  args: readonly string[],
  { cwd, env = {}, timeout = 60_000 }: { cwd: string; env?: Record<string, string>; timeout?: number },
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout, maxBuffer: 2 ** 26 }
    execFile(command, args, { ...options, encoding: 'utf8' }, (error, stdout, stderr) => {
      if (!error) return resolve(stdout)
      const why = error.killed ? `had not ended after ${timeout} ms` : `failed with ${error.code}`
      reject(new Error(`${command} ${args.join(' ')} ${why}\n${stdout}${stderr}`.trim(), { cause: error }))
    })
  })
}
