import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What one process took. */
export interface Usage {
  /** Seconds from start to exit. */
  wall: number
  /** Seconds of all its threads, in user and system mode. */
  cpu: number
  /** Peak resident set in MiB. */
  memory: number
}

const preload = fileURLToPath(new URL('report-usage.ts', import.meta.url))

/** Runs Node in a fresh process and measures it. Returns what it printed, too; throws with that where it fails. */
export function measure(args: string[], folder: string): Usage & { output: string } {
  const usageFile = join(folder, 'usage.json')
  const start = performance.now()
  const child = spawnSync(process.execPath, ['--import', preload, ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, USAGE_FILE: usageFile },
  })
  const wall = (performance.now() - start) / 1000
  if (child.status !== 0) throw new Error(`${args.join(' ')} failed:\n${child.stderr}`)
  return { wall, ...JSON.parse(readFileSync(usageFile, 'utf8')), output: child.stdout }
}

/** The middle of each measure on its own. */
export function medianUsage(usages: Usage[]): Usage {
  const median = (name: keyof Usage) => {
    const sorted = usages.map((usage) => usage[name]).sort((a, b) => a - b)
    const middle = (sorted.length - 1) / 2
    return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2
  }
  return { wall: median('wall'), cpu: median('cpu'), memory: median('memory') }
}
