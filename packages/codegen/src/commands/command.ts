import type { ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** What a command is run with. */
export interface CommandInput<Options extends ParseArgsOptionsConfig> {
  /** The module that exports `specs`; it exists. */
  configFile: string
  values: ReturnType<typeof parseArgs<{ options: Options }>>['values']
}

/** One thing that the program does. */
export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  /** Its options, as Node's `parseArgs` takes them. */
  options: Options
  /** Its manual. */
  usage: string
  /** Does it and returns the exit code. Throws `SpecError` or `UserError` for what its user can mend. */
  run(input: CommandInput<Options>): Promise<number>
}
