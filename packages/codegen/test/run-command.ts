import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { vi } from 'vitest'
import type { Command } from '../src/commands/command.ts'

/** What a command has come to. */
export interface CommandOutcome {
  /** 2 where it ended in an error that its user can mend. */
  status: number
  stdout: string
  stderr: string
}

/** Runs a command in a repository of `createRepository`, in this process: loading the program takes longer than it. */
export const runCommand = (folder: string, command: Command, ...args: string[]): Promise<CommandOutcome> =>
  runInside(folder, () => {
    const { values } = parseArgs({ args, options: command.options })
    return command.run({ file: join(folder, 'types/codegen.config.ts'), values })
  })

/** Runs what prints and gives an exit code as if it had been started in a folder. */
export async function runInside(folder: string, run: () => Promise<number>): Promise<CommandOutcome> {
  const printed = { log: '', error: '' }
  const spies = (['log', 'error'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation((text: unknown) => {
      printed[name] += `${text}\n`
    }),
  )
  const before = process.cwd()
  // Problems are told by paths relative to where the command runs.
  process.chdir(folder)
  try {
    const status = await run()
    return { status, stdout: printed.log, stderr: printed.error }
  } catch (error) {
    if (!(error instanceof Error) || (error.name !== 'SpecError' && error.name !== 'UserError')) throw error
    return { status: 2, stdout: printed.log, stderr: `${printed.error}${error.message}\n` }
  } finally {
    process.chdir(before)
    for (const spy of spies) spy.mockRestore()
  }
}
