import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { runScript } from '../spec/run-script.ts'
import type { Command } from './command.ts'

/** Loaded only where asked for: the compiler and the linter take their time. */
const commands: Record<string, () => Promise<Command>> = {
  generate: async () => (await import('./generate.ts')).generateCommand,
  diff: async () => (await import('./diff.ts')).diffCommand,
  changeset: async () => (await import('./changeset.ts')).changesetCommand,
  check: async () => (await import('./check.ts')).checkCommand,
  'add-api': async () => (await import('./add-api.ts')).addApiCommand,
  inline: async () => (await import('./inline.ts')).inlineCommand,
}

const usage = `Usage: codegen COMMAND CONFIG|SPEC|FOLDER [options]

  generate    write what CONFIG lists for each spec
  diff        tell what the specs change for partners
  changeset   write the changeset that these changes demand
  check       fail where generated code or the changeset is out of date
  add-api     make a package of the API that SPEC describes
  inline      put into the built package in FOLDER what it uses of others

codegen COMMAND --help tells a command's options.`

/** Where the program meets the terminal: arguments in, text out. Returns the exit code. */
export async function runProgram([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    const isHelp = name === '--help' || name === '-h'
    console[isHelp ? 'log' : 'error'](name && !isHelp ? `There is no command ${name}.\n\n${usage}` : usage)
    return isHelp ? 0 : 2
  }
  const command = await load()
  const { help, file, values, fault } = readArguments(command, args)
  if (help) {
    console.log(command.usage)
    return 0
  }
  if (file === undefined || fault !== undefined) {
    console.error(`${fault ?? `${command.operand} is missing.`}\n\n${command.usage}`)
    return 2
  }
  try {
    return await command.run({ file, values })
  } catch (error) {
    return tell(error, name)
  }
}

function readArguments({ options, operand }: Command, args: string[]) {
  try {
    const all = { ...options, help: { type: 'boolean', short: 'h' } } as const
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: all })
    const [file, extra] = positionals
    const { help, ...own } = values
    const fault =
      extra !== undefined
        ? `Expected one ${operand}; found ${extra} as well.`
        : file !== undefined && !existsSync(file)
          ? `${file} does not exist.`
          : undefined
    return { help: help === true, file, values: own, fault }
  } catch (error) {
    return {
      help: false,
      file: undefined,
      values: {},
      fault: error instanceof Error ? error.message : String(error),
    }
  }
}

/** What the user can mend is told without a stack; everything else is a fault of the program. */
function tell(error: unknown, command: string): number {
  if (!(error instanceof Error) || (error.name !== 'SpecError' && error.name !== 'UserError')) throw error
  const advice =
    command === 'generate' ? `mend the spec and run \`${runScript('generate')}\` again.` : 'mend this and run it again.'
  console.error(`${error.message}\n\nNothing was written: ${advice}`)
  return command === 'generate' ? 1 : 2
}
