import { spawnSync } from 'node:child_process'

/** What git answered. */
export interface GitAnswer {
  /** Whether it exited with 0. */
  ok: boolean
  /** Without the line break at the end. */
  output: string
}

/** Runs git with arguments and waits for it. */
export type Git = (...args: string[]) => GitAnswer

/** How much git may print, in bytes: specs of other vendors take 12 MB. */
const maxOutput = 256 * 1024 * 1024

/** Git in a folder. A folder outside of any repository, or a machine without git, answers not ok to everything. */
export function createGit(folder: string): Git {
  return (...args) => {
    const { status, stdout } = spawnSync('git', args, { cwd: folder, encoding: 'utf8', maxBuffer: maxOutput })
    return { ok: status === 0, output: (stdout ?? '').trimEnd() }
  }
}
