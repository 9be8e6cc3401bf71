import { spawn } from 'node:child_process'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Language } from './languages.ts'

/** What came of a program. */
export interface Outcome {
  exitCode: number | null
  stdout: string
  stderr: string
}

/** A folder in which programs find `@minimo/client` as they do in a partner's project, and what they may trust. */
export interface Workplace {
  /** Runs a program as it stands, with these variables. */
  run(source: string, language: Language, environment: Readonly<Record<string, string>>): Promise<Outcome>
  /** Its absolute path. */
  folder: string
  /** Removes the folder with all that programs have left there. */
  remove(): Promise<void>
}

/** Makes a folder for programs. `modules` is the `node_modules` that they import from. */
export async function createWorkplace(modules: string): Promise<Workplace> {
  const folder = await mkdtemp(join(tmpdir(), 'samples-'))
  await symlink(modules, join(folder, 'node_modules'))
  return {
    folder,
    async run(source, { file, command: [program = '', ...options] = [] }, environment) {
      const own = await mkdtemp(join(folder, 'sample-'))
      await writeFile(join(own, file), source)
      // Nothing else of this environment: a key or proxy of the machine must not help a sample.
      const env = { PATH: process.env.PATH, ...environment }
      const child = spawn(program, [...options, file], { cwd: own, env, stdio: ['ignore', 'pipe', 'pipe'] })
      const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve))
      const [stdout, stderr, exitCode] = await Promise.all([text(child.stdout), text(child.stderr), ended])
      return { exitCode, stdout, stderr }
    },
    remove: () => rm(folder, { recursive: true }),
  }
}
