import { type ChildProcess, type StdioOptions, spawn } from 'node:child_process'

/** Where and how to run a program. */
export interface RunOptions {
  cwd: string
  /** Ends the program. */
  signal?: AbortSignal | undefined
  /** Lets the program ask and answer on this terminal, as a registry's login does; its output is not kept then. */
  interactive?: boolean | undefined
  /** Its whole environment. Default: this process's, without what ties programs to whoever started it. */
  env?: NodeJS.ProcessEnv | undefined
}

/** What became of a program. */
export interface Outcome {
  /** Whether it exited with 0. */
  ok: boolean
  stdout: string
  /** Everything it printed. */
  output: string
}

/** How long a program may take, in milliseconds: a hanging network must not hang a release. */
const timeout = 600_000

/** Runs a program to its end, whatever its exit code. Rejects when it cannot be started, hangs or is aborted. */
export function attempt(command: string, args: readonly string[], options: RunOptions): Promise<Outcome> {
  const { cwd, interactive = false, env = environment() } = options
  // Not spawn's own timeout: its timer outlives a program that could not be started, and keeps this process alive.
  const limit = AbortSignal.timeout(timeout)
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit
  return new Promise((resolve, reject) => {
    const stdio: StdioOptions = interactive ? 'inherit' : ['ignore', 'pipe', 'pipe']
    const program: ChildProcess = spawn(command, args, { cwd, signal, stdio, env })
    const [stdout, output]: [string[], string[]] = [[], []]
    program.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout.push(text)
      output.push(text)
    })
    program.stderr?.setEncoding('utf8').on('data', (text: string) => output.push(text))
    program.on('error', (error) => reject(whyEnded(command, { error, isLate: limit.aborted })))
    program.on('close', (code, killedBy) => {
      if (killedBy) reject(new Error(`${[command, ...args].join(' ')} was ended by ${killedBy}\n${output.join('')}`))
      else resolve({ ok: code === 0, stdout: stdout.join(''), output: output.join('').trim() })
    })
  })
}

function whyEnded(command: string, { error, isLate }: { error: Error; isLate: boolean }): Error {
  if (isLate) return new Error(`${command} was ended: it took over ${timeout / 60_000} minutes.`, { cause: error })
  if (!('code' in error) || error.code !== 'ENOENT') return error
  const advice = command === 'pnpm' ? 'start this with `pnpm run`, which brings it along' : 'install it first'
  return new Error(`There is no program ${command} on the PATH: ${advice}.`, { cause: error })
}

/** Runs a program and gives what it printed to stdout. Rejects, quoting its output, when it fails. */
export async function run(command: string, args: readonly string[], options: RunOptions): Promise<string> {
  const { ok, stdout, output } = await attempt(command, args, options)
  if (!ok) throw new Error(`${[command, ...args].join(' ')} failed.\n\n${output}`.trim())
  return stdout
}

/**
 * This process's environment, without what ties programs to the repository, the build or the publishing rights of
 * whoever started it.
 */
function environment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(?:GIT|TURBO|CHANGESETS|ACTIONS_ID_TOKEN)_/.test(name))
  const direct = [process.env.NO_PROXY ?? process.env.no_proxy, '127.0.0.1'].filter(Boolean).join(',')
  return {
    ...Object.fromEntries(own),
    NO_COLOR: '1',
    NO_PROXY: direct,
    no_proxy: direct,
    // Copies are installed once; versions that change afterwards change nothing that is installed.
    pnpm_config_verify_deps_before_run: 'false',
  }
}
