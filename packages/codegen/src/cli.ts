import { existsSync } from 'node:fs'
import { enableCompileCache } from 'node:module'
import { parseArgs } from 'node:util'
import type { Command } from './commands/command.ts'
import { runScript } from './run-script.ts'

enableCompileCache()

/** Loaded only where asked for: the compiler and the linter take their time. */
const commands: Record<string, () => Promise<Command>> = {
  generate: async () => (await import('./commands/generate.ts')).generateCommand,
  diff: async () => (await import('./commands/diff.ts')).diffCommand,
  changeset: async () => (await import('./commands/changeset.ts')).changesetCommand,
  check: async () => (await import('./commands/check.ts')).checkCommand,
}

const usage = `Usage: codegen COMMAND CONFIG [options]

  generate    write what CONFIG lists for each spec
  diff        tell what the specs change for partners
  changeset   write the changeset that these changes demand
  check       fail where generated code or the changeset is out of date

codegen COMMAND --help tells a command's options.`

/** Where the program meets the terminal: arguments in, text out. Returns the exit code. */
async function main([name = '', ...args]: string[]): Promise<number> {
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined
  if (!load) {
    const isHelp = name === '--help' || name === '-h'
    console[isHelp ? 'log' : 'error'](name && !isHelp ? `There is no command ${name}.\n\n${usage}` : usage)
    return isHelp ? 0 : 2
  }
  const command = await load()
  const { help, configFile, values, fault } = readArguments(command, args)
  if (help) {
    console.log(command.usage)
    return 0
  }
  if (configFile === undefined || fault !== undefined) {
    console.error(`${fault ?? 'CONFIG is missing.'}\n\n${command.usage}`)
    return 2
  }
  try {
    return await command.run({ configFile, values })
  } catch (error) {
    return tell(error, name)
  }
}

function readArguments({ options }: Command, args: string[]) {
  try {
    const all = { ...options, help: { type: 'boolean', short: 'h' } } as const
    const { positionals, values } = parseArgs({ args, allowPositionals: true, options: all })
    const [configFile, extra] = positionals
    const { help, ...own } = values
    const fault =
      extra !== undefined
        ? `Expected one CONFIG; found ${extra} as well.`
        : configFile !== undefined && !existsSync(configFile)
          ? `${configFile} does not exist.`
          : undefined
    return { help: help === true, configFile, values: own, fault }
  } catch (error) {
    return {
      help: false,
      configFile: undefined,
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

process.exitCode = await main(process.argv.slice(2))
