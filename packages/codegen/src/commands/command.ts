import type { ParseArgsOptionsConfig, parseArgs } from 'node:util'

/** What a command is run with. */
export interface CommandInput<Options extends ParseArgsOptionsConfig> {
  /** What it is to work on; it exists. */
  file: string
  values: ReturnType<typeof parseArgs<{ options: Options }>>['values']
}

/** One thing that the program does. */
export interface Command<Options extends ParseArgsOptionsConfig = ParseArgsOptionsConfig> {
  /** What it works on: a module that exports `specs`, a description, or a package. */
  operand: 'CONFIG' | 'SPEC' | 'FOLDER'
  /** Its options, as Node's `parseArgs` takes them. */
  options: Options
  /** Its manual. */
  usage: string
  /** Does it and returns the exit code. Throws `SpecError` or `UserError` for what its user can mend. */
  run(input: CommandInput<Options>): Promise<number>
}
